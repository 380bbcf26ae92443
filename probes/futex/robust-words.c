/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-words.c: what a thread that ends makes of each word on its
 * robust list, and of one that is pending, and whether it wakes one of the two
 * who sleep there.
 */
#include "sleeper.h"

#define DIED	FUTEX_OWNER_DIED
#define WAITERS FUTEX_WAITERS
#define OTHER	0x3ffffffe /* nobody's */

enum { ROWS = 15, FIRST_PENDING = 8 };

/* `own` stands for the thread's id in the word. */
static const struct row {
	bool own;
	unsigned word;
	bool pi;
	unsigned after;
	int woken;
} rows[ROWS] = {
	{ false, OTHER, false, OTHER, 0 },
	{ true, 0, false, DIED, 0 },
	{ true, WAITERS, false, DIED | WAITERS, 1 },
	{ true, WAITERS | DIED, false, DIED | WAITERS, 1 },
	{ true, WAITERS, true, DIED | WAITERS, 0 },
	{ true, 0, true, DIED, 0 },
	{ false, 0, false, 0, 0 },
	{ false, OTHER | WAITERS, false, OTHER | WAITERS, 0 },
	/* Pending, each of a thread of its own. */
	{ true, 0, false, DIED, 0 },
	{ true, WAITERS, false, DIED | WAITERS, 1 },
	{ true, WAITERS, true, DIED | WAITERS, 0 },
	{ false, 0, false, 0, 1 },
	{ false, 0, true, 0, 0 },
	{ false, OTHER | WAITERS, false, OTHER | WAITERS, 0 },
	{ false, OTHER | WAITERS, true, OTHER | WAITERS, 0 },
};

static struct entry {
	struct robust_list list;
	int word;
} entries[ROWS];
static struct robust_list_head heads[ROWS];
static struct sleeper s[ROWS][2];
static int ready[ROWS], go, done[ROWS];

static void lay(int i, int tid)
{
	entries[i].word = (int)(rows[i].word | (rows[i].own ? tid : 0));
}

/* The bit 0 of the address tells of a PI lock. */
static struct robust_list *link_to(int i)
{
	return (void *)((char *)&entries[i].list + rows[i].pi);
}

static void owner(void *arg)
{
	int i = (int)(long)arg, tid = (int)sys(__NR_gettid);
	struct robust_list_head *head = heads + i;
	struct robust_list **at = &head->list.next;

	head->futex_offset = offsetof(struct entry, word);
	if (i >= FIRST_PENDING) {
		lay(i, tid);
		head->list_op_pending = link_to(i);
	}
	for (int k = 0; i == 0 && k < FIRST_PENDING; k++) {
		lay(k, tid);
		*at = link_to(k);
		at = &entries[k].list.next;
	}
	*at = &head->list;
	sys(__NR_set_robust_list, head, sizeof(*head));
	probe_open(ready + i);
	probe_pass(&go);
}

static int setup(void)
{
	for (int i = 0; i < ROWS; i++) {
		if (i && i < FIRST_PENDING)
			continue;
		if (probe_thread(owner, (void *)(long)i, done + i) < 0)
			return EAGAIN;
		probe_pass(ready + i);
	}
	for (int i = 0; i < 2 * ROWS; i++) {
		struct sleeper *one = &s[i / 2][i % 2];
		int err;

		one->word = &entries[i / 2].word;
		one->op = FUTEX_WAIT;
		one->val = *one->word;
		err = sleeper_start(one);
		if (err)
			return err;
	}
	return 0;
}

static int run(void)
{
	probe_open(&go);
	for (int i = 0; i < ROWS; i++)
		if (!i || i >= FIRST_PENDING)
			probe_join(done + i);
	for (int i = 0; i < ROWS; i++) {
		CHECK_AT(i, entries[i].word == (int)rows[i].after);
		CHECK_AT(i, sys_futex(&entries[i].word, FUTEX_WAKE, 9, NULL,
				    NULL, 0) == 2 - rows[i].woken);
		CHECK_AT(i, !sleeper_result(&s[i][0]));
		CHECK_AT(i, !sleeper_result(&s[i][1]));
	}
	return 0;
}

PROBE_RAW = {
	.about = "end threads with fifteen robust words, listed and pending, "
		 "owned and not, plain and PI, two sleepers at each",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw i386",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, handle_futex_death" },
};
