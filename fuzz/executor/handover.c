/* SPDX-License-Identifier: MIT */
/* handover.c: the outer side of the page. */
#include "executor/handover.h"

#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <unistd.h>

#include "sys/clock.h"
#include "sys/sys.h"

/* A pause between two looks at the clocks makes it less, never more: a rate
 * that is too high makes time-outs look early. */
static uint64_t measure_once(void)
{
	uint64_t ns = clock_ns(CLOCK_MONOTONIC), ticks = handover_ticks();
	uint64_t now, then;

	do {
		then = handover_ticks();
		now = clock_ns(CLOCK_MONOTONIC);
	} while (now - ns < 1000000);
	return (then - ticks) * 1000 / (now - ns);
}

uint64_t handover_ticks_per_us(void)
{
	uint64_t most = 0;

	for (int i = 0; i < 5 || !most; i++) {
		uint64_t once = measure_once();

		most = once > most ? once : most;
	}
	return most;
}

void handover_call(struct handover *h)
{
	__atomic_add_fetch(&h->look, 1, __ATOMIC_SEQ_CST);
	sys_futex(&h->look, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void handover_give(struct handover *h, const struct program *p)
{
	h->program = *p;
	memset(&h->result, 0, sizeof(h->result));
	h->woken = 0;
	/* Until somebody has begun, and knows better. */
	h->sight.running = 1;
	h->sight.clock = h->sight.settled = 0;
	h->sight.left = h->sight.leaving = 0;
	/* In this order a pause between them makes no time-out look early. */
	h->ticks = handover_ticks();
	h->monotonic = clock_ns(CLOCK_MONOTONIC);
	h->realtime = clock_ns(CLOCK_REALTIME);
	__atomic_add_fetch(&h->go, 1, __ATOMIC_SEQ_CST);
	if (p->nsteps) {
		uint32_t *first = &h->start[h->worker[p->steps[0].thread]];

		__atomic_add_fetch(first, 1, __ATOMIC_SEQ_CST);
		sys_futex(first, FUTEX_WAKE, 1, NULL, NULL, 0);
	} else {
		handover_call(h);
	}
}

bool handover_canary(struct handover *h, uint32_t *wakes)
{
	volatile int *word = (volatile int *)&h->canary_word;

	*wakes = __atomic_load_n(&h->woken, __ATOMIC_SEQ_CST);
	if (*wakes || sys_futex(word, FUTEX_REQUEUE, 0, (void *)(long)INT_MAX,
			      word, 0) == 1)
		return true;
	for (int i = 0; i < 1000 && !*wakes; i++) {
		usleep(100);
		*wakes = __atomic_load_n(&h->woken, __ATOMIC_SEQ_CST);
	}
	return *wakes;
}

void handover_again(struct handover *h)
{
	__atomic_store_n(&h->back, h->go - 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&h->owner, OWNER_NOBODY, __ATOMIC_SEQ_CST);
	handover_call(h);
}
