/* SPDX-License-Identifier: MIT */
/* memory.c: maps each kind of memory. */
#include "executor/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE (2ul << 20)

size_t memory_stride(int kind)
{
	return kind == MEMORY_PAGE_END || kind == MEMORY_PAGES ? MEMORY_PAGE
							       : 64;
}

size_t memory_size(int kind)
{
	switch (kind) {
	case MEMORY_READ_ONLY:
	case MEMORY_NONE:
	case MEMORY_UNMAPPED:
	case MEMORY_KERNEL:
		return 0;
	case MEMORY_PAGE_END:
		return (PROGRAM_WORDS + 1) * MEMORY_PAGE;
	case MEMORY_PAGES:
		return PROGRAM_WORDS * MEMORY_PAGE;
	default:
		return MEMORY_PAGE;
	}
}

/* Present from the start: a page that comes later would be another key to the
 * kernel (a private page of a file is the file's until it is written). */
static char *map(size_t size, int flags, int fd)
{
	char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, fd, 0);

	if (at == MAP_FAILED)
		return NULL;
	memset(at, 0, size);
	return at;
}

static char *map_file(const char *name, char **again, int again_flags)
{
	int fd = memfd_create(name, MFD_CLOEXEC);
	char *at = NULL;

	if (fd < 0)
		return NULL;
	if (!ftruncate(fd, MEMORY_PAGE)) {
		at = map(MEMORY_PAGE, MAP_SHARED, fd);
		*again = map(MEMORY_PAGE, again_flags, fd);
	}
	close(fd);
	return at;
}

static char *map_huge(void)
{
	char *at = mmap(NULL, 2 * HUGE_PAGE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		return NULL;
	at += -(size_t)at % HUGE_PAGE;
	madvise(at, HUGE_PAGE, MADV_HUGEPAGE);
	memset(at, 0, MEMORY_PAGE);
	return at;
}

int memory_make(struct memory_map *m)
{
	const int anon = MAP_PRIVATE | MAP_ANONYMOUS;
	char *hole = map(MEMORY_PAGE, anon, -1);

	memset(m, 0, sizeof(*m));
	m->at[MEMORY_PRIVATE] = map(MEMORY_PAGE, anon, -1);
	m->at[MEMORY_SHARED] =
		map_file("shared", &m->at[MEMORY_ALIAS], MAP_SHARED);
	m->at[MEMORY_FILE] =
		map_file("file", &m->at[MEMORY_FILE_COPY], MAP_PRIVATE);
	m->at[MEMORY_READ_ONLY] = map(MEMORY_PAGE, anon, -1);
	m->at[MEMORY_NONE] = map(MEMORY_PAGE, anon, -1);
	m->at[MEMORY_UNALIGNED] = map(MEMORY_PAGE, anon, -1);
	m->at[MEMORY_PAGE_END] = map(memory_size(MEMORY_PAGE_END), anon, -1);
	m->at[MEMORY_HUGE] = map_huge();
	m->at[MEMORY_PAGES] = map(memory_size(MEMORY_PAGES), anon, -1);
	m->at[MEMORY_KERNEL] = (char *)0xffff888000000000;
	m->at[MEMORY_UNMAPPED] = hole;
	for (int i = 0; i < MEMORY_KINDS; i++)
		if (!m->at[i])
			return -ENOMEM;
	if (mprotect(m->at[MEMORY_READ_ONLY], MEMORY_PAGE, PROT_READ) ||
		mprotect(m->at[MEMORY_NONE], MEMORY_PAGE, PROT_NONE) ||
		munmap(hole, MEMORY_PAGE) || pipe2(m->pipe, O_NONBLOCK))
		return -errno;
	m->at[MEMORY_UNALIGNED] += 1;
	m->at[MEMORY_PAGE_END] += MEMORY_PAGE - 2;
	return 0;
}

void memory_free(struct memory_map *m)
{
	for (int i = 0; i < MEMORY_KINDS; i++) {
		size_t in_page = (size_t)m->at[i] % MEMORY_PAGE;

		if (i == MEMORY_UNMAPPED || i == MEMORY_KERNEL || !m->at[i])
			continue;
		munmap(m->at[i] - in_page,
			memory_size(i) ? memory_size(i) : MEMORY_PAGE);
	}
	close(m->pipe[0]);
	close(m->pipe[1]);
}
