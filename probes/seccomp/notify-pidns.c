/* SPDX-License-Identifier: MIT */
/*
 * seccomp/notify-pidns.c: a supervisor is told the number that who asks has in
 * the supervisor's own PID namespace, and 0 where it has none there.
 */
#include "notify.h"

#define NEWPID 0x20000000 /* CLONE_NEWPID */

static int supervise(long unused)
{
	(void)unused;
	return notify_receive() || notify_call.pid != 0 || notify_answer(7);
}

static int run(void)
{
	long pid = notify_start(notify_ask, 0, NEWPID), sibling;

	CHECK(pid > 0 && notify_receive() == 0 &&
		notify_call.pid == (uint32_t)pid);
	CHECK(notify_answer(7) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);

	pid = notify_start(notify_ask, 0, NEWPID);
	CHECK(pid > 0);
	sibling = filter_start(NEWPID, supervise, 0);
	CHECK(filter_wait(sibling) == 0);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);
	return 0;
}

PROBE_RAW = {
	.about = "supervise a child in another PID namespace, from the parent and "
		 "from a sibling's",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "pidfd_getfd pid_namespace",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.covers = "seccomp_bpf/user_notification_child_pid_ns "
		  "seccomp_bpf/user_notification_sibling_pid_ns",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html: "
		  "pid" },
};
