/* SPDX-License-Identifier: MIT */
/* futex/robust-ten.c: a thread ends with ten robust locks, a sleeper at each:
 * each is marked and each sleeper woken. */
#include "robust.h"

enum { LOCKS = 10 };

static struct robust entries[LOCKS];
static struct sleeper s[LOCKS];

static void lay_list(void)
{
	struct robust_list *at = &head.list;

	for (int i = 0; i < LOCKS; i++) {
		at->next = &entries[i].list;
		at = at->next;
		entries[i].word = (int)(FUTEX_WAITERS | tid);
	}
	at->next = &head.list;
}

static int setup(void)
{
	int err = robust_start();

	for (int i = 0; i < LOCKS && !err; i++) {
		s[i].word = &entries[i].word;
		s[i].op = FUTEX_WAIT;
		s[i].val = (int)(FUTEX_WAITERS | tid);
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	robust_end();
	for (int i = 0; i < LOCKS; i++) {
		CHECK_AT(i, sleeper_result(s + i) == 0);
		CHECK_AT(i, entries[i].word ==
				    (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED));
	}
	return 0;
}

PROBE_RAW = {
	.about = "end a thread with ten robust locks that ten threads sleep for",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw i386",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/robust_list.robust_list_multiple_elements",
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html" },
};
