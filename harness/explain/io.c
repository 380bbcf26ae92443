/* SPDX-License-Identifier: MIT */
/* io.c: the same standard input for every pass, outputs apart. */
#include "explain/io.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "sys/inherit.h"

static int write_all(int fd, const char *buf, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, buf, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -errno;
		buf += done;
		n -= (size_t)done;
	}
	return 0;
}

static int spool(int from, int to)
{
	char buf[65536];
	off_t total = 0;
	ssize_t n;
	int ret = 0;

	while (!ret && (n = read(from, buf, sizeof(buf))) != 0) {
		if (n < 0)
			return -errno;
		total += n;
		if (total > EXPLAIN_INPUT_MAX)
			return -EFBIG;
		ret = write_all(to, buf, (size_t)n);
	}
	return ret;
}

void explain_stdio_file(struct explain_stdio *our)
{
	*our = (struct explain_stdio){
		.kind = INPUT_FILE, .spool = -1, .left = { -1, -1, -1 }
	};
}

int explain_stdio_open(struct explain_stdio *our)
{
	struct stat st;

	*our = (struct explain_stdio){
		.kind = INPUT_AS_IS, .spool = -1, .left = { -1, -1, -1 }
	};
	if (fstat(0, &st))
		return 0;
	if (!S_ISFIFO(st.st_mode)) {
		our->at = lseek(0, 0, SEEK_CUR);
		if (our->at >= 0)
			our->kind = INPUT_FILE;
		return 0;
	}
	our->kind = INPUT_PIPE;
	our->spool = memfd_create("stdin", MFD_CLOEXEC);
	return our->spool < 0 ? -errno : spool(0, our->spool);
}

void explain_stdio_own(const struct explain_stdio *our)
{
	int fd;

	if (our->kind != INPUT_FILE)
		return;
	fd = open("/proc/self/fd/0", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	dup2(fd, 0);
	close(fd);
}

/* Raw: what the real terminal would do with it is left to the real one. */
static int open_terminal(struct explain_drain *d, int *child)
{
	struct termios mode;
	struct winsize size;
	char name[64];

	d->from = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (d->from < 0 || grantpt(d->from) || unlockpt(d->from) ||
		ptsname_r(d->from, name, sizeof(name)))
		return -errno;
	*child = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*child < 0 || tcgetattr(*child, &mode))
		return -errno;
	cfmakeraw(&mode);
	tcsetattr(*child, TCSANOW, &mode);
	if (d->to >= 0 && !ioctl(d->to, TIOCGWINSZ, &size))
		ioctl(*child, TIOCSWINSZ, &size);
	return 0;
}

static int open_pipe(struct explain_drain *d, int *child)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	d->from = ends[0];
	*child = ends[1];
	return 0;
}

static int open_drain(struct explain_drain *d, const struct explain_stdio *our,
	int fd, enum explain_output how, int *child)
{
	struct stat st;

	*d = (struct explain_drain){ .to = how == OUTPUT_SHOWN ? fd : -1,
		.left = our->left[fd],
		.from = -1 };
	d->kept = memfd_create("output", MFD_CLOEXEC);
	if (d->kept < 0)
		return -errno;
	if (how == OUTPUT_PIPES)
		return open_pipe(d, child);
	if (fcntl(fd, F_GETFD) & FD_CLOEXEC || fstat(fd, &st))
		return 0;
	if (S_ISREG(st.st_mode)) {
		*child = fcntl(d->kept, F_DUPFD_CLOEXEC, 0);
		return *child < 0 ? -errno : 0;
	}
	return isatty(fd) ? open_terminal(d, child) : open_pipe(d, child);
}

int explain_io_open(struct explain_io *io, const struct explain_stdio *our,
	enum explain_output how)
{
	struct stat st;
	int ret, ends[2];

	*io = (struct explain_io){
		.child = { -1, -1, -1 }, .feed = -1, .spool = our->spool
	};
	inherit_rewind();
	if (our->kind == INPUT_FILE && lseek(0, our->at, SEEK_SET) < 0)
		return -errno;
	if (our->kind == INPUT_PIPE) {
		if (pipe2(ends, O_CLOEXEC))
			return -errno;
		io->child[0] = ends[0];
		io->feed = ends[1];
	}
	if (!fstat(io->child[0] < 0 ? 0 : io->child[0], &st)) {
		io->dev = st.st_dev;
		io->ino = st.st_ino;
	}
	ret = open_drain(&io->out, our, 1, how, &io->child[1]);
	return ret ? ret : open_drain(&io->err, our, 2, how, &io->child[2]);
}

void explain_io_enter(const struct explain_io *io)
{
	for (int i = 0; i < 3; i++)
		if (io->child[i] >= 0)
			dup2(io->child[i], i);
}

static void *feed(void *arg)
{
	struct explain_io *io = arg;
	char buf[65536];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(io->spool, buf, sizeof(buf), at)) > 0) {
		if (write_all(io->feed, buf, (size_t)n))
			break;
		at += n;
	}
	close(io->feed);
	return NULL;
}

/* The same bytes in each run, in whatever pieces they come. */
static void keep(
	struct explain_drain *d, const char *buf, ssize_t n, off_t kept)
{
	off_t room = EXPLAIN_OUTPUT_MAX - kept;

	if (n > room) {
		d->cut = true;
		n = room > 0 ? (ssize_t)room : 0;
	}
	if (write_all(d->kept, buf, (size_t)n))
		d->cut = true;
}

/* Passes N bytes on, and keeps them. False when their reader went away: then so
 * do we, for the program to meet what it would meet without us. */
static bool take(
	struct explain_drain *d, const char *buf, ssize_t n, off_t kept)
{
	int ret = 0;

	if (d->left >= 0 && n > d->left - kept)
		n = (ssize_t)(d->left - kept);
	if (d->to >= 0 && !d->lost)
		ret = write_all(d->to, buf, (size_t)n);
	if (ret == -EPIPE)
		d->left = kept;
	else if (ret)
		d->lost = ret;
	if (ret != -EPIPE)
		keep(d, buf, n, kept);
	return d->left < 0 || kept + n < d->left;
}

static void *drain(void *arg)
{
	struct explain_drain *d = arg;
	char buf[65536];
	off_t kept = 0;
	ssize_t n;

	for (;;) {
		n = read(d->from, buf, sizeof(buf));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || !take(d, buf, n, kept))
			break;
		kept += n;
	}
	close(d->from);
	return NULL;
}

int explain_io_start(struct explain_io *io)
{
	sigset_t all, old;
	int err = 0;

	for (int i = 0; i < 3; i++)
		if (io->child[i] >= 0)
			close(io->child[i]);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (io->feed >= 0)
		err = pthread_create(&io->feeder, NULL, feed, io);
	io->fed = io->feed >= 0 && !err;
	if (!err && io->out.from >= 0) {
		err = pthread_create(&io->out.thread, NULL, drain, &io->out);
		io->out.started = !err;
	}
	if (!err && io->err.from >= 0) {
		err = pthread_create(&io->err.thread, NULL, drain, &io->err);
		io->err.started = !err;
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return -err;
}

static void close_drain(
	struct explain_drain *d, struct explain_stdio *our, int fd)
{
	char buf[65536];
	off_t at = 0;
	ssize_t n;

	if (d->started)
		pthread_join(d->thread, NULL);
	else if (d->from >= 0)
		close(d->from);
	/* A file was written to the memfd itself. */
	while (d->from < 0 && d->to >= 0 && !d->lost &&
		(n = pread(d->kept, buf, sizeof(buf), at)) > 0) {
		d->lost = write_all(d->to, buf, (size_t)n);
		at += n;
	}
	our->left[fd] = d->left;
	if (d->lost)
		our->lost = d->lost;
}

void explain_io_close(
	struct explain_io *io, struct explain_stdio *our, int *out, int *err)
{
	if (io->fed)
		pthread_join(io->feeder, NULL);
	close_drain(&io->out, our, 1);
	close_drain(&io->err, our, 2);
	*out = io->out.kept;
	*err = io->err.kept;
}

bool explain_io_same(int a, int b, off_t *at)
{
	char one[65536], two[65536];
	ssize_t n, m;

	*at = 0;
	for (;;) {
		n = pread(a, one, sizeof(one), *at);
		m = pread(b, two, sizeof(two), *at);
		if (n < 0 || m < 0)
			return false;
		if (n != m || memcmp(one, two, (size_t)n) != 0)
			break;
		if (n == 0)
			return true;
		*at += n;
	}
	for (ssize_t i = 0; i < n && i < m && one[i] == two[i]; i++)
		++*at;
	return false;
}
