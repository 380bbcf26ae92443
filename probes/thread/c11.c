/* SPDX-License-Identifier: MIT */
/* thread/c11.c: the locks of C11 are those of POSIX. */
#include "probe.h"

#include <threads.h>

static mtx_t mutex;
static once_flag once = ONCE_FLAG_INIT;
static int count;

static void init(void)
{
	count++;
}

static int run(void)
{
	CHECK(mtx_init(&mutex, mtx_recursive) == thrd_success);
	CHECK(mtx_lock(&mutex) == thrd_success);
	CHECK(mtx_lock(&mutex) == thrd_success);
	call_once(&once, init);
	call_once(&once, init);
	CHECK(mtx_unlock(&mutex) == thrd_success);
	return count == 1 ? 0 : EBADE;
}

PROBE = {
	.about = "mtx_lock(), call_once(), with nobody else",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-call-once",
	.seen = { "https://man7.org/linux/man-pages/man7/pthreads.7.html" },
};
