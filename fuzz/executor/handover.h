/* SPDX-License-Identifier: MIT */
/* handover.h: the page that the two sides of an executor share. */
#ifndef EXECUTOR_HANDOVER_H
#define EXECUTOR_HANDOVER_H

#include "probe/cell.h"
#include "program/program.h"
#include "program/result.h"

/* A thread that exits is followed by a spare: none can be started later. */
#define SPARES 24
#define POOL   (PROGRAM_THREADS + SPARES)

/* Who hands a program back: the worker that is done last, or, once it has been
 * called, the leader. */
enum owner {
	OWNER_NOBODY, /* it runs */
	OWNER_WORKER,
	OWNER_LEADER,
};

struct handover {
	uint32_t go;	      /* counts programs handed in */
	uint32_t start[POOL]; /* counts starts of each worker; futexes */
	uint32_t worker[PROGRAM_THREADS]; /* who is which thread now */
	uint32_t owner;	  /* of what is left to do: enum owner */
	uint32_t look;	  /* counts calls for the leader; a futex */
	uint32_t looks;	  /* counts the leader's rounds */
	uint32_t done;	  /* counts programs handed back, and stops; a futex */
	uint32_t ready;	  /* 1: armed; above: an errno + 1 */
	uint32_t stops;	  /* counts `stop` steps that wait; a futex */
	uint32_t stopped; /* counts stops that were made; a futex */
	/* The `prio` step, + 1, that a thread waits in; 0: none. Futexes. */
	uint32_t ranks[PROGRAM_THREADS];
	int32_t refused[PROGRAM_THREADS]; /* what came of it: 0 or an errno */
	uint32_t asks;			  /* counts askings who is asleep */
	uint32_t answers;   /* counts those that were answered; a futex */
	uint32_t asleep;    /* the last answer: threads, a bit each */
	uint32_t page_asks; /* counts `drop` and `fork` steps; a futex */
	/* The step, + 1, that a thread waits in; 0: none. Futexes. */
	uint32_t pages[PROGRAM_THREADS];
	uint32_t paged; /* there is somebody who does them */
	uint32_t back;	/* the program that was handed back last */
	uint32_t spent; /* no spare threads are left: make a new one */
	uint32_t canary_ready, woken; /* canaries asleep; wakes they got */
	uint32_t canary_word; /* one sleeps on it; no program names it */
	/* Of the start of the program, for time-outs. */
	uint64_t ticks, ticks_per_us; /* rdtsc */
	uint64_t monotonic, realtime; /* ns */
	struct program program;
	struct result result;
	struct cell_page arm;
};

/* Nobody can say who is asleep: /proc is not there. */
#define ASLEEP_UNKNOWN UINT32_MAX

/* The processor's clock: the one that can be read without a call. */
static inline uint64_t handover_ticks(void)
{
	return __builtin_ia32_rdtsc();
}

/* Its rate, which is one whatever the core does (Intel SDM 3B, 18.17.1,
 * invariant TSC): measured for some ms. Never too high. */
uint64_t handover_ticks_per_us(void);

/* The outer side: calls the leader, and hands a program in. */
void handover_call(struct handover *h);
void handover_give(struct handover *h, const struct program *p);

/* The leader gave up, and is to try once more. In this order nobody hands back
 * what we would not see. */
void handover_again(struct handover *h);

/* How many wakes the canary got. The one on the shared word may be on its way:
 * it is then not in the queue, whose length a requeue onto the same word tells.
 * It is waited for, or the next program would be blamed. */
uint32_t handover_canary(struct handover *h);

#endif
