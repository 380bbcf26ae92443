/* SPDX-License-Identifier: MIT */
/* random.c: profiles and calls by chance. */
#include "profile/random.h"

#include <stdio.h>
#include <stdlib.h>

#include "sys/arch.h"
#include "sys/bpf.h"

#define LENGTH 40 /* of a filter */

static uint64_t state = 1;

void random_seed(uint64_t seed)
{
	state = seed;
}

/* splitmix64 */
static uint64_t draw(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

size_t random_below(size_t n)
{
	return n ? draw() % n : 0;
}

static uint64_t draw_value(void)
{
	static const uint64_t edges[] = { 0, 1, 2, 3, 5, 7, 100, 1u << 31,
		(uint64_t)1 << 32, (uint64_t)1 << 63, UINT64_MAX, 0xff,
		(uint64_t)3 << 32 };
	uint64_t value = edges[random_below(sizeof(edges) / sizeof(*edges))];

	return value + random_below(3) - 1;
}

static void draw_rule(struct profile_rule *r, unsigned actions)
{
	static const uint32_t words[] = { SCMP_ACT_ALLOW, SCMP_ACT_ERRNO(1),
		SCMP_ACT_TRAP };
	static const enum scmp_compare ops[] = { SCMP_CMP_NE, SCMP_CMP_LT,
		SCMP_CMP_LE, SCMP_CMP_EQ, SCMP_CMP_GE, SCMP_CMP_GT,
		SCMP_CMP_MASKED_EQ };
	unsigned want = 1 + (unsigned)random_below(3);

	*r = (struct profile_rule){ .action = words[random_below(actions)] };
	snprintf(r->name, sizeof(r->name), "%s",
		random_below(8) ? "write" : "read");
	for (unsigned arg = 0; arg < 3; arg++) {
		struct scmp_arg_cmp *a = &r->args[r->nargs];

		if (random_below(3 - arg) >= want - r->nargs)
			continue;
		*a = (struct scmp_arg_cmp){ arg, ops[random_below(7)],
			draw_value(), 0 };
		if (a->op == SCMP_CMP_MASKED_EQ)
			a->datum_b = draw_value() & a->datum_a;
		r->nargs++;
	}
}

void random_profile(struct profile *p)
{
	unsigned n = 2 + (unsigned)random_below(5);
	unsigned actions = random_below(4) ? 1 : 3;

	*p = (struct profile){ .name = "random",
		.where = "random",
		.mode = FILTER_BPF,
		.default_action = SCMP_ACT_KILL_PROCESS };
	for (unsigned i = 0; i < n; i++) {
		struct profile_rule rule;

		draw_rule(&rule, actions);
		if (profile_add_rule(p, &rule))
			abort();
	}
}

static void add(struct random_calls *c, uint64_t value)
{
	for (uint64_t i = 0; i < 3; i++)
		if (c->n < sizeof(c->values) / sizeof(*c->values))
			c->values[c->n++] = value + i - 1;
}

void random_calls(struct random_calls *c, const struct meaning *m)
{
	c->m = m;
	c->n = 0;
	add(c, 0);
	for (unsigned i = 0; i < m->n; i++)
		for (size_t k = 0; k < m->ways[i].n; k++)
			for (unsigned a = 0; a < m->ways[i].rules[k].nargs;
				a++) {
				add(c, m->ways[i].rules[k].args[a].datum_a);
				add(c, m->ways[i].rules[k].args[a].datum_b);
			}
}

/* A value, or one half of it, or a few of its bits. */
static uint64_t draw_argument(const struct random_calls *c)
{
	uint64_t value = c->values[random_below(c->n)];
	uint64_t other = c->values[random_below(c->n)];

	switch (random_below(6)) {
	case 0:
		return value << 32 | (uint32_t)other;
	case 1:
		return (value & ~UINT64_C(0xffffffff)) | (uint32_t)other;
	case 2:
		return value ^ (uint64_t)1 << random_below(64);
	default:
		return value;
	}
}

void random_call(const struct random_calls *c, struct seccomp_data *data)
{
	const struct meant_way *w = &c->m->ways[random_below(c->m->n)];

	*data = (struct seccomp_data){ .arch = w->arch, .nr = 1000 };
	if (w->n)
		data->nr = (int)w->rules[random_below(w->n)].nr;
	if (!random_below(50))
		data->nr = (int)draw();
	for (int i = 0; i < 3; i++)
		data->args[i] = draw_argument(c);
	if (w->arch == ARCH_COMPAT) /* as the kernel gives them */
		for (int i = 0; i < 3; i++)
			data->args[i] = (uint32_t)data->args[i];
}

/* What filters compare with, so that something is equal now and then. */
static uint32_t draw_word(void)
{
	static const uint32_t values[] = { 0, 1, 2, 3, 7, 8, 0x40000000,
		0x40000001, 0xc000003e, 0xffffffff, 0x7fffffff, 0x80000000 };

	return values[random_below(sizeof(values) / sizeof(*values))];
}

static struct sock_filter instruction(size_t left)
{
	static const uint16_t codes[] = { BPF_LD | BPF_W | BPF_ABS,
		BPF_LD | BPF_W | BPF_ABS, BPF_LD | BPF_W | BPF_ABS,
		BPF_JMP | BPF_JEQ, BPF_JMP | BPF_JGT, BPF_JMP | BPF_JGE,
		BPF_JMP | BPF_JSET, BPF_JMP | BPF_JEQ, BPF_JMP | BPF_JGT,
		BPF_JMP | BPF_JGE, BPF_JMP | BPF_JSET, BPF_LD | BPF_W | BPF_ABS,
		BPF_LD | BPF_W | BPF_ABS, BPF_JMP | BPF_JEQ, BPF_JMP | BPF_JEQ,
		BPF_JMP | BPF_JGT, BPF_JMP | BPF_JGE, BPF_JMP | BPF_JSET,
		BPF_ALU | BPF_AND, BPF_JMP | BPF_JEQ | BPF_X,
		BPF_ALU | BPF_AND | BPF_X, BPF_ALU | BPF_DIV | BPF_X,
		BPF_ALU | BPF_ADD, BPF_ALU | BPF_NEG, BPF_MISC | BPF_TAX,
		BPF_MISC | BPF_TXA, BPF_ST, BPF_ST, BPF_STX, BPF_LD | BPF_MEM,
		BPF_LD | BPF_MEM, BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM,
		BPF_LDX | BPF_IMM, BPF_LD | BPF_IMM, BPF_LD | BPF_W | BPF_LEN,
		BPF_RET | BPF_K, BPF_RET | BPF_A, BPF_JMP | BPF_JA };
	struct sock_filter f = {
		.code = codes[random_below(sizeof(codes) / sizeof(*codes))]
	};

	f.k = f.code == (BPF_LD | BPF_W | BPF_ABS) ? 4 * random_below(8)
	      : BPF_CLASS(f.code) == BPF_ST || BPF_CLASS(f.code) == BPF_STX ||
			      BPF_MODE(f.code) == BPF_MEM
		      ? random_below(2)
	      : f.code == (BPF_JMP | BPF_JA) ? random_below(left)
					     : draw_word();
	if (BPF_CLASS(f.code) == BPF_RET)
		f.k = SECCOMP_RET_ERRNO | random_below(4);
	if (BPF_CLASS(f.code) == BPF_JMP && f.code != (BPF_JMP | BPF_JA)) {
		f.jt = (uint8_t)random_below(left < 5 ? left : 5);
		f.jf = (uint8_t)random_below(left < 5 ? left : 5);
	}
	return f;
}

/* Blocks of a load, a mask and a jump to one of those that come next, and
 * verdicts behind them. */
static void fill_plain(struct filter *bpf)
{
	static const uint16_t jumps[] = { BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };
	const size_t blocks = LENGTH / 3 - 1;

	for (size_t i = 0; i < LENGTH; i++)
		bpf->insns[i] = (struct sock_filter)BPF_STMT(
			BPF_RET | BPF_K, SECCOMP_RET_ERRNO | random_below(4));
	for (size_t b = 0; b < blocks; b++) {
		struct sock_filter *f = &bpf->insns[3 * b];
		size_t to[2];

		for (int i = 0; i < 2; i++)
			to[i] = random_below(4) ? b + 1 + random_below(3)
						: blocks;
		for (int i = 0; i < 2; i++)
			to[i] = to[i] < blocks ? 3 * (to[i] - b - 1)
					       : 3 * (blocks - b - 1) +
							 random_below(4);
		f[0] = (struct sock_filter)BPF_STMT(
			BPF_LD | BPF_W | BPF_ABS, 4 * random_below(8));
		f[1] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND,
			random_below(3) ? 0xffffffff : draw_word());
		f[2] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | jumps[random_below(4)], draw_word(),
			(uint8_t)to[0], (uint8_t)to[1]);
	}
}

static void fill_any(struct filter *bpf)
{
	for (size_t i = 0; i + 1 < LENGTH; i++)
		bpf->insns[i] = instruction(LENGTH - i - 1);
	bpf->insns[LENGTH - 1] = (struct sock_filter)BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	bpf->insns[0] = (struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, 4 * random_below(8));
}

void random_filter(struct filter *bpf)
{
	const bool plain = random_below(2);
	size_t bad;

	bpf->mode = FILTER_BPF;
	bpf->ninsns = LENGTH;
	do {
		if (plain)
			fill_plain(bpf);
		else
			fill_any(bpf);
	} while (bpf_check(bpf->insns, LENGTH, &bad));
}

void random_words(uint32_t words[REGION_WORDS])
{
	for (unsigned i = 0; i < REGION_WORDS; i++)
		words[i] = draw_word() + random_below(3) - 1;
}
