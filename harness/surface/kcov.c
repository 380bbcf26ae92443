/* SPDX-License-Identifier: MIT */
/* kcov.c: a command, and what it starts, followed by the kernel itself
 * (Documentation/dev-tools/kcov.rst, harness/guest/rows.patch). */
#include "surface/kcov.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcov.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "surface/rows.h"
#include "sys/inherit.h"

#define DEVICE		       "/sys/kernel/debug/kcov"

/* As harness/guest/rows.patch has them. */
#define TRACE_ROWS	       0x726f77
#define TRACE_ROWS_FROM_FILTER (TRACE_ROWS + 1)

static int open_table(void)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	int err;

	if (fd >= 0 && ioctl(fd, KCOV_INIT_TRACE, (unsigned long)ROWS_WORDS)) {
		err = errno;
		close(fd);
		errno = err;
		return -1;
	}
	return fd;
}

static int enable(int fd, enum reach_from from)
{
	return ioctl(fd, KCOV_ENABLE,
		       (unsigned long)(from == REACH_FROM_FILTER
					       ? TRACE_ROWS_FROM_FILTER
					       : TRACE_ROWS))
		       ? -errno
		       : 0;
}

/* It is tried by a process of its own, for it lasts until that ends. */
enum kcov_has kcov_has(void)
{
	int fd = open_table(), status = 0;
	pid_t pid;

	if (fd < 0)
		return KCOV_NONE;
	pid = fork();
	if (pid == 0)
		_exit(-enable(fd, REACH_FROM_EXEC));
	close(fd);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return KCOV_NONE;
	if (WEXITSTATUS(status) == EBUSY)
		return KCOV_TAKEN;
	return status ? KCOV_ALONE : KCOV_ROWS;
}

static int follow(int fd, enum reach_from from, char **argv, int *status)
{
	pid_t pid = fork();
	int err;

	if (pid == 0) {
		err = enable(fd, from);
		if (err) {
			failure_say("surface: " DEVICE ": %s", strerror(-err));
			_exit(111);
		}
		inherit_only();
		execvp(argv[0], argv);
		failure_say("surface: %s: %s", argv[0], strerror(errno));
		_exit(127);
	}
	/* It goes to the command too, and this ends with it. */
	signal(SIGINT, SIG_IGN);
	while (pid > 0 && waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return pid < 0 ? -errno : 0;
}

static int read_table(struct sorts *to, const struct symbols *s,
	const uint64_t *table, struct kcov_sums *sums, struct failure *f)
{
	int err = rows_read(to, s, table, ROWS_WORDS);

	sums->lost = table[ROWS_LOST];
	sums->tasks = table[ROWS_TASKS];
	if (!err)
		return 0;
	return failure_set(f, FAILURE_SYSTEM, DEVICE ": %s",
		err == -EBADMSG
			? "a block that lies in no function of this kernel"
			: strerror(-err));
}

int kcov_run(struct sorts *to, const struct symbols *s, enum reach_from from,
	char **argv, struct kcov_sums *sums, struct failure *f)
{
	size_t size = ROWS_WORDS * sizeof(uint64_t);
	int fd = open_table(), err, ret;
	void *table;

	*sums = (struct kcov_sums){ 0 };
	if (fd < 0)
		return failure_set(
			f, FAILURE_SYSTEM, DEVICE ": %s", strerror(errno));
	table = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (table == MAP_FAILED) {
		err = errno;
		close(fd);
		return failure_set(
			f, FAILURE_SYSTEM, DEVICE ": %s", strerror(err));
	}
	err = follow(fd, from, argv, &sums->status);
	ret = err ? failure_set(f, FAILURE_SYSTEM, "%s: %s", argv[0],
			    strerror(-err))
		  : read_table(to, s, table, sums, f);
	munmap(table, size);
	close(fd);
	return ret;
}
