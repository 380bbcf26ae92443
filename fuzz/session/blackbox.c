/* SPDX-License-Identifier: MIT */
/* blackbox.c: what is left of a kernel that died under a campaign. */
#include "session/blackbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof(struct blackbox) <= BLACKBOX_SIZE, "it is too small");

struct blackbox *blackbox_open(const char *path)
{
	struct blackbox *b = MAP_FAILED;
	struct stat st;
	int fd, err;

	if (!path) {
		errno = EINVAL;
		return NULL;
	}
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return NULL;
	/* A guest's is a device, and as long as it is. */
	if (!fstat(fd, &st) && (st.st_size >= (off_t)BLACKBOX_SIZE ||
				       !ftruncate(fd, BLACKBOX_SIZE)))
		b = mmap(NULL, BLACKBOX_SIZE, PROT_READ | PROT_WRITE,
			MAP_SHARED, fd, 0);
	err = errno;
	close(fd);
	errno = err;
	return b == MAP_FAILED ? NULL : b;
}

void blackbox_close(struct blackbox *b)
{
	if (b)
		munmap(b, BLACKBOX_SIZE);
}

void blackbox_begin(struct blackbox *b, const unsigned char *data, size_t size)
{
	uint64_t n = __atomic_fetch_add(&b->programs, 1, __ATOMIC_SEQ_CST);

	struct blackbox_program *p = &b->last[n % BLACKBOX_LAST];

	/* A guest may be ended at any point of it. */
	__atomic_store_n(&p->number, 0, __ATOMIC_SEQ_CST);
	size = size < PROGRAM_BINARY_MAX ? size : PROGRAM_BINARY_MAX;
	memcpy(p->data, data, size);
	p->size = (uint32_t)size;
	__atomic_store_n(&p->number, (uint32_t)n + 1, __ATOMIC_SEQ_CST);
}

bool blackbox_last(const struct blackbox *b, uint32_t i, struct program *p)
{
	uint64_t at = b->programs - 1 - i;
	const struct blackbox_program *last = &b->last[at % BLACKBOX_LAST];

	if (i >= BLACKBOX_LAST || i >= b->programs ||
		last->number != (uint32_t)at + 1 ||
		last->size > PROGRAM_BINARY_MAX)
		return false;
	program_decode(p, last->data, last->size);
	return true;
}

void blackbox_write_last(const struct blackbox *b, const char *dir)
{
	char path[PATH_MAX];
	unsigned n = 0;
	struct program p;
	FILE *to;

	for (uint32_t i = 0; i < BLACKBOX_LAST; i++) {
		if (!blackbox_last(b, i, &p))
			continue;
		snprintf(path, sizeof(path), "%s/last-%02u.futex", dir, ++n);
		to = fopen(path, "we");
		if (!to)
			continue;
		program_print(&p, to);
		fclose(to);
	}
}
