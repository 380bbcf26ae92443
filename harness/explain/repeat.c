/* SPDX-License-Identifier: MIT */
/* repeat.c: workers make the runs, and what they tell is put together. */
#include "explain/repeat.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/tree.h"

#define RECORD_MAX (256u << 20)

struct worker {
	pid_t pid;
	int orders, records; /* -1: it has no more to do */
	long run;	     /* that it makes; 0: none */
	int keep;	     /* what it made last */
};

struct repeat {
	const struct repeat_plan *p;
	struct repeated *r;
	struct failure *f;
	sigset_t was; /* signals that were blocked before */
	long next;    /* run to be made */
	int n;
	struct worker workers[REPEAT_JOBS];
};

static volatile sig_atomic_t asked;

static void on_asked(int sig)
{
	(void)sig;
	asked = 1;
}

/* They come while we wait, and at no other time. */
static void hold_signals(struct sigaction was[3], sigset_t *mask, bool hold)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	const struct sigaction sa = { .sa_handler = on_asked };
	sigset_t set;

	sigemptyset(&set);
	for (int i = 0; i < 3; i++) {
		sigaction(signals[i], hold ? &sa : &was[i],
			hold ? &was[i] : NULL);
		sigaddset(&set, signals[i]);
	}
	if (hold)
		sigprocmask(SIG_BLOCK, &set, mask);
	else
		sigprocmask(SIG_SETMASK, mask, NULL);
}

static int make_base(const struct repeat_plan *p, char *base, size_t size)
{
	const char *tmp = getenv("TMPDIR");
	char *real;

	if (!p->keep) {
		snprintf(base, size, "%s/quartet-runs-XXXXXX",
			tmp && tmp[0] ? tmp : "/tmp");
		return mkdtemp(base) ? 0 : -errno;
	}
	if (mkdir(p->keep, 0777) && errno != EEXIST)
		return -errno;
	real = realpath(p->keep, NULL);
	if (!real)
		return -errno;
	snprintf(base, size, "%s", real);
	free(real);
	return 0;
}

/* Without the ends of the others, whose end would not be seen. */
__attribute__((noreturn)) static void be_worker(struct repeat *t,
	const struct sigaction was[3], int orders, int records)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	for (int i = 0; i < 3; i++)
		sigaction(signals[i], &was[i], NULL);
	for (int i = 0; i < t->n; i++) {
		close(t->workers[i].orders);
		close(t->workers[i].records);
	}
	sigprocmask(SIG_SETMASK, &t->was, NULL);
	repeat_work(t->p, t->r->kept, orders, records);
	_exit(0);
}

static int start(struct repeat *t, const struct sigaction was[3])
{
	int orders[2], records[2];
	struct worker *w = &t->workers[t->n];

	if (pipe2(orders, O_CLOEXEC))
		return -errno;
	if (pipe2(records, O_CLOEXEC)) {
		close(orders[0]);
		close(orders[1]);
		return -errno;
	}
	fflush(NULL);
	*w = (struct worker){ .orders = orders[1], .records = records[0] };
	w->pid = fork();
	if (w->pid == 0) {
		close(orders[1]);
		close(records[0]);
		be_worker(t, was, orders[0], records[1]);
	}
	close(orders[0]);
	close(records[1]);
	t->n++;
	return w->pid < 0 ? -errno : 0;
}

static bool goes_on(const struct repeat *t)
{
	const struct repeat_plan *p = t->p;

	return !asked && t->next <= p->runs &&
	       (!p->until_new || t->r->since_new < p->until_new);
}

static void order(struct repeat *t, struct worker *w)
{
	struct repeat_order o = { .keep = w->keep };

	if (goes_on(t))
		o.run = t->next++;
	w->run = o.run;
	w->keep = 0;
	/* Who is gone is seen by the end of its records. */
	if (write(w->orders, &o, sizeof(o)) != sizeof(o))
		w->run = 0;
	if (!w->run) {
		close(w->orders);
		w->orders = -1;
	}
}

static bool read_all(int fd, void *to, size_t n)
{
	char *at = to;

	while (n) {
		ssize_t got = read(fd, at, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* NULL: the worker is gone, or what it wrote is no record. */
static json_t *read_record(int fd)
{
	json_t *record = NULL;
	char *text;
	uint32_t n;

	if (!read_all(fd, &n, sizeof(n)) || n > RECORD_MAX)
		return NULL;
	text = malloc(n + 1);
	if (text && read_all(fd, text, n))
		record = json_loadb(text, n, 0, NULL);
	free(text);
	return record;
}

static bool was_cut(const json_t *record)
{
	const json_t *seen = json_object_get(record, "filtered");

	return asked || json_is_true(json_object_get(seen, "interrupted"));
}

/* 0, or -1 and F tells. */
static int take(struct repeat *t, struct worker *w)
{
	json_t *record = read_record(w->records);
	int ret = 0;

	if (!record) {
		close(w->records);
		w->records = -1;
		t->r->cut += w->run && asked;
		if (w->run && !asked)
			ret = failure_set(t->f, FAILURE_SYSTEM,
				"who made run %ld is gone", w->run);
		w->run = 0;
		return ret;
	}
	if (was_cut(record)) {
		t->r->cut++;
	} else {
		w->keep = repeated_add(t->r, w->run, record);
		if (w->keep < 0)
			ret = failure_set(t->f, FAILURE_SYSTEM, "run %ld: %s",
				w->run, strerror(-w->keep));
		if (!ret && t->p->progress)
			t->p->progress(t->r);
	}
	json_decref(record);
	if (!ret)
		order(t, w);
	return ret;
}

static int wait_and_take(struct repeat *t)
{
	struct pollfd fds[REPEAT_JOBS];
	bool was = asked;
	int ret = 0, busy = 0;

	for (int i = 0; i < t->n; i++) {
		fds[i] = (struct pollfd){ .fd = t->workers[i].records,
			.events = POLLIN };
		busy += fds[i].fd >= 0;
	}
	if (!busy)
		return 1;
	if (ppoll(fds, (nfds_t)t->n, NULL, &t->was) < 0) {
		/* A Ctrl-C is the commands' as well; another signal is not. */
		for (int i = 0; i < t->n && asked && !was; i++)
			kill(t->workers[i].pid, SIGTERM);
		return 0;
	}
	for (int i = 0; i < t->n && !ret; i++)
		if (fds[i].revents)
			ret = take(t, &t->workers[i]);
	return ret;
}

static void end_workers(struct repeat *t)
{
	for (int i = 0; i < t->n; i++) {
		struct worker *w = &t->workers[i];

		if (w->orders >= 0)
			close(w->orders);
		if (w->records >= 0) {
			kill(w->pid, SIGTERM);
			close(w->records);
		}
		while (w->pid > 0 && waitpid(w->pid, NULL, 0) < 0 &&
			errno == EINTR)
			;
	}
}

/* Where all runs were alike and nothing was refused, nobody looks for what they
 * wrote, unless it was asked for. */
static void clear_base(const struct repeat_plan *p, struct repeated *r)
{
	if (!p->keep && !r->places.n && !r->hung && r->ends.n <= 1)
		tree_remove(AT_FDCWD, r->kept);
	else
		rmdir(r->kept); /* if it is empty */
	if (access(r->kept, F_OK))
		r->kept[0] = '\0';
}

int repeat_run(
	const struct repeat_plan *p, struct repeated *r, struct failure *f)
{
	struct repeat t = { .p = p, .r = r, .f = f, .next = 1 };
	struct sigaction was[3], pipes, ignore = { .sa_handler = SIG_IGN };
	uint64_t began = clock_us();
	int ret;

	*r = (struct repeated){ 0 };
	ret = make_base(p, r->kept, sizeof(r->kept));
	if (ret)
		return failure_set(f, FAILURE_SYSTEM,
			"no folder for what the runs write: %s",
			strerror(-ret));
	asked = 0;
	hold_signals(was, &t.was, true);
	for (long i = 0; i < p->jobs && i < p->runs && !ret; i++)
		ret = start(&t, was);
	sigaction(SIGPIPE, &ignore, &pipes);
	if (ret)
		ret = failure_set(f, FAILURE_SYSTEM, "%s", strerror(-ret));
	for (int i = 0; i < t.n && !ret; i++)
		order(&t, &t.workers[i]);
	while (!ret)
		ret = wait_and_take(&t);
	end_workers(&t);
	r->stopped = asked;
	r->us = clock_us() - began;
	sigaction(SIGPIPE, &pipes, NULL);
	hold_signals(was, &t.was, false);
	clear_base(p, r);
	return ret < 0 ? ret : 0;
}
