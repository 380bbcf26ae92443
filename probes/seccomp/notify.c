/* SPDX-License-Identifier: MIT */
/*
 * seccomp/notify.c: a supervisor gets calls, answers them or lets them go on,
 * and is told when who asked is gone.
 */
#include "notify.h"

enum { CONTINUE = 1 };

static int answered(void)
{
	long pid = notify_start(notify_ask, 0, 0);

	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(notify_call.pid == (uint32_t)pid && !notify_call.flags);
	CHECK(notify_call.data.nr == TRIED);
	for (int i = 0; i < 6; i++)
		CHECK_AT(i, notify_call.data.args[i] == (uint64_t)i + 1);
	CHECK(notify_send(notify_call.id + 1, 5, 0, 0) == -ENOENT);
	CHECK(notify_send(notify_call.id, 5, 0, 2) == -EINVAL);
	CHECK(notify_send(notify_call.id, 5, 0, CONTINUE) == -EINVAL);
	CHECK(notify_send(notify_call.id, 0, -1, CONTINUE) == -EINVAL);
	CHECK(notify_valid() == 0 && notify_answer(0x5555) == 0);
	CHECK(notify_valid() == -ENOENT);
	CHECK(notify_end(pid) == 0 && notify_page->got == 0x5555);

	pid = notify_start(notify_ask, 0, 0);
	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(notify_send(notify_call.id, 0, -EXDEV, 0) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == -EXDEV);

	pid = notify_start(notify_ask, 0, 0);
	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(notify_send(notify_call.id, 0, 0, CONTINUE) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == pid);
	return 0;
}

/* A receiver that is told nothing, for it has no place, loses nothing. */
static int not_lost(void)
{
	long pid = notify_start(notify_ask, 0, 0);
	struct seccomp_notif dirty = { .flags = 1 };

	CHECK(pid > 0);
	CHECK(sys(__NR_ioctl, notify_fd, SECCOMP_IOCTL_NOTIF_RECV, 8) ==
		-EFAULT);
	CHECK(sys(__NR_ioctl, notify_fd, SECCOMP_IOCTL_NOTIF_RECV, &dirty) ==
		-EINVAL);
	CHECK(notify_receive() == 0 && notify_call.pid == (uint32_t)pid);
	CHECK(notify_answer(7) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);
	return 0;
}

static int killed(void)
{
	long pid = notify_start(notify_ask, 0, 0);

	CHECK(pid > 0 && notify_receive() == 0 && notify_events() == 0);
	sys(__NR_kill, pid, SIGKILL);
	CHECK(filter_killed(filter_wait(pid), SIGKILL));
	CHECK(notify_valid() == -ENOENT && notify_answer(7) == -ENOENT);
	CHECK(notify_events() == NOTIFY_HANGUP);
	sys(__NR_close, notify_fd);
	return 0;
}

/* The other thread is under the filter too, and lives on. */
static int done;

static void lives_on(void *go)
{
	probe_pass(go);
}

static int two(long unused)
{
	int go = 0;

	(void)unused;
	if (notify_load(0) || probe_thread(lives_on, &go, &done) < 0)
		return 1;
	notify_page->got = sys(TRIED);
	sys(__NR_close, notify_page->fd);
	probe_open(&go);
	probe_join(&done);
	return 0;
}

static int emptied(void)
{
	long pid = notify_start(two, 0, 0);

	CHECK(pid > 0 && notify_receive() == 0 && notify_events() == 0);
	CHECK(notify_answer(7) == 0);
	CHECK(filter_wait(pid) == 0 && notify_page->got == 7);
	CHECK(notify_events() == NOTIFY_HANGUP);
	sys(__NR_close, notify_fd);
	return 0;
}

static int run(void)
{
	int err = answered();

	err = err ? err : not_lost();
	err = err ? err : killed();
	return err ? err : emptied();
}

PROBE_RAW = {
	.about = "supervise getpid of child processes, well and badly",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "pidfd_getfd",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.covers = "seccomp_bpf/user_notification_basic "
		  "seccomp_bpf/user_notification_kill_in_middle "
		  "seccomp_bpf/user_notification_fault_recv "
		  "seccomp_bpf/user_notification_continue "
		  "seccomp_bpf/user_notification_filter_empty "
		  "seccomp_bpf/user_notification_filter_empty_threaded",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html",
		"Linux kernel/seccomp.c, seccomp_notify_recv, seccomp_notify_send" },
};
