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
#include <stddef.h>
#include <sys/types.h>

#include "hang/state.h"

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

struct hang_look {
	const struct hang_facts *facts;
	struct hang_reading first, second;
	struct hang_sleep sleeps[HANG_READ_MAX]; /* by FIRST.v's index */
	enum hang_answer timer; /* has a process a POSIX timer? */
	pid_t timer_pid;	/* the one that has, or that does not tell */
	bool itimers_asked;	/* each process that may have one that runs: */
	enum hang_answer no_itimer; /* has none of them? */
	pid_t itimer_pid;	   /* the one that has, or that does not tell */
	bool asked[HANG_READ_MAX]; /* by FIRST.v's index: who had to tell, and
				      so was awake in the second reading */
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
hang_premise hang_all_still; /* the second reading is the first */
hang_premise hang_no_news;   /* none stopped or ended while we looked */
hang_premise hang_no_itimer; /* no interval timer, as alarm(2)'s, can fire */

/*
 * The first premise that is missing; NULL when none is: it is proven, or as
 * likely as the facts ask for. Pure; fills HANG as hang_prove does.
 */
hang_premise *hang_missing(const struct hang_look *look, struct hang *hang);

/* May T's process have an interval timer, by what the facts say? Pure. */
bool hang_may_have_itimer(
	const struct hang_facts *facts, const struct hang_thread *t);

/* The looking. The first fills all of LOOK but for the second reading, the news
 * and who else has what they wait on, which the next does. */
void hang_look_first(struct hang_look *look, const struct hang_facts *facts);
void hang_look_outside(struct hang_look *look);
void hang_look_again(struct hang_look *look);
/*
 * Asks after interval timers, where the facts let us, and reads again: one that
 * ended by firing before it was asked after has woken somebody else.
 */
void hang_look_itimers(struct hang_look *look);

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
