/* SPDX-License-Identifier: MIT */
/*
 * emit.c: the rules for one number as BPF: one rule after the other, each ends
 * in its action or falls through to the next. It is long and plain; libseccomp,
 * whose rules share what they load, is asked first.
 */
#include "profile/emit.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#define FAIL	255 /* jumps that are filled in when the rule's end is known */
#define LONGEST 64  /* instructions of a rule, and the last */
#define LOW(arg)                                                               \
	((uint32_t)offsetof(struct seccomp_data, args) + 8 * (uint32_t)(arg))

struct code {
	size_t n;
	struct sock_filter insns[BPF_MAXINSNS];
};

/* Room for a rule is made sure of before it. */
static void put(
	struct code *c, unsigned op, uint32_t k, unsigned jt, unsigned jf)
{
	c->insns[c->n++] = (struct sock_filter){ (uint16_t)op, (uint8_t)jt,
		(uint8_t)jf, k };
}

static void put_load(struct code *c, uint32_t offset)
{
	put(c, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void put_jump(
	struct code *c, unsigned op, uint32_t k, unsigned jt, unsigned jf)
{
	put(c, BPF_JMP | op | BPF_K, k, jt, jf);
}

/* Falls through if the word is VALUE under MASK. */
static void put_masked(
	struct code *c, uint32_t offset, uint32_t mask, uint32_t value)
{
	put_load(c, offset);
	put(c, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
	put_jump(c, BPF_JEQ, value, 0, FAIL);
}

static void put_equal(
	struct code *c, unsigned arg, bool halves, uint64_t value, bool truth)
{
	if (!halves) {
		put_load(c, LOW(arg) + 4);
		put_jump(c, BPF_JEQ, (uint32_t)(value >> 32), 0,
			truth ? FAIL : 2);
	}
	put_load(c, LOW(arg));
	put_jump(c, BPF_JEQ, (uint32_t)value, truth ? 0 : FAIL,
		truth ? FAIL : 0);
}

/* Falls through if the argument is above VALUE, or at it with BPF_JGE. */
static void put_above(struct code *c, unsigned arg, bool halves, unsigned op,
	uint64_t value, bool truth)
{
	const uint32_t top = (uint32_t)(value >> 32);

	if (!halves) {
		put_load(c, LOW(arg) + 4);
		put_jump(c, BPF_JGT, top, truth ? 3 : FAIL, 0);
		put_jump(c, BPF_JEQ, top, 0, truth ? FAIL : 2);
	}
	put_load(c, LOW(arg));
	put_jump(c, op, (uint32_t)value, truth ? 0 : FAIL, truth ? FAIL : 0);
}

static void put_comparison(
	struct code *c, const struct scmp_arg_cmp *cmp, bool halves)
{
	const uint64_t mask = cmp->datum_a, value = cmp->datum_b & mask;

	switch (cmp->op) {
	case SCMP_CMP_EQ:
	case SCMP_CMP_NE:
		put_equal(c, cmp->arg, halves, cmp->datum_a,
			cmp->op == SCMP_CMP_EQ);
		break;
	case SCMP_CMP_GT:
	case SCMP_CMP_LE:
		put_above(c, cmp->arg, halves, BPF_JGT, cmp->datum_a,
			cmp->op == SCMP_CMP_GT);
		break;
	case SCMP_CMP_GE:
	case SCMP_CMP_LT:
		put_above(c, cmp->arg, halves, BPF_JGE, cmp->datum_a,
			cmp->op == SCMP_CMP_GE);
		break;
	default:
		if (!halves)
			put_masked(c, LOW(cmp->arg) + 4, (uint32_t)(mask >> 32),
				(uint32_t)(value >> 32));
		put_masked(c, LOW(cmp->arg), (uint32_t)mask, (uint32_t)value);
	}
}

enum decided { IT_DEPENDS, NEVER, ALWAYS };

/* An argument without an upper half, and a value that has one. */
static enum decided decide(const struct scmp_arg_cmp *cmp, bool halves)
{
	bool masked = cmp->op == SCMP_CMP_MASKED_EQ;
	uint64_t value = masked ? cmp->datum_b & cmp->datum_a : cmp->datum_a;

	if (!halves || value <= UINT32_MAX)
		return IT_DEPENDS;
	if (cmp->op == SCMP_CMP_NE || cmp->op == SCMP_CMP_LT ||
		cmp->op == SCMP_CMP_LE)
		return ALWAYS;
	return NEVER;
}

static void put_rule(struct code *c, const struct meant_rule *r, bool halves)
{
	const size_t start = c->n;

	for (unsigned i = 0; i < r->nargs; i++)
		if (decide(&r->args[i], halves) == NEVER)
			return;
	for (unsigned i = 0; i < r->nargs; i++)
		if (decide(&r->args[i], halves) == IT_DEPENDS)
			put_comparison(c, &r->args[i], halves);
	put(c, BPF_RET | BPF_K, r->action, 0, 0);
	for (size_t i = start; i < c->n; i++) {
		const uint8_t end = (uint8_t)(c->n - i - 1);

		if (c->insns[i].jt == FAIL)
			c->insns[i].jt = end;
		if (c->insns[i].jf == FAIL)
			c->insns[i].jf = end;
	}
}

/* Falls through if the word is VALUE; else goes on behind the whole, by a jump
 * that is filled in at AT. */
static void put_gate(
	struct code *c, uint32_t offset, uint32_t value, size_t *at)
{
	put_load(c, offset);
	put_jump(c, BPF_JEQ, value, 1, 0);
	*at = c->n;
	put(c, BPF_JMP | BPF_JA, 0, 0, 0);
}

static bool put_rules(struct code *c, const struct meant_way *w, uint32_t nr)
{
	const struct meant_rule *rules;
	const size_t n = meaning_rules(w, nr, &rules);

	for (size_t i = 0; i < n; i++)
		if (meaning_is_for_all(w, &rules[i])) {
			put(c, BPF_RET | BPF_K, rules[i].action, 0, 0);
			return true;
		}
	for (size_t i = 0; i < n; i++) {
		if (c->n + LONGEST > BPF_MAXINSNS)
			return false;
		put_rule(c, &rules[i], w->halves);
	}
	put(c, BPF_RET | BPF_K, w->other, 0, 0);
	return true;
}

int emit_call(const struct meaning *m, const struct seccomp_data *data,
	struct filter *bpf)
{
	const struct meant_way *w = meaning_way(m, data);
	static struct code c;
	size_t gates[2];

	c.n = 0;
	put_gate(
		&c, offsetof(struct seccomp_data, arch), data->arch, &gates[0]);
	put_gate(&c, offsetof(struct seccomp_data, nr), (uint32_t)data->nr,
		&gates[1]);
	if (!w || !put_rules(&c, w, (uint32_t)data->nr) ||
		bpf->ninsns > BPF_MAXINSNS - c.n)
		return -E2BIG;
	for (int i = 0; i < 2; i++)
		c.insns[gates[i]].k = (uint32_t)(c.n - gates[i] - 1);
	memmove(bpf->insns + c.n, bpf->insns,
		bpf->ninsns * sizeof(*bpf->insns));
	memcpy(bpf->insns, c.insns, c.n * sizeof(*c.insns));
	bpf->ninsns += c.n;
	return 0;
}
