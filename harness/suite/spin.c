/* SPDX-License-Identifier: MIT */
/* spin.c: which threads of a cell run, from look to look. */
#include "suite/spin.h"

#include "sys/proc.h"

static uint64_t (*real_cpu)(void);

void spin_ask_cpu(uint64_t (*real)(void))
{
	real_cpu = real;
}

bool spin_used(struct spin *spin, long cpu, long limit)
{
	uint64_t real;

	if (cpu <= limit)
		return false;
	if (!real_cpu)
		return true;
	real = real_cpu() + 1;
	if (!spin->real_since)
		spin->real_since = real;
	return real - spin->real_since > (uint64_t)limit;
}

static int find(const struct spin *spin, pid_t tid)
{
	for (int i = 0; i < spin->n; i++)
		if (spin->runs[i].tid == tid)
			return i;
	return -1;
}

/* Those that run now; -1 where that is not to be told of one of them. */
static int running(struct spin *now, const struct hang *hang)
{
	now->n = 0;
	for (int i = 0; i < hang->nthreads; i++) {
		const struct thread_state *s = &hang->threads[i];

		/* Held by us: it has a stop to tell. */
		if (s->state == 't')
			return -1;
		if (s->state != 'R')
			continue;
		if (now->n == SPIN_THREADS)
			return -1;
		now->runs[now->n].tid = s->tid;
		now->runs[now->n++].us = proc_thread_us(s->pid, s->tid);
	}
	return now->n;
}

bool spin_look(struct spin *spin, const struct hang *hang)
{
	struct spin now;
	bool all = true;

	if (running(&now, hang) <= 0) {
		spin->n = 0;
		return false;
	}
	for (int i = 0; i < now.n; i++) {
		int was = find(spin, now.runs[i].tid);

		if (was < 0 || now.n != spin->n) {
			now.real_since = spin->real_since;
			*spin = now;
			return false;
		}
		if (now.runs[i].us - spin->runs[was].us < SPIN_EACH)
			all = false;
	}
	return all;
}
