/* SPDX-License-Identifier: MIT */
/* libc/unwind.c: cleaning up frame by frame, as exceptions and cancellation
 * do: by the unwinder of the compiler, in C. */
#include "probe.h"

#include <setjmp.h>
#include <unwind.h>

static jmp_buf out;
static int frames;

static _Unwind_Reason_Code step(int version, _Unwind_Action actions,
	_Unwind_Exception_Class class, struct _Unwind_Exception *ex,
	struct _Unwind_Context *context, void *arg)
{
	(void)version;
	(void)class;
	(void)ex;
	(void)context;
	(void)arg;
	if (actions & _UA_END_OF_STACK || ++frames == 3)
		longjmp(out, 1);
	return _URC_NO_REASON;
}

static struct _Unwind_Exception exception;

static int run(void)
{
	if (setjmp(out) == 0)
		_Unwind_ForcedUnwind(&exception, step, NULL);
	CHECK(frames > 0);
	return 0;
}

PROBE = {
	.about = "unwind the stack by force",
	.run = run,
	.under = "four three",
	.flavours = "glibc i386",
	.expect = {
		{ DIES("futex"), .under = "three", .has = "unwind_once",
			.why = "one thread, and a futex call: the first "
			       "unwind is a pthread_once, which always wakes" },
		{ WORKS },
	},
	.seen = { "gcc libgcc/unwind.inc, _Unwind_ForcedUnwind",
		"gcc 12 libgcc/unwind-dw2.c, uw_init_context_1",
		"glibc 2.36 nptl/pthread_once.c" },
};
