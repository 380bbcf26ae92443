/* SPDX-License-Identifier: MIT */
/*
 * seccomp/notify-after-reply.c: a signal right behind the answer does not take
 * it back (WAIT_KILLABLE_RECV): until 2025 the call was then made again.
 */
#include "notify.h"

enum { ROUNDS = 200 };

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	return sigaction(SIGUSR1, &sa, NULL) ? errno : 0;
}

static int ask(long unused)
{
	(void)unused;
	if (notify_load(FILTER_WAIT_KILLABLE))
		return 1;
	for (int i = 0; i < ROUNDS; i++)
		if (sys(TRIED, i) != 1000 + i)
			return 2;
	return 0;
}

static int run(void)
{
	long pid = notify_start(ask, 0, 0);

	CHECK(pid > 0);
	for (int i = 0; i < ROUNDS; i++) {
		long got;

		/* The signal may come so late that it interrupts the next call
		 * before that is received: it is made anew. */
		do
			got = notify_receive();
		while (got == -ENOENT);
		CHECK_AT(i, got == 0);
		/* One that was answered, and made again, would come twice. */
		CHECK_AT(i, notify_call.data.args[0] == (uint64_t)i);
		CHECK_AT(i, notify_answer(1000 + i) == 0);
		sys(__NR_kill, pid, SIGUSR1);
	}
	CHECK(notify_end(pid) == 0);
	return 0;
}

PROBE = {
	.about = "answer a call and send its maker a signal, 200 times",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.flavours = "glibc i386",
	.has = "wait_killable",
	.expect = {
		{ DIES("mmap|mmap2"), .why = "a control that fails here says: "
					     "this kernel lacks the fix" },
	},
	.covers = "seccomp_bpf/user_notification_wait_killable_after_reply",
	.seen = { "Linux kernel/seccomp.c, seccomp_do_user_notification",
		"https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html" },
};
