/* SPDX-License-Identifier: MIT */
/*
 * seccomp/notify-twice.c: a call is answered once. Who asked must not have
 * taken the first answer yet: the supervisor does not let it have the
 * processor that both are on.
 */
#include "notify.h"

/* For itself, and the children it starts. */
static long alone(void)
{
	unsigned long mask[16] = { 0 }, one[16] = { 0 };
	const int fifo = 1, priority = 1;
	long size = sys(__NR_sched_getaffinity, 0, sizeof(mask), mask);
	int i = 0;

	while (size > 0 && i < 16 && !mask[i])
		i++;
	if (size <= 0 || i == 16)
		return -EINVAL;
	one[i] = mask[i] & -mask[i];
	size = sys(__NR_sched_setaffinity, 0, sizeof(one), one);
	return size ? size
		    : sys(__NR_sched_setscheduler, 0,
			      fifo | 0x40000000 /*
	SCHED_RESET_ON_FORK */, &priority);
}

static int run(void)
{
	long err = alone(), pid;

	if (err)
		return (int)-err;
	pid = notify_start(notify_ask, 0, 0);
	CHECK(pid > 0 && notify_receive() == 0);
	CHECK(notify_answer(7) == 0);
	CHECK(notify_answer(8) == -EINPROGRESS);
	CHECK(notify_end(pid) == 0 && notify_page->got == 7);
	return 0;
}

PROBE_RAW = {
	.about = "answer a call twice, before who made it can run",
	.run = run,
	.under = "four-process",
	.flavours = "raw i386",
	.has = "pidfd_getfd realtime",
	.expect = {
		{ DIES("sched_getaffinity") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html: "
		"EINPROGRESS",
		"Linux kernel/seccomp.c, seccomp_notify_send" },
};
