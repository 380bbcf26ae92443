/* SPDX-License-Identifier: MIT */
/* signal/raw-return.c: the way back from a handler, with no libc. */
#include "probe.h"

static int fd[2];

/* struct kernel_sigaction. */
static struct {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask[8 / sizeof(long)];
} action;

/* Behind the call stands an illegal instruction. */
void restorer(void);
#ifdef __x86_64__
__asm__("restorer:\n\tmov $15, %eax\n\tsyscall\n\tud2\n");
#else
__asm__("restorer:\n\tmov $173, %eax\n\tint $0x80\n\tud2\n");
#endif

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	action.handler = handler;
	action.restorer = restorer;
	action.flags = 0x04000000 | SA_SIGINFO; /* SA_RESTORER */
	sys(__NR_pipe, fd);
	sys(__NR_rt_sigaction, SIGUSR1, &action, 0, 8);
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	CHECK(sys(__NR_read, fd[0], &c, 1) == -EINTR);
	return 0;
}

PROBE_RAW = {
	.about = "read an empty pipe; a raw handler returns",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigreturn strict",
	.expect = {
		{ WORKS, .under = "four+rt_sigreturn" },
		{ WORKS, .under = "strict", .flavour = "!i386" },
		{ CRASHES(SIGILL), .under = "four-eperm four-enosys",
			.why = "rt_sigreturn comes back: what lies behind it "
			       "is run" },
		{ DIES("rt_sigreturn"), .why = "on i386 strict mode allows "
			"the older sigreturn alone" },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man2/sigreturn.2.html",
		"Linux kernel/seccomp.c, mode1_syscalls",
	},
};
