/* SPDX-License-Identifier: MIT */
/* gallery/backtrace.c: the stack trace of a crash opens files. */
#include "probe.h"

#include <execinfo.h>
#include <stdlib.h>

static void handler(int sig)
{
	void *frames[8];

	backtrace_symbols_fd(frames, backtrace(frames, 8), 2);
	signal(sig, SIG_DFL);
}

static int setup(void)
{
	return signal(SIGABRT, handler) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	abort();
}

PROBE = {
	.about = "a handler of SIGABRT prints its stack without openat",
	.setup = setup,
	.run = run,
	.under = "no-openat",
	.flavours = "glibc i386",
	.dies_of = SIGABRT,
	.symptom = "the panic message is lost: what is left is SIGSYS",
	.diagnosis = "the filter's kill at openat hides a crash: without it "
		     "SIGABRT had ended it, by *abort*",
	.expect = {
		{ MASKS(SIGABRT, "openat"), .why = "backtrace loads "
			"libgcc_s.so.1 when it is first called" },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "8806" },
};
