/* SPDX-License-Identifier: MIT */
/* futex/wake-op-arithmetic.c: each operation of FUTEX_WAKE_OP changes the
 * second word as futex(2) says; arguments are signed, 12 bits wide. */
#include "sleeper.h"

static const struct {
	int op, arg, was, now;
} ops[] = {
	{ FUTEX_OP_SET, 9, 5, 9 },
	{ FUTEX_OP_SET, -1, 5, -1 },
	{ FUTEX_OP_ADD, 3, 5, 8 },
	{ FUTEX_OP_ADD, -3, 5, 2 },
	{ FUTEX_OP_ADD, 1, 0x7fffffff, -0x7fffffff - 1 },
	{ FUTEX_OP_OR, 10, 5, 15 },
	{ FUTEX_OP_ANDN, 4, 5, 1 },
	{ FUTEX_OP_XOR, 7, 5, 2 },
};
static int word, word2;

static int run(void)
{
	for (int i = 0; i < (int)(sizeof(ops) / sizeof(*ops)); i++) {
		word2 = ops[i].was;
		CHECK_AT(
			i, sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1,
				   &word2,
				   FUTEX_OP(ops[i].op, ops[i].arg, 0, 0)) == 0);
		CHECK_AT(i, word2 == ops[i].now);
	}
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP: set, add, or, andn, xor",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "gvisor/WakeOp_Arithmetic",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/waitwake.c, "
		"futex_atomic_op_inuser" },
};
