/* SPDX-License-Identifier: MIT */
/* who.c: threads and processes of a hang, by name. */
#include "explain/who.h"

void who_process(struct text *t, int process, const char *comm)
{
	text_put(t, "process %d", process);
	if (comm[0])
		text_put(t, " (%s)", comm);
}

void who_number(struct text *t, int process, int thread, pid_t tid)
{
	if (thread == 0)
		text_put(t, "the main thread");
	else if (thread > 0)
		text_put(t, "thread %d", thread);
	else
		text_put(t, "thread %d", (int)tid);
	if (process > 0)
		text_put(t, " of process %d", process);
}

void who_thread(struct text *t, const struct explain_look *l, int i)
{
	const struct explain_wait *w = &l->h->waits[i];

	who_number(t, w->process, w->thread, l->h->hang.threads[i].tid);
	if (w->process > 0 && w->comm[0])
		text_put(t, " (%s)", w->comm);
}
