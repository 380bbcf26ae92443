/* SPDX-License-Identifier: MIT */
/* boxes.c: comparisons of 64 bits as tests of words of 32. */
#include "profile/boxes.h"

#define WHOLE 0xffffffffu

static void add_set(struct boxes *b, unsigned n, struct region_test first,
	struct region_test second)
{
	b->sets[b->n].n = n;
	b->sets[b->n].tests[0] = first;
	b->sets[b->n].tests[1] = second;
	b->n++;
}

static void equal_boxes(struct boxes *b, unsigned arg, bool halves,
	uint64_t mask, uint64_t value, bool truth)
{
	struct region_test low = { WORD_LOW(arg), (uint32_t)mask, REGION_EQ,
		(uint32_t)value, true, 0 };
	struct region_test high = { WORD_LOW(arg) + 1, (uint32_t)(mask >> 32),
		REGION_EQ, (uint32_t)(value >> 32), true, 0 };

	if (halves && value >> 32) { /* never equal */
		if (!truth)
			add_set(b, 0, low, low);
		return;
	}
	low.truth = truth;
	if (halves) {
		add_set(b, 1, low, low);
		return;
	}
	add_set(b, 2, high, low);
	if (!truth) {
		high.truth = false;
		add_set(b, 1, high, high);
	}
}

/* The argument is above VALUE, or at it with OP, or not. */
static void above_boxes(struct boxes *b, unsigned arg, bool halves,
	enum region_op op, uint64_t value, bool truth)
{
	const uint32_t top = (uint32_t)(value >> 32);
	const struct region_test low = { WORD_LOW(arg), WHOLE, op,
		(uint32_t)value, truth, 0 };
	const struct region_test same = { WORD_LOW(arg) + 1, WHOLE, REGION_EQ,
		top, true, 0 };
	const struct region_test high = { WORD_LOW(arg) + 1, WHOLE,
		truth ? REGION_GT : REGION_GE, top, truth, 0 };

	if (halves && top) { /* never above */
		if (!truth)
			add_set(b, 0, low, low);
		return;
	}
	if (halves) {
		add_set(b, 1, low, low);
		return;
	}
	add_set(b, 1, high, high);
	add_set(b, 2, same, low);
}

void boxes_of(struct boxes *b, const struct scmp_arg_cmp *cmp, bool halves,
	bool truth)
{
	const uint64_t value = cmp->datum_a;

	b->n = 0;
	switch (cmp->op) {
	case SCMP_CMP_NE:
		equal_boxes(b, cmp->arg, halves, UINT64_MAX, value, !truth);
		break;
	case SCMP_CMP_LT:
		above_boxes(b, cmp->arg, halves, REGION_GE, value, !truth);
		break;
	case SCMP_CMP_LE:
		above_boxes(b, cmp->arg, halves, REGION_GT, value, !truth);
		break;
	case SCMP_CMP_EQ:
		equal_boxes(b, cmp->arg, halves, UINT64_MAX, value, truth);
		break;
	case SCMP_CMP_GE:
		above_boxes(b, cmp->arg, halves, REGION_GE, value, truth);
		break;
	case SCMP_CMP_GT:
		above_boxes(b, cmp->arg, halves, REGION_GT, value, truth);
		break;
	default:
		equal_boxes(b, cmp->arg, halves, value, cmp->datum_b & value,
			truth);
	}
}
