/* SPDX-License-Identifier: MIT */
/* worker.c: the process that runs cells, one after the other. */
#include "suite/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "suite/box.h"
#include "suite/kernel.h"
#include "suite/record.h"
#include "suite/reported.h"
#include "stack/stack.h"
#include "suite/trace.h"
#include "sys/failure.h"

static void put_filter(struct cell_page *page, const struct filter *bpf)
{
	static const uint32_t modes[] = {
		[FILTER_NONE] = CELL_NONE,
		[FILTER_STRICT] = CELL_STRICT,
		[FILTER_BPF] = CELL_FILTER,
	};

	page->magic = CELL_MAGIC;
	page->mode = modes[bpf->mode];
	page->flags = bpf->flags;
	page->ninsns = (uint32_t)bpf->ninsns;
	memcpy(page->insns, bpf->insns, bpf->ninsns * sizeof(*bpf->insns));
}

#define CONTROL	   "exit/raw" /* what every flavour can do */
#define CONTROL_US 2000	      /* what it costs at most, usually */
#define SLOW_MAX   20

/* The least that the control of this flavour costs here, in three runs. */
static unsigned measure(const struct suite *s, const struct flavour *f,
	struct box *box, struct stack_cache *stacks)
{
	static struct evidence ev;
	char path[256];
	struct trace_cell cell = { .path = path, .slow = SLOW_MAX };
	uint64_t least = 0;

	snprintf(
		path, sizeof(path), "%s/probes/%s/" CONTROL, s->build, f->name);
	for (int i = 0; i < 3; i++) {
		if (access(path, X_OK) || box_reset(box, NULL))
			return 1;
		box->page->magic = CELL_MAGIC;
		box->page->mode = CELL_NONE;
		trace_cell(&cell, box, stacks, &ev);
		if (!i || ev.us < least)
			least = ev.us;
	}
	least = least / CONTROL_US + 1;
	return least > SLOW_MAX ? SLOW_MAX : (unsigned)least;
}

unsigned worker_slowness(const struct suite *s, const struct flavour *f,
	struct box *box, struct stack_cache *stacks)
{
	static unsigned known[SUITE_FLAVOURS];
	unsigned *slow = &known[f - s->flavours];

	if (!*slow)
		*slow = measure(s, f, box, stacks);
	return *slow;
}

enum verdict worker_run(const struct suite *s, const struct cell *c,
	struct box *box, struct stack_cache *stacks, struct evidence *ev,
	struct judged *seen, const struct expect **row, char *want)
{
	struct place place = suite_place(s, c);
	struct trace_cell cell = {
		.path = c->path,
		.filtered = place.filtered,
		.untraced = c->d->probe.untraced,
		.no_stdin = c->d->probe.no_stdin,
		.timers_impossible = c->built->timers_impossible,
		.slow = worker_slowness(s, c->flavour, box, stacks),
	};
	int repeat = c->d->probe.repeat ? c->d->probe.repeat : 1;
	enum verdict verdict = VERDICT_PASS;

	for (int i = 0; i < repeat && verdict == VERDICT_PASS; i++) {
		int err = box_reset(box, c->d->probe.stdin_text);

		put_filter(box->page, &c->built->bpf);
		reported_begin();
		if (!err)
			trace_cell(&cell, box, stacks, ev);
		else
			snprintf(ev->broken, sizeof(ev->broken),
				"%s: cannot be cleaned: %s", box->dir,
				strerror(-err));
		reported_take(s->kernel != &kernel_host, ev);
		judge_outcome(c->d, &place, ev, seen);
		verdict = judge_verdict(c->d, &place, seen, row, want, 200);
	}
	return verdict;
}

/* Cells of one program stay with one worker, for its stack cache. */
bool worker_take(const struct suite *s, struct worker_share *share,
	uint32_t *from, uint32_t *to)
{
	*from = __atomic_load_n(&share->next, __ATOMIC_SEQ_CST);
	do {
		if (*from >= s->ncells)
			return false;
		for (*to = *from + 1; *to < s->ncells; ++*to)
			if (strcmp(s->cells[*from].path, s->cells[*to].path))
				break;
	} while (!__atomic_compare_exchange_n(&share->next, from, *to, false,
		__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
	return true;
}

int worker_send(int out, uint32_t cell, enum verdict verdict, const char *line,
	size_t size)
{
	struct worker_head head = { cell, verdict, (uint32_t)size };
	const char *p = (const char *)&head;
	size_t left = sizeof(head);
	ssize_t n = 0;

	for (int part = 0; part < 2; part++, p = line, left = size)
		for (; left && n >= 0; p += n, left -= (size_t)n)
			n = write(out, p, left);
	return n < 0 ? -errno : 0;
}

char *worker_line(struct workplace *w, const struct suite *s,
	const struct cell *c, enum verdict *verdict)
{
	struct judged seen;
	const struct expect *row;
	char want[200];

	w->ev.unkillable = false;
	if (c->skip[0]) {
		*verdict = c->d->unbuilt ? VERDICT_BROKEN : VERDICT_SKIP;
		return record_reason(c, *verdict, c->skip);
	}
	*verdict =
		worker_run(s, c, &w->box, w->stacks, &w->ev, &seen, &row, want);
	/* What was cut short is no evidence. */
	return trace_stopped()
		       ? NULL
		       : record_cell(c, &w->ev, &seen, *verdict, row, want);
}

/* False: it must run no more of them. */
static bool run_one(
	struct workplace *w, const struct suite *s, uint32_t cell, int out)
{
	enum verdict verdict;
	char *line = worker_line(w, s, &s->cells[cell], &verdict);
	size_t size = line ? strlen(line) : 0;
	bool sent;

	if (!line)
		return false;
	line[size] = '\n';
	sent = !worker_send(out, cell, verdict, line, size + 1);
	free(line);
	/* What is left of one that cannot be killed is no later cell's. */
	return sent && !w->ev.unkillable;
}

static void work(struct workplace *w, const struct suite *s,
	struct worker_share *share, int no, int out)
{
	uint32_t from, to;

	while (worker_take(s, share, &from, &to))
		for (; from < to; from++) {
			if (share->done[from])
				continue;
			share->at[no] = from + 1;
			share->slow[no] = worker_slowness(
				s, s->cells[from].flavour, &w->box, w->stacks);
			if (!run_one(w, s, from, out))
				return;
			share->at[no] = 0;
		}
}

int worker_open(struct workplace *w, const char *base)
{
	int ret = trace_init();

	w->stacks = stack_open();
	if (!w->stacks)
		return -ENOMEM;
	return ret ? ret : box_open(&w->box, base);
}

void worker_close(struct workplace *w)
{
	box_close(&w->box);
	stack_close(w->stacks);
}

int worker_main(const struct suite *s, struct worker_share *share, int no,
	const char *base, int out)
{
	static struct workplace w;
	int ret = worker_open(&w, base);

	/* A killed runner takes its workers along. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (ret) {
		/* What ails one ails all of them. */
		if (!__atomic_exchange_n(&share->told, 1, __ATOMIC_SEQ_CST))
			failure_say("%s: no place for the cells: %s", base,
				strerror(-ret));
		return 111;
	}
	work(&w, s, share, no, out);
	worker_close(&w);
	return 0;
}
