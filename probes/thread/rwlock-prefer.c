/* SPDX-License-Identifier: MIT */
/* thread/rwlock-prefer.c: a reader goes past a writer that waits, but not where
 * the lock was made to prefer writers. */
#include "probe.h"

#include <pthread.h>

static pthread_rwlock_t locks[2];
static struct {
	int ready, done, tid;
} writers[2];

static void *writer(void *arg)
{
	long i = (long)arg;

	writers[i].tid = (int)sys(__NR_gettid);
	probe_open(&writers[i].ready);
	pthread_rwlock_wrlock(locks + i);
	pthread_rwlock_unlock(locks + i);
	probe_open(&writers[i].done);
	sys_exit(0);
	return arg;
}

static int init(long i)
{
	pthread_rwlockattr_t a;

	pthread_rwlockattr_init(&a);
#ifdef __GLIBC__
	pthread_rwlockattr_setkind_np(
		&a, i ? PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP
		      : PTHREAD_RWLOCK_PREFER_READER_NP);
#endif
	return pthread_rwlock_init(locks + i, &a);
}

static int setup(void)
{
	pthread_t thread;
	int err = 0;

	for (long i = 0; i < 2 && !err; i++) {
		if (init(i) || pthread_rwlock_rdlock(locks + i) ||
			pthread_create(&thread, NULL, writer, (void *)i))
			return EAGAIN;
		probe_pass(&writers[i].ready);
		err = probe_wait_asleep(writers[i].tid);
	}
	return err;
}

static int run(void)
{
	CHECK(pthread_rwlock_tryrdlock(locks) == 0);
	CHECK(pthread_rwlock_unlock(locks) == 0);
#ifdef __GLIBC__
	CHECK(pthread_rwlock_tryrdlock(locks + 1) == EBUSY);
#endif
	for (int i = 0; i < 2; i++) {
		CHECK(pthread_rwlock_unlock(locks + i) == 0);
		probe_pass(&writers[i].done);
		CHECK(pthread_rwlock_tryrdlock(locks + i) == 0);
	}
	return 0;
}

PROBE = {
	.about = "read while a writer sleeps for the lock, by either preference",
	.setup = setup,
	.run = run,
	.under = "four four-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-rwlock20",
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "pthread_rwlockattr_setkind_np.3.html" },
};
