/* SPDX-License-Identifier: MIT */
/* state.h: what hangs: its threads, what they sleep in, what is known of them.
 */
#ifndef HANG_STATE_H
#define HANG_STATE_H

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
	bool timed;	     /* its wait ends by itself, or is not known */
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

enum hang_answer {
	HANG_NO,
	HANG_YES,
	HANG_UNKNOWN, /* cannot know */
};

/* What is known of the cell beside what /proc tells. */
struct hang_facts {
	const pid_t *pids; /* its processes, all that live */
	int npids;
	bool unlisted;		/* it may have more processes than PIDS */
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
	bool stops_told; /* to the caller, by waitpid(2) */
	/*
	 * Has process PID no ITIMER_REAL that runs? TID is a thread of it that
	 * sleeps and has no filter, and may be made to ask. NULL: nobody can be
	 * asked. WITH is handed on.
	 */
	enum hang_answer (*no_itimer)(pid_t pid, pid_t tid, void *with);
	void *with;
	dev_t shared_dev; /* the object that the runner itself shares with the
			     cell: not counted as an outside mapper */
	ino_t shared_ino;
};

/* What a sleeper's call names, where others might have it too: the word of a
 * futex that is not private by its flag, or a pipe. */
struct hang_object {
	enum hang_answer found; /* it is mapped memory, or a pipe */
	bool own;		/* the futex's key is the process's own */
	bool runners;		/* the runner shares it (facts) */
	bool named;		/* a FIFO that anybody may open */
	dev_t dev;		/* the shared memory's, or the pipe's */
	ino_t inode;
	enum hang_answer outside; /* has a process outside it too? */
	pid_t outsider; /* the one that has, or that cannot be asked */
	bool sent;	/* or to whom some descriptor was sent that he has not
			   received: it may be this one */
};

/* The call that it sleeps in. */
struct hang_sleep {
	int nr; /* -1: none, or not known */
	char call[32];
	uint64_t args[6], ip, sp;
	struct hang_object on;
};

#endif
