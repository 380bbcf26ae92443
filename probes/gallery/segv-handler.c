/* SPDX-License-Identifier: MIT */
/* gallery/segv-handler.c: a crash that takes its own handler away. */
#include "probe.h"

static volatile int *volatile nowhere;

/* As Rust's standard library does for a fault that is no stack overflow. */
static void handler(int sig)
{
	signal(sig, SIG_DFL);
}

static int setup(void)
{
	return signal(SIGSEGV, handler) == SIG_ERR ? errno : 0;
}

static int run(void)
{
	return *nowhere;
}

PROBE = {
	.about = "a fault whose handler resets itself, without rt_sigaction",
	.setup = setup,
	.run = run,
	.under = "no-rt_sigaction",
	.dies_of = SIGSEGV,
	.symptom = "a segmentation fault is reported as a violation of the "
		   "filter",
	.diagnosis = "the filter's kill at rt_sigaction hides a crash: without "
		     "it SIGSEGV had ended it, in run",
	.expect = {
		{ DIES("rt_sigaction") },
	},
	.seen = { "https://github.com/firecracker-microvm/firecracker/issues/"
		  "1064" },
};
