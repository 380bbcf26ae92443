/* SPDX-License-Identifier: MIT */
/*
 * hang.h: from thread states to a proof that nobody can wake them.
 *
 * The proof reads every thread of every process of a cell twice. A thread that
 * slept in both readings with unchanged context-switch counts has not run in
 * between (/proc/PID/task/TID/status, kernel/sched: each wake-up is a switch),
 * so between the two all slept at once. Then it shows for each what could wake
 * it, and that this cannot come.
 *
 * What looks (look.c) fills a struct hang_look and judges nothing; what judges
 * (hang.c, wakers.c) is pure. Each premise is a function below: a hang is
 * proven when all say yes, and "cannot know" is no yes.
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
	bool stops_told;  /* to the caller, by waitpid(2) */
	dev_t shared_dev; /* the object that the runner itself shares with the
			     cell: not counted as an outside mapper */
	ino_t shared_ino;
};

enum hang_answer {
	HANG_NO,
	HANG_YES,
	HANG_UNKNOWN, /* cannot know */
};

/* More threads than struct hang shows are read all the same. */
#define HANG_READ_MAX 4096

/* A thread at one time. */
struct hang_thread {
	pid_t pid, tid;
	char state;
	unsigned long switches;	   /* voluntary and not */
	unsigned long deliverable; /* signals that wait and are not blocked */
	bool filtered;
	bool catches_alarm;
	bool handles; /* signals that others send to make it do something */
};

struct hang_reading {
	int n; /* -1: not read yet */
	enum {
		HANG_READ_ALL,
		HANG_READ_GONE,	  /* one ended while it was looked at */
		HANG_READ_FULL,	  /* there are more than fit */
		HANG_READ_CLOSED, /* one may not be read, or not all of it */
	} left;
	struct hang_thread v[HANG_READ_MAX];
};

/* What a sleeper's call names, where others might have it too: the word of a
 * futex that is not private by its flag, or a pipe. */
struct hang_object {
	enum hang_answer found;	  /* it is mapped memory, or a pipe */
	bool own;		  /* the futex's key is the process's own */
	bool runners;		  /* the runner shares it (facts) */
	bool named;		  /* a FIFO that anybody may open */
	unsigned long inode;	  /* the pipe's */
	enum hang_answer outside; /* has a process outside it too? */
	pid_t outsider; /* the one that has, or that cannot be asked */
};

/* The call that it sleeps in. */
struct hang_sleep {
	int nr; /* -1: none, or not known */
	char call[32];
	uint64_t args[6], ip, sp;
	struct hang_object on;
};

struct hang_look {
	const struct hang_facts *facts;
	struct hang_reading first, second;
	struct hang_sleep sleeps[HANG_READ_MAX]; /* by FIRST.v's index */
	enum hang_answer timer; /* has a process a POSIX timer? */
	pid_t timer_pid;	/* the one that has, or that does not tell */
	bool news; /* one stopped or ended that the caller has not waited for */
};

/*
 * The premises of "proven", in the order in which they are asked. Each leaves
 * in WHY what is missing when it does not say yes. Those of one thread, FIRST's
 * number I:
 */
typedef enum hang_answer hang_premise(
	const struct hang_look *look, int i, char *why, size_t size);

hang_premise hang_sleeps;    /* it is dead, asleep, or stopped for good */
hang_premise hang_no_waker;  /* only the cell's threads could end its wait */
hang_premise hang_no_signal; /* none is on its way to it */

/* Those of all, where I is not looked at: */
hang_premise hang_all_read;  /* every thread of every process was read */
hang_premise hang_somebody;  /* who is alive: the dead do not hang */
hang_premise hang_no_timer;  /* no POSIX timer can fire */
hang_premise hang_no_itimer; /* no interval timer, as alarm(2)'s, can */
hang_premise hang_all_still; /* the second reading is the first */
hang_premise hang_no_news;   /* none stopped or ended while we looked */

/*
 * The first premise that is missing; NULL when none is: it is proven, or as
 * likely as the facts ask for. Pure; fills HANG as hang_prove does.
 */
hang_premise *hang_missing(const struct hang_look *look, struct hang *hang);

/* The looking. The first fills all of LOOK but for the second reading and the
 * news. */
void hang_look_first(struct hang_look *look, const struct hang_facts *facts);
void hang_look_again(struct hang_look *look);

/* Fills T but for its numbers from the text of /proc/TID/status. False where
 * that does not say all: another kernel's, or cut off. Pure. */
bool hang_parse_status(const char *status, struct hang_thread *t);

/*
 * Looks at the cell's threads and fills HANG: every thread with its state, the
 * call it is in, and in words what it waits for. Returns true when the hang is
 * proven; false when somebody runs, may be woken, or could not be read, with
 * the reason. Reads /proc only; stops nobody.
 */
bool hang_prove(const struct hang_facts *facts, struct hang *hang);

#endif
