/* SPDX-License-Identifier: MIT */
/* futex/narrow-once.c: pthread_once needs no more than WAIT and WAKE. */
#include "contender.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_t other;
static int busy, leave;

static void init(void)
{
	probe_open(&busy);
	probe_pass(&leave);
}

static void *first(void *arg)
{
	pthread_once(&once, init);
	return arg;
}

static void take(void)
{
	pthread_create(&other, NULL, first, NULL);
	probe_pass(&busy);
}

static void give(void)
{
	probe_open(&leave);
}

static int run(void)
{
	contender_go();
	pthread_once(&once, init);
	return 0;
}

PROBE = {
	.about = "reach pthread_once while another thread is in it",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc nptl/pthread_once.c: futex_wait_simple",
		"musl src/thread/pthread_once.c" },
};
