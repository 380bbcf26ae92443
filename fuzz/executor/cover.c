/* SPDX-License-Identifier: MIT */
/* cover.c: what kernel code the calls of a program went through. */
#include "executor/cover.h"

#include <fcntl.h>
#include <linux/kcov.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "probe/probe.h"

#define DEVICE "/sys/kernel/debug/kcov"
/* Words of a buffer: a futex call enters some hundred blocks, and one that
 * wakes or moves many, some thousand. */
#define WORDS  8192

static uint8_t *edges, *blocks;

void cover_into(uint8_t *to_edges, uint8_t *to_blocks)
{
	edges = to_edges;
	blocks = to_blocks;
}

static int open_one(void)
{
	int fd = (int)sys(__NR_openat, AT_FDCWD, DEVICE, O_RDWR | O_CLOEXEC);
	if (fd >= 0 && !sys(__NR_ioctl, fd, KCOV_INIT_TRACE, WORDS))
		return fd;
	if (fd >= 0)
		sys(__NR_close, fd);
	return -1;
}

void cover_open(int *fds, int n)
{
	for (int i = 0; i < n; i++)
		fds[i] = edges ? open_one() : -1;
}

void cover_close(const int *fds, int n)
{
	for (int i = 0; i < n; i++)
		if (fds[i] >= 0)
			sys(__NR_close, fds[i]);
}

/* A child has no use for its pages, which make a fork four times as long. */
static uint64_t *map_buffer(int fd)
{
	long at = sys(__NR_mmap, 0, WORDS * sizeof(uint64_t),
		PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (at < 0 && at > -4096)
		return NULL;
	sys(__NR_madvise, at, WORDS * sizeof(uint64_t), MADV_DONTFORK);
	return (uint64_t *)at;
}

uint64_t *cover_start(int fd)
{
	uint64_t *buffer = fd < 0 ? NULL : map_buffer(fd);

	if (buffer && sys(__NR_ioctl, fd, KCOV_ENABLE, KCOV_TRACE_PC))
		buffer = NULL;
	return buffer;
}

void cover_begin(uint64_t *buffer)
{
	if (buffer)
		__atomic_store_n(buffer, 0, __ATOMIC_RELAXED);
}

static void mark_block(uint64_t pc)
{
	uint64_t at = pc - COVER_TEXT;
	uint8_t bit = (uint8_t)(1 << at % 8);

	/* Mostly it is marked already, and then need not be written. */
	if (at < COVER_BLOCKS && !(blocks[at / 8] & bit))
		__atomic_or_fetch(&blocks[at / 8], bit, __ATOMIC_RELAXED);
}

void cover_end(const uint64_t *buffer)
{
	uint64_t n, before = 0;

	if (!buffer)
		return;
	n = __atomic_load_n(buffer, __ATOMIC_RELAXED);
	for (uint64_t i = 1; i <= n && i < WORDS; i++) {
		/* One of a thread that still runs may not be written yet. */
		uint64_t pc = __atomic_load_n(&buffer[i], __ATOMIC_RELAXED);
		uint32_t edge = (uint32_t)(pc * 0x9e3779b1 ^ before * 31);

		edges[(edge >> 7 ^ edge >> 22) % COVER_EDGES] = 1;
		if (blocks)
			mark_block(pc);
		before = pc;
	}
}
