/* SPDX-License-Identifier: MIT */
/* signal/sys-emulate.c: a SIGSYS handler stands in for the refused call. */
#include "probe.h"

#include <ucontext.h>

#ifdef __x86_64__
#define RESULT REG_RAX
#else
#define RESULT REG_EAX
#endif

static void handler(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	uc->uc_mcontext.gregs[RESULT] = 1234;
}

static int setup(void)
{
	struct sigaction sa = { .sa_sigaction = handler,
		.sa_flags = SA_SIGINFO };

	return sigaction(SIGSYS, &sa, NULL) ? errno : 0;
}

static int run(void)
{
	long pid = sys(__NR_getpid);

	CHECK(probe_unfiltered() || pid == 1234);
	return 0;
}

PROBE = {
	.about = "call getpid with a SIGSYS handler that returns 1234 for it",
	.setup = setup,
	.run = run,
	.under = "four-trap four-trap+rt_sigreturn four four-process",
	.expect = {
		{ WORKS, .under = "four-trap+rt_sigreturn" },
		{ DIES("rt_sigreturn"), .under = "four-trap",
			.why = "the handler's own return is trapped while "
			       "SIGSYS is blocked, which kills" },
		{ DIES("getpid") },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"Linux kernel/signal.c, force_sig_info_to_task",
	},
};
