/* SPDX-License-Identifier: MIT */
/* seccomp/notify-order.c: who asks first is told first, also of a supervisor
 * that asks to be woken on the spot. */
#include "notify.h"

enum { THREADS = 4, SYNC_WAKE_UP = 1 };

static struct turns {
	int go[THREADS];
	long tid[THREADS], got[THREADS];
} * turns;
static int done[THREADS];

static void ask_in_turn(void *arg)
{
	long i = (long)arg;

	turns->tid[i] = sys(__NR_gettid);
	probe_pass(turns->go + i);
	turns->got[i] = sys(TRIED);
}

static int many(long unused)
{
	(void)unused;
	if (notify_load(0))
		return 1;
	for (long i = 0; i < THREADS; i++)
		if (probe_thread(ask_in_turn, (void *)i, done + i) < 0)
			return 2;
	for (int i = 0; i < THREADS; i++)
		probe_join(done + i);
	return 0;
}

static int play(int sync)
{
	long pid;

	__builtin_memset(turns, 0, sizeof(*turns));
	pid = notify_start(many, 0, 0);
	CHECK(pid > 0);
	/* SECCOMP_IOCTL_NOTIF_SET_FLAGS, Linux 6.6 */
	CHECK(sys(__NR_ioctl, notify_fd, 0x40082104, 2) == -EINVAL);
	if (sync)
		sys(__NR_ioctl, notify_fd, 0x40082104, SYNC_WAKE_UP);
	for (int i = 0; i < THREADS; i++) {
		while (!__atomic_load_n(turns->tid + i, __ATOMIC_SEQ_CST))
			probe_nap(50000);
		CHECK_AT(i, !probe_wait_asleep(turns->tid[i]));
		probe_open(turns->go + i);
		CHECK_AT(i, !probe_wait_asleep(turns->tid[i]));
	}
	for (int i = 0; i < THREADS; i++) {
		CHECK_AT(i, notify_receive() == 0);
		CHECK_AT(i, notify_call.pid == (uint32_t)turns->tid[i]);
		CHECK_AT(i, notify_answer(100 + i) == 0);
	}
	CHECK(notify_end(pid) == 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_AT(i, turns->got[i] == 100 + i);
	return 0;
}

static int run(void)
{
	int err;

	turns = probe_shared();
	CHECK(turns);
	err = play(0);
	return err ? err : play(1);
}

PROBE_RAW = {
	.about = "four threads ask one after the other, and are answered",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.has = "pidfd_getfd wait_killable",
	.expect = {
		{ DIES("mmap|mmap2") },
	},
	.covers = "seccomp_bpf/user_notification_sync "
		  "seccomp_bpf/user_notification_fifo",
	.seen = { "Linux kernel/seccomp.c, seccomp_notify_recv: the first of the "
		  "list, which was the newest before 5.19, as "
		  "old as WAIT_KILLABLE_RECV",
		"https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html" },
};
