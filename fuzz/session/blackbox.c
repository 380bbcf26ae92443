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

	size = size < PROGRAM_BINARY_MAX ? size : PROGRAM_BINARY_MAX;
	memcpy(b->last[n % BLACKBOX_LAST].data, data, size);
	b->last[n % BLACKBOX_LAST].size = (uint32_t)size;
}

bool blackbox_last(const struct blackbox *b, uint32_t i, struct program *p)
{
	uint64_t at = b->programs - 1 - i;
	uint32_t size = b->last[at % BLACKBOX_LAST].size;

	if (i >= BLACKBOX_LAST || i >= b->programs || size > PROGRAM_BINARY_MAX)
		return false;
	program_decode(p, b->last[at % BLACKBOX_LAST].data, size);
	return true;
}

void blackbox_write_last(const struct blackbox *b, const char *dir)
{
	char path[PATH_MAX];
	struct program p;
	FILE *to;

	for (uint32_t i = 0; blackbox_last(b, i, &p); i++) {
		snprintf(path, sizeof(path), "%s/last-%02u.futex", dir, i + 1);
		to = fopen(path, "we");
		if (!to)
			continue;
		program_print(&p, to);
		fclose(to);
	}
}
