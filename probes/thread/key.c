/* SPDX-License-Identifier: MIT */
/* thread/key.c: thread-specific data and its destructor. */
#include "probe.h"

#include <pthread.h>

static pthread_key_t key;
static int ready, go, destroyed;

static void destroy(void *value)
{
	(void)value;
	probe_open(&destroyed);
	sys_exit(0);
}

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	pthread_setspecific(key, &go);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	int err = pthread_key_create(&key, destroy);

	if (err)
		return err;
	probe_open(&go);
	probe_pass(&destroyed);
	return 0;
}

PROBE = {
	.about = "a key whose destructor leaves by raw exit as its thread ends",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS, .why = "destructors run before the first refused call "
				"of a thread's end" },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man3/pthread_key_create.3p.html",
	},
};
