/* SPDX-License-Identifier: MIT */
/* thread/cancel-state.c: cancellation that does not happen is free. */
#include "probe.h"

#include <pthread.h>

static void clean(void *arg)
{
	*(int *)arg = 1;
}

static int run(void)
{
	int cleaned = 0, err;

	err = pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_testcancel();
	pthread_cleanup_push(clean, &cleaned);
	pthread_testcancel();
	pthread_cleanup_pop(1);
	CHECK(cleaned);
	return err ? err : pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
}

PROBE = {
	.about = "cancellation state, points and clean-up handlers, nobody "
		 "cancelled",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man3/pthread_setcancelstate.3.html",
	},
};
