/* SPDX-License-Identifier: MIT */
/* signal/stop-futex-absolute.c: an absolute time-out is restarted the same way.
 */
#include "probe.h"

#include <linux/futex.h>
#include <time.h>

static struct sys_timespec deadline;
static int *word;

static int then(void)
{
	probe_open(word);
	return 0;
}

static int setup(void)
{
	deadline.tv_sec = time(NULL) + 60;
	word = probe_shared();
	return word ? probe_signal_me(SIGSTOP, then) : ENOMEM;
}

static int run(void)
{
	return (int)-sys_futex(word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME,
		0, &deadline, NULL, FUTEX_BITSET_MATCH_ANY);
}

PROBE = {
	.about = "wait on a futex to a point in time; SIGSTOP, SIGCONT, then a "
		 "wake",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+restart_syscall",
	.expect = {
		{ WORKS, .under = "four+restart_syscall" },
		{ FAILS(EPERM), .under = "four-eperm",
			.why = "restart_syscall's refusal comes out of futex" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("restart_syscall"), .why = "the kernel goes on with the "
			"rest of the time by a call that the program never "
			"makes" },
	},
	.seen = {
		"Linux kernel/futex/waitwake.c, futex_wait",
		"https://man7.org/linux/man-pages/man2/restart_syscall.2.html",
		"https://github.com/moby/moby/issues/20818",
	},
};
