/* SPDX-License-Identifier: MIT */
/* tally.c: what a fuzzer's target counted. */
#include "session/tally.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct tally *tally_open(const char *path)
{
	struct tally *t = MAP_FAILED;
	int fd, err;

	if (!path) {
		errno = EINVAL;
		return NULL;
	}
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return NULL;
	/* Never shorter than what is mapped. */
	if (!posix_fallocate(fd, 0, sizeof(*t)))
		t = mmap(NULL, sizeof(*t), PROT_READ | PROT_WRITE, MAP_SHARED,
			fd, 0);
	err = errno;
	close(fd);
	errno = err;
	return t == MAP_FAILED ? NULL : t;
}

void tally_save(struct tally *t)
{
	msync(t, sizeof(*t), MS_SYNC);
}

void tally_close(struct tally *t)
{
	if (t)
		munmap(t, sizeof(*t));
}

void tally_add(struct tally *t, const struct behaviour *found, int n)
{
	t->programs++;
	for (int i = 0; i < n; i++) {
		t->steps[found[i].op % BEHAVIOUR_OPS]++;
		if (!t->seen[found[i].place])
			t->seen[found[i].place] = found[i].op + 1;
	}
}

void tally_join(struct tally *t, const struct tally *another)
{
	t->programs += another->programs;
	for (int i = 0; i < BEHAVIOUR_OPS; i++)
		t->steps[i] += another->steps[i];
	for (int i = 0; i < BEHAVIOURS; i++)
		if (!t->seen[i])
			t->seen[i] = another->seen[i];
}

int tally_behaviours(const struct tally *t, int of_op[BEHAVIOUR_OPS])
{
	int all = 0;

	memset(of_op, 0, BEHAVIOUR_OPS * sizeof(*of_op));
	for (int i = 0; i < BEHAVIOURS; i++)
		if (t->seen[i] && t->seen[i] <= BEHAVIOUR_OPS) {
			of_op[t->seen[i] - 1]++;
			all++;
		}
	return all;
}
