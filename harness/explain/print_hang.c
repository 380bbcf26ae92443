/* SPDX-License-Identifier: MIT */
/* print_hang.c: what the threads of a hang do, for people. */
#include <linux/seccomp.h>
#include <stdio.h>

#include "sys/calls.h"
#include "explain/report.h"

void explain_print_stack(const struct frame *f, int n, FILE *to)
{
	for (int i = 0; i < n; i++, f++) {
		char text[FRAME_ROOM];
		struct text t = text_in(text, sizeof(text));
		bool named = f->function[0] && f->module[0];

		frame_put(&t, f);
		fprintf(to, "        #%-2d %s", i, text);
		if (f->line)
			fprintf(to,
				f->begins
					? " in a function that begins at %s:%d"
					: " at %s:%d",
				f->file, f->line);
		fprintf(to, "%s%s\n", named ? " in " : "",
			named ? f->module : "");
	}
}

static void print_thread(
	const struct thread_state *s, const struct explain_wait *w, FILE *to)
{
	if (w->process > 0)
		fprintf(to, "  process %d (%s), ", w->process, w->comm);
	else
		fprintf(to, "  ");
	if (w->thread == 0)
		fprintf(to, "main thread");
	else if (w->thread > 0)
		fprintf(to, "thread %d", w->thread);
	else
		fprintf(to, "thread");
	fprintf(to, " (%d): %c, ", s->tid, s->state);
	if (s->state == 'R')
		fprintf(to, "runs\n");
	else
		fprintf(to, "waits for %s\n",
			s->waits_for[0]			    ? s->waits_for
			: s->wchan[0] && s->wchan[0] != '0' ? s->wchan
							    : "nothing known");
	if (w->where[0])
		fprintf(to, "        at %s", w->where);
	if (w->where[0] && w->owner)
		fprintf(to, ", held by thread %d: %s", w->owner, w->told);
	else if (w->where[0] && w->gone)
		fprintf(to, ", held by thread %d, which has ended: %s", w->gone,
			w->told);
	else if (w->where[0] && w->joins)
		fprintf(to, ", joins thread %d", w->joins);
	if (w->where[0])
		fputc('\n', to);
	explain_print_stack(s->frames, s->nframes, to);
}

void explain_print_threads(const struct explain_hang *h, FILE *to)
{
	char chain[EXPLAIN_CHAIN];

	if (h->cause[0])
		fprintf(to, "cause     %s\n", h->cause);
	if (h->cause[0] && h->refused) {
		explain_chain(h->refused, chain, sizeof(chain));
		fprintf(to, "          by %s\n", chain);
	}
	for (int i = 0; i < h->hang.nthreads; i++)
		print_thread(&h->hang.threads[i], &h->waits[i], to);
	if (h->hang.unshown)
		fprintf(to, "  and %d more threads\n", h->hang.unshown);
}

void explain_print_hang(const struct explain_hang *h, FILE *to)
{
	if (h->busy)
		fprintf(to, "then      %s\n", h->hang.reason);
	else
		fprintf(to, "hangs     %s%s\n",
			h->hang.proven ? "proven: " : "", h->hang.reason);
	explain_print_threads(h, to);
}

static void print_kill(const struct kernel_kill *kill, FILE *to)
{
	char call[32];

	calls_name(kill->arch, kill->nr, call, sizeof(call));
	fprintf(to,
		"killed    %s of process %d (%s) at %s, says the kernel's "
		"log\n",
		kill->action == SECCOMP_RET_KILL_THREAD ? "a thread" : "all",
		kill->pid, kill->comm, call);
}

void explain_print_process(const struct explain_process *p, FILE *to)
{
	fprintf(to, "process   %d%s%s\n", p->pid, p->exe[0] ? ", " : "",
		p->exe);
	fprintf(to, "filters   %s\n", p->filters);
	if (p->tracer)
		fprintf(to, "traced    by process %d (%s)\n", p->tracer,
			p->tracer_comm);
	for (int i = 0; i < p->hang->nkills; i++)
		print_kill(&p->hang->kills[i], to);
	fprintf(to, "hangs     %s: %s\n",
		p->sleeps ? "yes" : "not as far as can be seen",
		p->hang->hang.reason);
	explain_print_threads(p->hang, to);
}
