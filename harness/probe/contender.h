/* SPDX-License-Identifier: MIT */
/*
 * contender.h: a second thread that gives the leader what it waits for, for
 * the probes of locks under a narrowed futex. It is a libc thread, started in
 * setup() and unfiltered; it calls take() at its start, and give() when the
 * leader sleeps in run().
 */
#ifndef PROBE_CONTENDER_H
#define PROBE_CONTENDER_H

#include <pthread.h>

#include "probe/probe.h"

/* The probe's own. */
static void take(void);
static void give(void);

static pthread_t contender;
static int contender_ready, contender_armed;
static long contender_leader;

static inline void *contender_run(void *arg)
{
	(void)arg;
	take();
	probe_open(&contender_ready);
	while (!__atomic_load_n(&contender_armed, __ATOMIC_SEQ_CST))
		probe_nap(50000);
	probe_wait_asleep(contender_leader);
	give();
	return NULL;
}

/* Starts it, and returns when take() is done. 0 or an errno. */
static inline int contender_start(void)
{
	int err;

	contender_leader = sys(__NR_gettid);
	err = pthread_create(&contender, NULL, contender_run, NULL);
	if (!err)
		probe_pass(&contender_ready);
	return err;
}

/* From now on give() is called once the leader sleeps. No system call. */
static inline void contender_go(void)
{
	__atomic_store_n(&contender_armed, 1, __ATOMIC_SEQ_CST);
}

#endif
