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

static uint64_t *map_buffer(long fd)
{
	long at = sys(__NR_mmap, 0, WORDS * sizeof(uint64_t),
		PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return at < 0 && at > -4096 ? NULL : (uint64_t *)at;
}

/* The kernel keeps the buffer for as long as the thread lives. */
uint64_t *cover_start(void)
{
	uint64_t *buffer = NULL;
	long fd;

	if (!edges)
		return NULL;
	fd = sys(__NR_openat, AT_FDCWD, DEVICE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (!sys(__NR_ioctl, fd, KCOV_INIT_TRACE, WORDS))
		buffer = map_buffer(fd);
	if (buffer && sys(__NR_ioctl, fd, KCOV_ENABLE, KCOV_TRACE_PC))
		buffer = NULL;
	sys(__NR_close, fd);
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
