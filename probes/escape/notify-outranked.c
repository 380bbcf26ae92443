/* SPDX-License-Identifier: MIT */
/*
 * escape/notify-outranked.c: the program's own filter hands getpid to a
 * supervisor of its own; the profile comes on top. Which of the two decides?
 */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/ioctl.h>
#include <linux/seccomp.h>

static struct sock_filter ask[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_getpid, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};
static const struct sock_fprog own = { 4, ask };
static long listener;
static int over;

static void supervise(void *unused)
{
	struct seccomp_notif call = { 0 };
	struct seccomp_notif_resp answer = { .val = 77 };

	(void)unused;
	if (sys(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, &call))
		return;
	answer.id = call.id;
	sys(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static int setup(void)
{
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	listener = sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
		SECCOMP_FILTER_FLAG_NEW_LISTENER, &own);
	if (listener < 0)
		return (int)-listener;
	return probe_thread(supervise, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	CHECK(sys(__NR_getpid) == 77);
	return 0;
}

PROBE_RAW = {
	.about = "own supervisor for getpid, with the profile on top",
	.setup = setup,
	.run = run,
	.under = "four-process four-trap four-log four-trace",
	.has = "listener",
	.expect = {
		{ WORKS, .under = "four-log four-trace", .why = "notify "
			"outranks trace and log" },
		{ DIES("getpid"), .why = "kill and trap outrank notify" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
