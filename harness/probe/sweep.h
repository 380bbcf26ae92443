/* SPDX-License-Identifier: MIT */
/*
 * sweep.h: many numbers on one way into the kernel, in one cell. Where the
 * profile answers (an errno, a caught SIGSYS) one thread tries them all; where
 * it kills, an unfiltered thread starts one that arms itself for each number.
 *
 * A handler cannot return, for rt_sigreturn is refused too: it jumps back.
 */
#ifndef PROBE_SWEEP_H
#define PROBE_SWEEP_H

#include "probe/entry.h"
#include "probe/probe.h"

/* What a call answers that raised a signal: no errno and no value. */
#define SWEEP_SIGNAL (-5000)

struct sweep {
	long (*enter)(long nr);
	long (*number)(int i); /* the I-th; NULL: I itself */
	int count;
	const short *open;  /* not tried: the profile allows them; ends in -1 */
	const short *known; /* tried and noted, and no surprise; ends in -1 */
};

/* The kernel's struct sigaction, which is no libc's. */
struct sweep_action {
	void (*handler)(int, siginfo_t *, void *);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask[64 / 8 / sizeof(long)];
};

static void *sweep_back[5];
static volatile long sweep_nr, sweep_arch; /* of the SIGSYS that came last */

static inline void sweep_caught(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (sig == SIGSYS) {
		sweep_nr = info->si_syscall;
		sweep_arch = (long)info->si_arch;
	}
	__builtin_longjmp(sweep_back, 1);
}

/* For setup(): SIG no longer kills. */
static inline int sweep_catch(int sig)
{
	/* x86-64 wants a restorer (SA_RESTORER), though nobody will use it. */
	struct sweep_action action = { .handler = sweep_caught,
		.flags = SA_SIGINFO | SA_NODEFER | 0x04000000 };

	return (int)-sys(__NR_rt_sigaction, sig, &action, 0, 8);
}

__attribute__((noinline, unused)) static long sweep_try(
	long (*enter)(long), long nr)
{
	if (__builtin_setjmp(sweep_back))
		return SWEEP_SIGNAL;
	return enter(nr);
}

static inline bool sweep_listed(const short *list, long nr)
{
	for (; list && *list >= 0; list++)
		if (*list == nr)
			return true;
	return false;
}

static inline long sweep_number(const struct sweep *s, int i)
{
	return s->number ? s->number(i) : i;
}

/*
 * Each must answer as REFUSED does, a number that is surely refused. Those
 * that do not are noted as values of the record; returned is how many of them
 * are not known.
 */
static inline int sweep_numbers(const struct sweep *s, long refused)
{
	long want = sweep_try(s->enter, refused);
	int deviants = 0;

	for (int i = 0; i < s->count; i++) {
		long nr = sweep_number(s, i);

		if (sweep_listed(s->open, nr) ||
			sweep_try(s->enter, nr) == want)
			continue;
		probe_value(nr);
		deviants += !sweep_listed(s->known, nr);
	}
	return deviants;
}

static const struct sweep *sweep_job;
static int sweep_go, sweep_over, sweep_alive;

/* One number, in a thread of its own; whoever comes back was answered. */
static inline void sweep_one(void *arg)
{
	long nr = (long)arg;

	if (probe_arm() || sweep_try(sweep_job->enter, nr) == SWEEP_SIGNAL)
		return;
	probe_value(nr);
	sweep_alive += !sweep_listed(sweep_job->known, nr);
}

static inline void sweep_each(void *unused)
{
	int done;

	(void)unused;
	probe_pass(&sweep_go);
	for (int i = 0; i < sweep_job->count; i++) {
		long nr = sweep_number(sweep_job, i);

		if (sweep_listed(sweep_job->open, nr))
			continue;
		if (probe_thread(sweep_one, (void *)nr, &done) < 0)
			sweep_alive++;
		else
			probe_join(&done);
	}
}

/* For setup(). TSYNC must be off. */
static inline int sweep_killed_setup(const struct sweep *s)
{
	long tid;

	sweep_job = s;
	tid = probe_thread(sweep_each, NULL, &sweep_over);
	return tid < 0 ? (int)-tid : sweep_catch(SIGILL);
}

/* For run(): how many numbers let their thread live. */
static inline int sweep_killed(void)
{
	probe_open(&sweep_go);
	probe_join(&sweep_over);
	return sweep_alive;
}

#endif
