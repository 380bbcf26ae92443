/* SPDX-License-Identifier: MIT */
/* thread/spin.c: a spin lock makes no call at all. */
#include "probe.h"

#include <pthread.h>

static int ready, done;
static pthread_spinlock_t lock;

static void *worker(void *arg)
{
	probe_open(&ready);
	for (int i = 0; i < 1000; i++) {
		pthread_spin_lock(&lock);
		pthread_spin_unlock(&lock);
	}
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (pthread_spin_init(&lock, 0) ||
		pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	for (int i = 0; i < 1000; i++)
		if (pthread_spin_lock(&lock) || pthread_spin_unlock(&lock))
			return EBADE;
	probe_pass(&done);
	return 0;
}

PROBE = {
	.about = "two threads take turns at a spin lock",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
};
