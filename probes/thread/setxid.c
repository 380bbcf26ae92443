/* SPDX-License-Identifier: MIT */
/* thread/setxid.c: a change of user is every thread's: libc sends each a
 * signal, and its handler makes the call there. */
#include "probe.h"

#include <pthread.h>
#include <unistd.h>

static int ready, go, done;
static uid_t uid;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	uid = getuid();
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	int err = setuid(uid) ? errno : 0;

	probe_open(&go);
	probe_pass(&done);
	return err;
}

PROBE = {
	.about = "setuid() to the user that one is, with a second thread",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.expect = {
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ DIES("getpid"), .why = "the signals come before setuid "
			"itself, and would be answered by rt_sigreturn" },
	},
	.covers = "glibc/tst-setuid1",
	.seen = { "glibc 2.36 nptl/nptl_setxid.c",
		"musl 1.2.3 src/thread/synccall.c" },
};
