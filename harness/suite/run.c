/* SPDX-License-Identifier: MIT */
/* run.c: the runner: workers in, records out. */
#include "suite/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/kernel.h"
#include "suite/base.h"
#include "suite/progress.h"
#include "suite/worker.h"
#include "sys/clock.h"
#include "sys/text.h"
#include "sys/failure.h"
#include "sys/terminal.h"

#define LATE_US 60000000 /* at one cell; they end themselves after 35 s */
#define STOP_US 8000000	 /* from SIGTERM; a cell that will not die takes 5 s */

struct worker {
	pid_t pid;
	int fd;
	uint32_t at;	/* the cell that it was seen at, + 1 */
	uint64_t since; /* when that was new, microseconds */
	bool late;	/* it was ended for making no progress */
	char *buf;
	size_t used, size;
};

struct run {
	const struct suite *s;
	struct record *r;
	const struct run_options *o;
	struct run_totals *totals;
	struct worker_share *share;
	struct base base;
	struct worker workers[WORKERS_MAX];
	size_t done;
	uint64_t told_us; /* when they were told to stop; 0: not yet */
	int ended_by;	  /* the signal that ended a worker last */
	struct progress progress;
	int err;
};

static volatile sig_atomic_t stop_signal;

static void on_signal(int sig)
{
	stop_signal = sig;
}

static void finish_cell(struct run *run, uint32_t cell, enum verdict verdict,
	const char *line, size_t size)
{
	run->share->done[cell] = 1;
	run->done++;
	run->totals->verdicts[verdict]++;
	if (run->r && !run->err)
		run->err = record_add(run->r, line, size);
	if (run->o->soon)
		soon_take(run->o->soon, run->s->cells[cell].name, line, size);
	if (run->o->json)
		fwrite(line, 1, size, stdout);
	if (run->o->verbose)
		fprintf(stderr, "%-7s %s\n", judge_verdict_name(verdict),
			run->s->cells[cell].name);
}

/* Whole records at the front of the worker's buffer. */
static void take_records(struct run *run, struct worker *w)
{
	struct worker_head head;
	size_t at = 0;

	while (w->used - at >= sizeof(head)) {
		memcpy(&head, w->buf + at, sizeof(head));
		if (w->used - at < sizeof(head) + head.size)
			break;
		finish_cell(run, head.cell, head.verdict,
			w->buf + at + sizeof(head), head.size);
		at += sizeof(head) + head.size;
	}
	memmove(w->buf, w->buf + at, w->used - at);
	w->used -= at;
}

static bool read_worker(struct run *run, struct worker *w)
{
	ssize_t n;

	if (w->size - w->used < 65536) {
		w->size += 131072;
		w->buf = realloc(w->buf, w->size);
		if (!w->buf)
			abort();
	}
	n = read(w->fd, w->buf + w->used, w->size - w->used);
	if (n > 0)
		w->used += (size_t)n;
	take_records(run, w);
	return n > 0 || (n < 0 && errno == EINTR);
}

static int start_worker(struct run *run, struct worker *w)
{
	struct kernel_start st = {
		.s = run->s,
		.share = run->share,
		.no = (int)(w - run->workers),
		.base = run->base.dir,
		.keep = run->r ? run->r->dir : NULL,
	};
	pid_t pid;
	int fd;

	run->share->at[st.no] = 0;
	run->share->lost[st.no][0] = '\0';
	pid = run->s->kernel->start(&st, &fd);
	if (pid < 0)
		return (int)pid;
	w->pid = pid;
	w->fd = fd;
	w->used = 0;
	w->at = 0;
	w->since = clock_us();
	w->late = false;
	return 0;
}

static bool is_worker(const struct run *run, pid_t pid)
{
	for (int i = 0; i < run->o->jobs; i++)
		if (run->workers[i].fd >= 0 && run->workers[i].pid == pid)
			return true;
	return false;
}

/* One that cannot be killed is left to the kernel. */
static void reap(pid_t pid)
{
	for (int i = 0; i < 200 && !waitpid(pid, NULL, __WALL | WNOHANG); i++)
		usleep(10000);
}

/* Processes of a killed worker's cell: they became our children. */
static void end_orphans(struct run *run)
{
	char path[64];
	long pid;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	f = fopen(path, "re");
	while (f && fscanf(f, "%ld", &pid) == 1)
		if (!is_worker(run, (pid_t)pid)) {
			kill((pid_t)pid, SIGKILL);
			reap((pid_t)pid);
		}
	if (f)
		fclose(f);
}

/* The cell that a worker was at when it was ended is broken, and named. */
static void break_cell(
	struct run *run, uint32_t cell, int sig, bool late, const char *lost)
{
	char why[WORKER_LOST], name[TEXT_SIGNAL], *line;
	size_t size;

	if (late)
		snprintf(why, sizeof(why),
			"the worker made no progress for %d s, and was ended",
			LATE_US / 1000000);
	else if (lost[0])
		snprintf(why, sizeof(why), "%s", lost);
	else
		snprintf(why, sizeof(why), "the worker was ended by %s",
			text_signal(sig, name));
	line = record_reason(&run->s->cells[cell], VERDICT_BROKEN, why);
	size = strlen(line);
	line[size] = '\n';
	finish_cell(run, cell, VERDICT_BROKEN, line, size + 1);
	free(line);
}

static void bury_worker(struct run *run, struct worker *w)
{
	uint32_t at = run->share->at[w - run->workers];
	int status = 0;

	close(w->fd);
	w->fd = -1;
	waitpid(w->pid, &status, 0);
	if (!status)
		return;
	end_orphans(run);
	if (stop_signal)
		return;
	/* It said why. */
	if (WIFEXITED(status)) {
		run->err = run->err ? run->err : -ECHILD;
		return;
	}
	run->ended_by = WTERMSIG(status);
	if (at && !run->share->done[at - 1])
		break_cell(run, at - 1, run->ended_by, w->late,
			run->share->lost[w - run->workers]);
}

static void stop_workers(struct run *run)
{
	for (int i = 0; i < run->o->jobs; i++)
		if (run->workers[i].fd >= 0)
			kill(run->workers[i].pid, SIGTERM);
}

/* Longer than any cell may take (trace.h), and than what is done after it. */
static uint64_t patience(const struct run *run, const struct worker *w)
{
	const struct cell *c = &run->s->cells[w->at ? w->at - 1 : 0];
	int repeat = w->at && c->d ? c->d->probe.repeat : 1;

	uint32_t slow = run->share->slow[w - run->workers];

	return (uint64_t)LATE_US * (uint64_t)(repeat > 1 ? repeat : 1) *
	       (slow ? slow : 1);
}

/* A worker that stands still is ended, and so is one that was told to stop and
 * does not. */
static void end_late(struct run *run)
{
	uint64_t now = clock_us();

	for (int i = 0; i < run->o->jobs; i++) {
		struct worker *w = &run->workers[i];
		uint32_t at = run->share->at[i];

		if (w->fd < 0 || w->late)
			continue;
		if (w->at != at) {
			w->at = at;
			w->since = now;
		}
		w->late = run->told_us
				  ? now - run->told_us > STOP_US
				  : at && now - w->since > patience(run, w);
		if (w->late)
			kill(w->pid, SIGKILL);
	}
}

static int poll_workers(struct run *run)
{
	struct pollfd fds[WORKERS_MAX];
	int live = 0;

	for (int i = 0; i < run->o->jobs; i++) {
		fds[i] = (struct pollfd){ .fd = run->workers[i].fd,
			.events = POLLIN };
		live += run->workers[i].fd >= 0;
	}
	if (!live)
		return 0;
	if (poll(fds, (nfds_t)run->o->jobs, 200) > 0)
		for (int i = 0; i < run->o->jobs; i++)
			if (fds[i].revents &&
				!read_worker(run, &run->workers[i]))
				bury_worker(run, &run->workers[i]);
	return live;
}

/* One pass over the cells that are not done. */
static int pass(struct run *run)
{
	int ret = 0;

	run->share->next = 0;
	for (int i = 0; i < run->o->jobs; i++)
		run->workers[i].fd = -1;
	for (int i = 0; i < run->o->jobs && !ret; i++)
		ret = start_worker(run, &run->workers[i]);
	if (ret)
		failure_say("cannot start a worker: %s", strerror(-ret));
	while (poll_workers(run)) {
		run->progress.done = run->done;
		progress_tell(&run->progress, PROGRESS_RUNNING);
		if ((stop_signal || run->err || ret) && !run->told_us) {
			run->told_us = clock_us();
			stop_workers(run);
		}
		end_late(run);
	}
	return ret ? ret : run->err;
}

/* Passes until every cell is done. One in which none was ends the run: what
 * ended the workers would end the next ones too. */
static int run_passes(struct run *run)
{
	char name[TEXT_SIGNAL];
	size_t before;
	int ret = 0;

	while (!ret && run->done < run->s->ncells && !stop_signal) {
		before = run->done;
		ret = pass(run);
		if (ret || run->done != before || stop_signal)
			continue;
		failure_say("run: each worker was ended by %s before it "
			    "had done a cell%s",
			text_signal(run->ended_by, name),
			run->ended_by == SIGXFSZ
				? ": RLIMIT_FSIZE (ulimit -f) is too small"
				: "");
		ret = -ECHILD;
	}
	return ret;
}

static int make_base(struct run *run)
{
	int ret = base_open(&run->base);

	if (ret)
		failure_say("%s: %s", run->base.dir, strerror(-ret));
	return ret;
}

static int make_share(struct run *run, const struct run_options *options)
{
	size_t n = run->s->ncells;

	/* Populated: who runs a million cells is not to fail at the last. */
	run->share = mmap(NULL, sizeof(*run->share) + n, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (run->share == MAP_FAILED) {
		failure_say("what the workers share: %s", strerror(errno));
		return -ENOMEM;
	}
	for (size_t i = 0; options->done && i < n; i++) {
		run->share->done[i] = options->done[i];
		run->done += (size_t)options->done[i];
	}
	return 0;
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	/* Whatever a killed worker leaves behind becomes ours to end. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

int run_cells(const struct suite *s, struct record *r,
	const struct run_options *options, struct run_totals *totals)
{
	static struct run run;
	int ret;

	run = (struct run){ .s = s, .r = r, .o = options, .totals = totals };
	memset(totals, 0, sizeof(*totals));
	run.progress = (struct progress){ .dir = r ? r->dir : NULL,
		.quiet = options->quiet,
		.cells = s->ncells,
		.verdicts = totals->verdicts,
		.start = clock_us() };
	ret = make_base(&run);
	if (!ret)
		ret = make_share(&run, options);
	if (ret) {
		base_close(&run.base);
		return ret;
	}
	catch_signals();
	ret = run_passes(&run);
	run.progress.done = run.done;
	progress_tell(&run.progress,
		run.done < s->ncells ? PROGRESS_STOPPED : PROGRESS_ENDED);
	if (!options->quiet)
		terminal_clear();
	totals->interrupted = stop_signal != 0;
	totals->verdicts[VERDICT_MISSING] = s->ncells - run.done;
	for (int i = 0; i < options->jobs; i++)
		free(run.workers[i].buf);
	base_close(&run.base);
	munmap(run.share, sizeof(*run.share) + s->ncells);
	return ret;
}
