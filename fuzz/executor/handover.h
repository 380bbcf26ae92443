/* SPDX-License-Identifier: MIT */
/* handover.h: the page that the two sides of an executor share. */
#ifndef EXECUTOR_HANDOVER_H
#define EXECUTOR_HANDOVER_H

#include <linux/futex.h>

#include "probe/cell.h"
#include "program/program.h"
#include "program/result.h"
#include "sys/sys.h"

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

/*
 * What both sides need to see that all sleep for good, without a clock. A
 * thread rests while it is in a call that only another thread can end, and
 * while it waits for another's sleep. Who begins to rest as the last one calls
 * the outer side, which sees in /proc that they do sleep (settle.h).
 */
struct sight {
	uint32_t running; /* threads that do not rest, and the leader */
	uint32_t clock;	  /* counts begins and ends of steps */
	uint32_t settled; /* what the clock showed when all slept for good */
	uint32_t left;	  /* threads that are not done, a bit each */
	uint32_t leaving; /* threads that end by exit(2) */
	uint32_t calls[PROGRAM_THREADS]; /* odd: in a futex step */
	uint32_t watch[PROGRAM_THREADS]; /* whose sleep it waits for, + 1 */
	uint32_t told[PROGRAM_THREADS];	 /* counts answers to it; futexes */
	uint32_t slept[PROGRAM_THREADS]; /* the answer: the call, or 0 */
};

struct handover {
	uint32_t go;	      /* counts programs handed in */
	uint32_t start[POOL]; /* counts starts of each worker; futexes */
	uint32_t worker[PROGRAM_THREADS]; /* who is which thread now */
	uint32_t owner;	  /* of what is left to do: enum owner */
	uint32_t look;	  /* counts calls for the leader; a futex */
	uint32_t looks;	  /* counts the leader's rounds */
	uint32_t done;	  /* counts calls of the outer side; a futex */
	uint32_t ready;	  /* 1: armed; above: an errno + 1 */
	uint32_t stops;	  /* counts `stop` steps that wait; a futex */
	uint32_t stopped; /* counts stops that were made; a futex */
	/* The `prio` step, + 1, that a thread waits in; 0: none. Futexes. */
	uint32_t ranks[PROGRAM_THREADS];
	int32_t refused[PROGRAM_THREADS]; /* what came of it: 0 or an errno */
	uint32_t page_asks; /* counts `drop` and `fork` steps; a futex */
	/* The step, + 1, that a thread waits in; 0: none. Futexes. */
	uint32_t pages[PROGRAM_THREADS];
	uint32_t pager; /* the process that does them; 0: there is none */
	struct sight sight;
	uint32_t back;	 /* the program that was handed back last */
	uint32_t spent;	 /* no spare threads are left: make a new one */
	int cover[POOL]; /* of each worker's (cover.h) */
	uint32_t canary_ready, woken; /* canaries asleep; wakes they got */
	uint32_t canary_word; /* one sleeps on it; no program names it */
	/* Of the start of the program, for time-outs. */
	uint64_t ticks, ticks_per_us; /* rdtsc */
	uint64_t monotonic, realtime; /* ns */
	struct program program;
	struct result result;
	struct cell_page arm;
};

/* What the kernel makes of `done` when the leader ends. */
#define DONE_DEAD 0

/* The answer: thread I sleeps in this call. */
static inline uint32_t sight_answer(uint32_t call, int i)
{
	return call * PROGRAM_THREADS + (uint32_t)i;
}

/* Ends the wait of thread I for another's sleep; nothing when it is in none. */
static inline void sight_tell(struct sight *s, int i)
{
	if (!__atomic_exchange_n(&s->watch[i], 0, __ATOMIC_SEQ_CST))
		return;
	__atomic_add_fetch(&s->running, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&s->told[i], 1, __ATOMIC_SEQ_CST);
	sys_futex(&s->told[i], FUTEX_WAKE, 1, NULL, NULL, 0);
}

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

/* How many WAKES the canary got. The one on the shared word may be on its way:
 * it is then not in the queue, whose length a requeue onto the same word tells.
 * It is waited for, or the next program would be blamed. False: it does not
 * sleep there, and was not woken. */
bool handover_canary(struct handover *h, uint32_t *wakes);

#endif
