/* SPDX-License-Identifier: MIT */
/*
 * seccomp/notify-signal.c: a signal interrupts a call that waits for its
 * supervisor; with WAIT_KILLABLE_RECV, once it was received, only death does.
 */
#include "notify.h"

enum { KILLABLE = FILTER_WAIT_KILLABLE };

static void handler(int sig)
{
	(void)sig;
	__atomic_fetch_add(&notify_page->ready, 1, __ATOMIC_SEQ_CST);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	return sigaction(SIGUSR1, &sa, NULL) ? errno : 0;
}

/* Before anybody received it, whatever the flags. */
static int early(long flags)
{
	long pid = notify_start(notify_ask, flags, 0);

	CHECK_AT(flags, pid > 0 && !probe_wait_asleep(pid));
	sys(__NR_kill, pid, SIGUSR1);
	CHECK_AT(flags, notify_end(pid) == 0 && notify_page->got == -EINTR);
	CHECK_AT(flags, notify_page->ready == 2);
	return 0;
}

static int received(void)
{
	long pid = notify_start(notify_ask, 0, 0);

	CHECK(pid > 0 && notify_receive() == 0);
	sys(__NR_kill, pid, SIGUSR1);
	CHECK(filter_wait(pid) == 0 && notify_page->got == -EINTR);
	CHECK(notify_valid() == -ENOENT && notify_answer(7) == -ENOENT);
	sys(__NR_close, notify_fd);
	return 0;
}

static int killable(void)
{
	long pid = notify_start(notify_ask, KILLABLE, 0);

	CHECK(pid > 0 && notify_receive() == 0);
	sys(__NR_kill, pid, SIGUSR1);
	/* The longer, the surer that it would be seen to be interrupted. */
	probe_nap(3000000);
	CHECK(notify_page->ready == 1 && notify_valid() == 0);
	CHECK(notify_answer(7) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);
	CHECK(notify_page->ready == 2);

	pid = notify_start(notify_ask, KILLABLE, 0);
	CHECK(pid > 0 && notify_receive() == 0);
	sys(__NR_kill, pid, SIGKILL);
	CHECK(filter_killed(filter_wait(pid), SIGKILL));
	CHECK(notify_answer(7) == -ENOENT);
	sys(__NR_close, notify_fd);
	return 0;
}

static int run(void)
{
	int err = early(0);

	err = err ? err : early(KILLABLE);
	err = err ? err : received();
	return err ? err : killable();
}

PROBE = {
	.about = "signals to processes that wait for their supervisor",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.flavours = "glibc i386 musl",
	.has = "wait_killable",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.covers = "seccomp_bpf/user_notification_signal "
		  "seccomp_bpf/user_notification_wait_killable_pre_notification "
		  "seccomp_bpf/user_notification_wait_killable "
		  "seccomp_bpf/user_notification_wait_killable_fatal",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html",
		"https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV" },
};
