/* SPDX-License-Identifier: MIT */
/* keeper.c: gives a guest its cells, and takes what it says of them. */
#include "suite/keeper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/link.h"
#include "suite/worker.h"
#include "sys/clock.h"
#include "sys/failure.h"
#include "sys/proc.h"
#include "sys/text.h"

#define BOOT_US	     60000000 /* until it is up: so long, and either of these: */
#define BOOT_CPU_US  15000000  /* that it had of the processor */
#define BOOT_WALL_US 300000000 /* on a busy machine */
#define SILENT_US    20000000  /* it tells four times a second that it lives */

struct keeper {
	const struct kernel_start *st;
	const struct machine *m;
	struct link line;
	struct console console;
	int out;
	uint32_t nbuilts; /* that it has */
	bool up;	  /* it said hello */
	bool left;	  /* and good-bye */
	int status;	  /* of its worker */
	uint64_t heard;	  /* when it said something last, microseconds */
};

static int send_job(struct keeper *k)
{
	const struct suite *s = k->st->s;
	struct link_job job = { .nflavours = (uint32_t)s->nflavours };

	snprintf(job.kernel, sizeof(job.kernel), "%s", s->kernel->name);
	memcpy(job.flavours, s->flavours, sizeof(job.flavours));
	return link_send(&k->line, LINK_JOB, 0, 0, &job, sizeof(job));
}

static int send_built(struct keeper *k, uint32_t no)
{
	const struct built *b = k->st->s->builts[no];
	size_t code = b->bpf.ninsns * sizeof(*b->bpf.insns);
	struct link_built *whole = calloc(1, sizeof(*whole) + code);
	int ret;

	if (!whole)
		return -ENOMEM;
	memcpy(whole->profile, b->profile, sizeof(whole->profile));
	snprintf(
		whole->file, sizeof(whole->file), "%s", b->file ? b->file : "");
	whole->arch = b->arch;
	whole->timers_impossible = b->timers_impossible;
	whole->mode = b->bpf.mode;
	whole->flags = b->bpf.flags;
	whole->ninsns = (uint32_t)b->bpf.ninsns;
	memcpy(whole + 1, b->bpf.insns, code);
	ret = link_send(
		&k->line, LINK_BUILT, no, 0, whole, sizeof(*whole) + code);
	free(whole);
	return ret;
}

/* All that come before it too: the guest counts them. */
static int send_builts(struct keeper *k, uint32_t last)
{
	int ret = 0;

	for (; k->nbuilts <= last && !ret; k->nbuilts++)
		ret = send_built(k, k->nbuilts);
	return ret;
}

static uint32_t built_index(const struct suite *s, const struct built *b)
{
	uint32_t i = 0;

	while (s->builts[i] != b)
		i++;
	return i;
}

static int send_cell(struct keeper *k, uint32_t no)
{
	const struct suite *s = k->st->s;
	const struct cell *c = &s->cells[no];
	struct link_cell cell = {
		.built = built_index(s, c->built),
		.flavour = (uint32_t)(c->flavour - s->flavours),
	};
	int ret = send_builts(k, cell.built);

	snprintf(cell.name, sizeof(cell.name), "%s", c->name);
	snprintf(cell.probe, sizeof(cell.probe), "%s", c->d->name);
	return ret ? ret
		   : link_send(&k->line, LINK_CELL, no, 0, &cell, sizeof(cell));
}

/* The cells of the next program of which one is left. */
static int send_cells(struct keeper *k)
{
	struct worker_share *share = k->st->share;
	uint32_t from, to, n = 0;
	int ret = 0;

	while (!n && !ret && worker_take(k->st->s, share, &from, &to))
		for (; from < to && !ret; from++)
			if (!share->done[from]) {
				ret = send_cell(k, from);
				n++;
			}
	return ret ? ret
		   : link_send(&k->line, n ? LINK_GO : LINK_END, 0, 0, NULL, 0);
}

static int take_record(
	struct keeper *k, const struct link_head *head, const char *line)
{
	int ret = worker_send(
		k->out, head->a, (enum verdict)head->b, line, head->size);

	k->st->share->at[k->st->no] = 0;
	return ret;
}

/* Of the kernel and of the processes that its processes are. */
static int tell_cpu(struct keeper *k)
{
	pid_t pids[512] = { *k->m->pid };
	int n = 1 + proc_children(pids[0], pids + 1, 511);
	uint64_t us = 0;

	for (int i = 0; i < n; i++)
		us += (uint64_t)proc_cpu_us(pids[i]);
	return link_send(&k->line, LINK_CPU, (uint32_t)(us / 1000), 0, NULL, 0);
}

static int take(
	struct keeper *k, const struct link_head *head, const char *data)
{
	const struct suite *s = k->st->s;

	if ((head->kind == LINK_AT || head->kind == LINK_RECORD) &&
		head->a >= s->ncells)
		return -EBADMSG;
	switch (head->kind) {
	case LINK_HELLO:
		k->up = true;
		k->st->share->up = 1;
		return send_job(k);
	case LINK_WANT:
		return send_cells(k);
	case LINK_AT:
		k->st->share->slow[k->st->no] = head->b;
		k->st->share->at[k->st->no] = head->a + 1;
		return 0;
	case LINK_ASK:
		return tell_cpu(k);
	case LINK_RECORD:
		if (head->b > VERDICT_NONE || !head->size ||
			data[head->size - 1] != '\n')
			return -EBADMSG;
		return take_record(k, head, data);
	case LINK_READ:
		return link_was_read(&k->line, head->a);
	case LINK_BEAT:
		return 0;
	case LINK_LEFT:
		k->left = true;
		k->status = (int)head->a;
		return 0;
	}
	return -EBADMSG;
}

static int read_line(struct keeper *k)
{
	struct link_head head;
	const char *data;
	int ret = link_fill(&k->line), got;

	if (ret)
		return ret;
	k->heard = clock_us();
	while ((got = link_next(&k->line, &head, &data)) > 0) {
		ret = take(k, &head, data);
		if (ret)
			return ret;
	}
	return got;
}

static bool read_console(struct keeper *k)
{
	char buf[4096];
	ssize_t n = read(k->m->said, buf, sizeof(buf));

	if (n > 0)
		console_add(&k->console, buf, (size_t)n);
	return n > 0;
}

static bool asked_to_stop;

static void on_stop(int sig)
{
	(void)sig;
	asked_to_stop = true;
}

/* For too long? Eight that boot at once on a busy machine take turns. */
static bool is_silent(const struct keeper *k)
{
	uint64_t silent = clock_us() - k->heard;

	if (k->up)
		return silent > SILENT_US;
	return silent > BOOT_US &&
	       (silent > BOOT_WALL_US || proc_cpu_us(*k->m->pid) > BOOT_CPU_US);
}

/* Until its line is closed: 0; or what stands in the way of going on. */
static int serve(struct keeper *k)
{
	struct pollfd fds[] = {
		{ .fd = k->m->in, .events = POLLIN },
		{ .fd = k->m->said, .events = POLLIN },
	};
	int ret;

	for (;;) {
		if (poll(fds, 2, 500) < 0 && errno != EINTR)
			return -errno;
		if (asked_to_stop)
			return -EINTR;
		if (fds[1].revents && !read_console(k))
			fds[1].fd = -1;
		ret = fds[0].revents ? read_line(k) : 0;
		if (ret)
			return ret == -EPIPE ? 0 : ret;
		if (is_silent(k))
			return -ETIMEDOUT;
	}
}

/* What is still on its way. */
static void drain_console(struct keeper *k)
{
	struct pollfd fd = { .fd = k->m->said, .events = POLLIN };

	while (poll(&fd, 1, 0) > 0 && read_console(k))
		;
}

static void describe(const struct keeper *k, int ret, char *why, size_t size)
{
	char cause[160];
	struct text t = text_in(why, size);

	console_cause(&k->console, cause, sizeof(cause));
	if (ret == -ETIMEDOUT)
		text_put(&t, "the kernel was silent for %d s, and was halted",
			(int)((clock_us() - k->heard) / 1000000));
	else if (ret)
		text_put(&t, "the kernel's line: %s", strerror(-ret));
	else if (k->left && WIFSIGNALED(k->status))
		text_put(&t, "the worker in it was ended by signal %d",
			WTERMSIG(k->status));
	else
		text_put(&t, "the kernel ended");
	if (cause[0])
		text_put(&t, ": %s", cause);
	text_mark_cut(&t);
}

/* None came up yet: no other boot would fare better. */
static int no_boot(const struct keeper *k, const char *why)
{
	const char *name = k->st->s->kernel->name;

	if (__atomic_exchange_n(&k->st->share->told, 1, __ATOMIC_SEQ_CST))
		return 111;
	if (k->m->console)
		failure_say("%s: it did not boot: %s; its console: %s", name,
			why, k->m->console);
	else
		failure_say("%s: it did not boot: %s", name, why);
	return 111;
}

static int end(struct keeper *k, int ret)
{
	char why[WORKER_LOST];

	/* Where the guard is gone already there is nobody to be told. */
	if (!ret && !asked_to_stop && write(k->m->alive, "", 1) < 0)
		kill(k->m->guard, SIGKILL);
	close(k->m->alive);
	waitpid(k->m->guard, NULL, 0);
	/* Somebody may have killed the guard. */
	if (*k->m->pid > 0)
		kill(-*k->m->pid, SIGKILL);
	drain_console(k);
	describe(k, ret, why, sizeof(why));
	console_close(&k->console);
	link_close(&k->line);
	if (asked_to_stop || (!ret && k->left && !k->status))
		return 0;
	if (!k->st->share->up || (k->left && WIFEXITED(k->status)))
		return no_boot(k, why);
	snprintf(k->st->share->lost[k->st->no], WORKER_LOST, "%s", why);
	kill(getpid(), SIGKILL);
	return 111;
}

int keeper_main(const struct kernel_start *st, const struct machine *m, int out)
{
	static struct keeper k;
	struct sigaction sa = { .sa_handler = on_stop };
	int ret;

	k = (struct keeper){ .st = st, .m = m, .out = out };
	k.heard = clock_us();
	sigaction(SIGTERM, &sa, NULL);
	ret = console_open(&k.console, m->console);
	if (ret)
		failure_say("%s: %s", m->console, strerror(-ret));
	link_open_host(&k.line, m->in, m->out);
	return end(&k, serve(&k));
}
