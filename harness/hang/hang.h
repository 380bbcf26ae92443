/* SPDX-License-Identifier: MIT */
/*
 * hang.h: from thread states to a proof that nobody can wake them.
 *
 * The proof reads every thread of every process of a cell twice. A thread that
 * slept in both readings with unchanged context-switch counts has not run in
 * between (/proc/PID/task/TID/status, kernel/sched: each wake-up is a switch),
 * so between the two all slept at once. Then it shows for each what could wake
 * it, and that this cannot come.
 */
#ifndef HANG_HANG_H
#define HANG_HANG_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "stack/frame.h"

#define HANG_THREADS 32 /* that are kept */

/* One thread of something that hangs. */
struct thread_state {
	pid_t pid;
	pid_t tid;
	char state; /* of /proc/PID/task/TID/stat: R S D Z T t X */
	int nr;	    /* the call it is in, -1 when none or not known */
	char call[32];
	uint64_t args[6];
	uint64_t ip;
	uint64_t sp;
	char wchan[48];
	char waits_for[160]; /* in words: "futex 0x… (private), no time-out" */
	int alike; /* threads of its process, unshown, that wait for the same */
	int nframes;
	struct frame frames[STACK_FRAMES];
};

struct hang {
	bool proven;	  /* nobody can wake them; else the deadline decided */
	bool spins;	  /* it did not sleep: it used up its processor time */
	bool handles;	  /* signals that may come from outside, and wake it */
	char reason[240]; /* the proof, or what it lacks, in a sentence */
	int nthreads;
	int unshown; /* threads beyond HANG_THREADS: looked at, not kept */
	struct thread_state threads[HANG_THREADS];
};

/* What is known of the cell beside what /proc tells. */
struct hang_facts {
	const pid_t *pids; /* its processes, all that live */
	int npids;
	bool timers_impossible; /* no interval timer runs, and no thread that
				   has a filter can make one unseen */
	bool overlook_itimers;	/* take it that none runs in a process that
				   does not catch SIGALRM: then what holds is
				   likely, and no proof */
	bool started; /* by the caller, who holds all that it was given: whom
			 one may not look into has nothing of the cell's */
	bool signals_come;  /* others may send some: who waits for one, or is
			       stopped, may go on */
	bool stays_stopped; /* but nobody outside sends SIGCONT */
	bool traced; /* by the caller, who lets go on what stops, but for what
			SIGSTOP and the like stopped: a 't' is no more */
	dev_t shared_dev; /* the object that the runner itself shares with the
			     cell: not counted as an outside mapper */
	ino_t shared_ino;
};

/*
 * Looks at the cell's threads and fills HANG: every thread with its state, the
 * call it is in, and in words what it waits for. Returns true when the hang is
 * proven; false when somebody runs, may be woken, or could not be read, with
 * the reason. Reads /proc only; stops nobody.
 */
bool hang_prove(const struct hang_facts *facts, struct hang *hang);

#endif
