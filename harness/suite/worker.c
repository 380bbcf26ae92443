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
#include "suite/record.h"
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
	};
	int repeat = c->d->probe.repeat ? c->d->probe.repeat : 1;
	enum verdict verdict = VERDICT_PASS;

	for (int i = 0; i < repeat && verdict == VERDICT_PASS; i++) {
		int err = box_reset(box, c->d->probe.stdin_text);

		put_filter(box->page, &c->built->bpf);
		if (!err)
			trace_cell(&cell, box, stacks, ev);
		else
			snprintf(ev->broken, sizeof(ev->broken),
				"%s: cannot be cleaned: %s", box->dir,
				strerror(-err));
		judge_outcome(c->d, &place, ev, seen);
		verdict = judge_verdict(c->d, &place, seen, row, want, 200);
	}
	return verdict;
}

/* Cells of one program stay with one worker, for its stack cache. */
static bool take(const struct suite *s, struct worker_share *share,
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

static int send_line(int out, uint32_t cell, enum verdict verdict, char *line)
{
	size_t size = strlen(line);
	struct worker_head head = { cell, verdict, (uint32_t)size + 1 };
	char *p = (char *)&head;
	size_t left = sizeof(head);
	ssize_t n = 0;

	line[size] = '\n';
	for (int part = 0; part < 2; part++, p = line, left = size + 1)
		for (; left && n >= 0; p += n, left -= (size_t)n)
			n = write(out, p, left);
	free(line);
	return n < 0 ? -errno : 0;
}

static char *run_line(const struct suite *s, const struct cell *c,
	struct box *box, struct stack_cache *stacks, struct evidence *ev,
	enum verdict *verdict)
{
	struct judged seen;
	const struct expect *row;
	char want[200];

	if (c->skip[0]) {
		*verdict = c->d->unbuilt ? VERDICT_BROKEN : VERDICT_SKIP;
		return record_reason(c, *verdict, c->skip);
	}
	*verdict = worker_run(s, c, box, stacks, ev, &seen, &row, want);
	return record_cell(c, ev, &seen, *verdict, row, want);
}

static int work(const struct suite *s, struct worker_share *share, int no,
	struct box *box, struct stack_cache *stacks, int out)
{
	static struct evidence ev;
	uint32_t from, to;

	while (take(s, share, &from, &to))
		for (; from < to; from++) {
			enum verdict verdict;
			char *line;

			if (share->done[from])
				continue;
			share->at[no] = from + 1;
			ev.unkillable = false;
			line = run_line(
				s, &s->cells[from], box, stacks, &ev, &verdict);
			/* What was cut short is no evidence. */
			if (trace_stopped() ||
				send_line(out, from, verdict, line))
				return 0;
			share->at[no] = 0;
			/* What is left of it is no later cell's. */
			if (ev.unkillable)
				return 0;
		}
	return 0;
}

int worker_main(const struct suite *s, struct worker_share *share, int no,
	const char *base, int out)
{
	struct box box;
	struct stack_cache *stacks = stack_open();
	int ret = trace_init();

	/* A killed runner takes its workers along. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (!ret)
		ret = box_open(&box, base);
	if (ret || !stacks) {
		/* What ails one ails all of them. */
		if (!__atomic_exchange_n(&share->told, 1, __ATOMIC_SEQ_CST))
			failure_say("%s: no place for the cells: %s", base,
				strerror(ret ? -ret : ENOMEM));
		return 111;
	}
	ret = work(s, share, no, &box, stacks, out);
	box_close(&box);
	stack_close(stacks);
	return ret;
}
