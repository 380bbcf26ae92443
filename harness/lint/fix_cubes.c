/* SPDX-License-Identifier: MIT */
/*
 * fix_cubes.c: comparisons of 64 bits as comparisons of those that the kernel
 * takes. What a rule refuses grows by it, what one lets pass shrinks: never the
 * other way. Pure.
 */
#include "lint/fix.h"

static struct scmp_arg_cmp masked(unsigned arg, uint64_t mask, uint64_t value)
{
	return (struct scmp_arg_cmp){ arg, SCMP_CMP_MASKED_EQ, mask, value };
}

static uint64_t mask_of(unsigned bits)
{
	return ((uint64_t)1 << bits) - 1;
}

/* Not VALUE: another bit in one place. */
static size_t differ(
	struct scmp_arg_cmp *out, unsigned arg, unsigned bits, uint64_t value)
{
	for (unsigned i = 0; i < bits; i++) {
		const uint64_t bit = (uint64_t)1 << i;

		out[i] = masked(arg, bit, ~value & bit);
	}
	return bits;
}

/* Above VALUE, or below: the bits over one place are the same, and there it is
 * 1, or 0. */
static size_t beside(struct scmp_arg_cmp *out, unsigned arg, unsigned bits,
	uint64_t value, bool above)
{
	size_t n = 0;

	for (unsigned i = 0; i < bits; i++) {
		const uint64_t bit = (uint64_t)1 << i, upper = ~(bit - 1);

		if (!(value & bit) == above)
			out[n++] = masked(arg, upper & mask_of(bits),
				(value ^ bit) & upper & mask_of(bits));
	}
	return n;
}

size_t fix_cubes(const struct scmp_arg_cmp *cmp, unsigned bits, bool opens,
	struct scmp_arg_cmp *out)
{
	const uint64_t all = mask_of(bits), v = cmp->datum_a;

	if (cmp->op == SCMP_CMP_MASKED_EQ) {
		if (opens || !(v & ~all) || !(v & all) ||
			(cmp->datum_b & v) >> bits)
			return 0;
		*out = masked(cmp->arg, v & all, cmp->datum_b & v & all);
		return 1;
	}
	if (v > all)
		return 0;
	if (opens)
		return cmp->op == SCMP_CMP_NE ? differ(out, cmp->arg, bits, v)
		       : cmp->op == SCMP_CMP_GT
			       ? beside(out, cmp->arg, bits, v, true)
		       : cmp->op == SCMP_CMP_GE && v
			       ? beside(out, cmp->arg, bits, v - 1, true)
			       : 0;
	if (cmp->op == SCMP_CMP_EQ) {
		*out = masked(cmp->arg, all, v);
		return 1;
	}
	return cmp->op == SCMP_CMP_LT ? beside(out, cmp->arg, bits, v, false)
	       : cmp->op == SCMP_CMP_LE && v < all
		       ? beside(out, cmp->arg, bits, v + 1, false)
		       : 0;
}

size_t fix_flags(
	const struct scmp_arg_cmp *cmp, bool opens, struct scmp_arg_cmp *out)
{
	const bool under = cmp->op == SCMP_CMP_MASKED_EQ;
	const uint64_t v = under ? cmp->datum_a & cmp->datum_b : cmp->datum_a;
	size_t n = 0;

	if (!v || v >> 32)
		return 0;
	if (!opens &&
		(cmp->op == SCMP_CMP_EQ || (under && v != cmp->datum_a))) {
		*out = masked(cmp->arg, v, v);
		return 1;
	}
	for (unsigned i = 0; opens && cmp->op == SCMP_CMP_NE && i < 32; i++)
		if (v >> i & 1)
			out[n++] = masked(cmp->arg, (uint64_t)1 << i, 0);
	return n;
}
