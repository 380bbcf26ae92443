/* SPDX-License-Identifier: MIT */
/* seccomp/notify-gone.c: the supervisor goes away while a call waits for it,
 * before it was received and after. */
#include "notify.h"

enum { SHARED = 0x400 /* CLONE_FILES */ };

static int gone(bool received)
{
	long pid = notify_start(notify_ask, 0, SHARED);

	CHECK_AT(received, pid > 0 && !probe_wait_asleep(pid));
	CHECK_AT(received, !received || notify_receive() == 0);
	/* It has two descriptors. */
	sys(__NR_close, notify_page->fd);
	sys(__NR_close, notify_fd);
	CHECK_AT(received, filter_wait(pid) == 0);
	CHECK_AT(received, notify_page->got == -ENOSYS);
	return 0;
}

static int run(void)
{
	int err = gone(false);

	return err ? err : gone(true);
}

PROBE_RAW = {
	.about = "close the listener that calls wait at",
	.run = run,
	.under = "four-process",
	.flavours = "raw i386",
	.has = "pidfd_getfd",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		  "SECCOMP_RET_USER_NOTIF, ENOSYS",
		"Linux kernel/seccomp.c, seccomp_notify_detach" },
};
