/* SPDX-License-Identifier: MIT */
/* futex/futex2-waitv-many.c: a thread waits for thirty words, private or in
 * System V shared memory, and is told which one woke it. */
#include "sleeper.h"

enum { WORDS = 30 };

struct item {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};

static struct list {
	struct item items[WORDS];
	int *words, which, done;
	volatile long got;
} lists[2] = { { .which = 0 }, { .which = WORDS - 1 } };
static int own[WORDS];

static void waiter(void *arg)
{
	struct list *l = arg;

	l->got = sys(449 /* futex_waitv */, l->items, WORDS, 0, NULL, 0);
}

static int *shm(void)
{
	long at = -ENOSYS;
#ifdef __x86_64__
	long id = sys(__NR_shmget, 0 /* IPC_PRIVATE */, 4096, 01600);

	if (id < 0)
		return NULL;
	at = sys(__NR_shmat, id, 0, 0);
	sys(__NR_shmctl, id, 0 /* IPC_RMID: with its last user */, 0);
#else
	at = sys_mmap(4096, 3, 0x21, -1, 0);
#endif
	return sys_failed(at) ? NULL : (int *)at;
}

static int setup(void)
{
	lists[0].words = own;
	lists[1].words = shm();
	if (!lists[1].words)
		return ENOMEM;
	for (int i = 0; i < 2; i++) {
		struct list *l = lists + i;

		for (int j = 0; j < WORDS; j++)
			l->items[j] = (struct item){
				.uaddr = (uintptr_t)(l->words + j),
				.flags = i ? 2 : 2 | 128,
			};
		long tid = probe_thread(waiter, l, &l->done);

		if (tid < 0 || probe_wait_asleep(tid))
			return EAGAIN;
	}
	return 0;
}

static int run(void)
{
	for (int i = 0; i < 2; i++) {
		struct list *l = lists + i;

		CHECK_AT(i, sys_futex(l->words + l->which,
				    i ? FUTEX_WAKE : FUTEX_WAKE_PRIVATE, 9,
				    NULL, NULL, 0) == 1);
		probe_join(&l->done);
		CHECK_AT(i, l->got == l->which);
		for (int j = 0; j < WORDS; j++)
			CHECK_AT(j, !sys_futex(l->words + j, FUTEX_WAKE, 9,
					    NULL, NULL, 0));
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake one of thirty words that a thread waits for",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "futex_waitv",
	.expect = {
		{ WORKS, .why = "the waiter began before the filter, and FUTEX_WAKE "
				"wakes it" },
	},
	.covers = "ltp/futex_waitv02 ltp/futex_waitv03 "
		  "kselftest/futex_wait.anon "
		  "kselftest/futex_waitv.private "
		  "kselftest/futex_waitv.shared",
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html" },
};
