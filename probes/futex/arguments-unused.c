/* SPDX-License-Identifier: MIT */
/* futex/arguments-unused.c: an operation does not look at arguments that it has
 * no use for, whatever they hold. */
#include "sleeper.h"

#define NONE 8l /* no address */

static int word, word2, lock;
static struct sys_timespec past;

static const struct row {
	int op;
	int *word;
	long val, fourth;
	long word2, val3;
	long ret;
} rows[] = {
	{ FUTEX_WAKE, &word, 1, NONE, NONE, -1, 0 },
	{ FUTEX_WAKE, &word, 1, -1, -1, 0, 0 },
	{ FUTEX_WAKE_BITSET, &word, 1, NONE, NONE, 1, 0 },
	{ FUTEX_WAIT, &word, 1, 0, NONE, 0, -EAGAIN },
	{ FUTEX_WAIT, &word, 0, (long)&past, NONE, 0, -ETIMEDOUT },
	{ FUTEX_WAIT, &word, 0, (long)&past, -1, -1, -ETIMEDOUT },
	{ FUTEX_WAIT_BITSET, &word, 0, (long)&past, NONE, 1, -ETIMEDOUT },
	{ FUTEX_REQUEUE, &word, 1, 1, (long)&word2, -1, 0 },
	{ FUTEX_TRYLOCK_PI, &lock, -1, NONE, NONE, -1, 0 },
	{ FUTEX_UNLOCK_PI, &lock, -1, NONE, NONE, -1, 0 },
	{ FUTEX_LOCK_PI, &lock, -1, 0, NONE, -1, 0 },
	{ FUTEX_UNLOCK_PI, &lock, 7, -1, -1, 7, 0 },
};

static int run(void)
{
	for (int private = 0; private <= FUTEX_PRIVATE_FLAG;
		private += FUTEX_PRIVATE_FLAG)
		for (int i = 0; i < (int)(sizeof(rows) / sizeof(*rows)); i++) {
			const struct row *r = rows + i;

			CHECK_AT(i, sys(__NR_futex, r->word, r->op | private,
					    r->val, r->fourth, r->word2,
					    r->val3) == r->ret);
		}
	return 0;
}

PROBE_RAW = {
	.about = "operations with odd values where they take no argument",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: \"the "
		  "remaining arguments are ignored\"" },
};
