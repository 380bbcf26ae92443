/* SPDX-License-Identifier: MIT */
/*
 * graph_add.c: a filter as a graph. Jumps lead forward: places are visited in
 * that order, each once for every state in which it is reached, and the nodes
 * are made from the last one back. What is never read again is no part of a
 * state.
 */
#include <stdlib.h>
#include <string.h>

#include "profile/graph.h"

#define WHOLE	0xffffffffu
#define PLACES	(1u << 17) /* in their states; the limit of what is followed */
#define CONST	16	   /* no word: the value is known */
#define NOTHING 17	   /* nor that: the value is not known */
#define REG_A	16
#define REG_X	17
#define REGS	18 /* behind BPF_MEMWORDS of memory */

/* A word of the call under a mask; a constant. */
struct value {
	uint32_t k;
	uint32_t word;
};

struct place {
	uint16_t pc;
	uint8_t ends; /* ENDS_*, how the way from here ends */
	struct value reg[REGS];
	uint32_t next;	  /* 1 + another with that pc */
	uint32_t yes, no; /* places */
	struct region_test test;
	uint32_t node;
};

enum { ENDS_UNKNOWN, ENDS_VERDICT, ENDS_TEST };

struct adding {
	struct graph *g;
	const struct filter *bpf;
	const struct seccomp_data *call; /* NULL: all calls */
	uint32_t live[BPF_MAXINSNS + 1]; /* bit per register */
	uint32_t head[BPF_MAXINSNS];
	size_t n, size;
	struct place *places;
};

static bool is_jump(const struct sock_filter *f)
{
	return BPF_CLASS(f->code) == BPF_JMP && BPF_OP(f->code) != BPF_JA;
}

static uint32_t bit(uint32_t reg)
{
	return (uint32_t)1 << reg;
}

static uint32_t source(const struct sock_filter *f)
{
	return BPF_SRC(f->code) == BPF_X ? bit(REG_X) : 0;
}

/* What has to be known before F, of what has to be known behind it. */
static uint32_t live_before(const struct sock_filter *f, uint32_t live)
{
	const uint32_t mem = bit(f->k & 15);

	switch (BPF_CLASS(f->code)) {
	case BPF_LD:
		live &= ~bit(REG_A);
		return BPF_MODE(f->code) == BPF_MEM ? live | mem : live;
	case BPF_LDX:
		live &= ~bit(REG_X);
		return BPF_MODE(f->code) == BPF_MEM ? live | mem : live;
	case BPF_ST:
		return (live & ~mem) | bit(REG_A);
	case BPF_STX:
		return (live & ~mem) | bit(REG_X);
	case BPF_ALU:
		return live | bit(REG_A) |
		       (BPF_OP(f->code) == BPF_NEG ? 0 : source(f));
	case BPF_RET:
		return BPF_RVAL(f->code) == BPF_A ? bit(REG_A) : 0;
	case BPF_MISC:
		return BPF_MISCOP(f->code) == BPF_TAX
			       ? (live & ~bit(REG_X)) | bit(REG_A)
			       : (live & ~bit(REG_A)) | bit(REG_X);
	}
	return live | (is_jump(f) ? bit(REG_A) | source(f) : 0);
}

static void find_live(struct adding *a)
{
	a->live[a->bpf->ninsns] = 0;
	for (size_t pc = a->bpf->ninsns; pc--;) {
		const struct sock_filter *f = &a->bpf->insns[pc];
		uint32_t live = a->live[pc + 1];

		if (is_jump(f))
			live = a->live[pc + 1 + f->jt] |
			       a->live[pc + 1 + f->jf];
		else if (BPF_CLASS(f->code) == BPF_JMP)
			live = a->live[pc + 1 + f->k];
		a->live[pc] = live_before(f, live);
	}
}

/* The place PC with these registers; WHOLE: there is no room. */
static uint32_t place_at(struct adding *a, size_t pc, const struct value *reg)
{
	struct place p = { .pc = (uint16_t)pc, .next = a->head[pc] };

	for (unsigned i = 0; i < REGS; i++)
		p.reg[i] = a->live[pc] >> i & 1 ? reg[i]
						: (struct value){ 0, CONST };
	for (uint32_t i = p.next; i; i = a->places[i - 1].next)
		if (!memcmp(a->places[i - 1].reg, p.reg, sizeof(p.reg)))
			return i - 1;
	if (a->n == a->size) {
		size_t size = a->size ? 2 * a->size : 256;
		struct place *more =
			size <= PLACES
				? realloc(a->places, size * sizeof(*more))
				: NULL;

		if (!more)
			return WHOLE;
		a->places = more;
		a->size = size;
	}
	a->places[a->n] = p;
	a->head[pc] = (uint32_t)++a->n;
	return (uint32_t)(a->n - 1);
}

static struct value constant(uint32_t k)
{
	return (struct value){ k, CONST };
}

static struct value word_of(uint32_t word, uint32_t mask)
{
	return mask ? (struct value){ mask, word } : constant(0);
}

static struct value load(const struct adding *a, uint32_t offset)
{
	uint32_t k = WHOLE;

	if (!a->call || offset >= 8)
		return (struct value){ WHOLE, offset / 4 };
	memcpy(&k, (const char *)a->call + offset, sizeof(k));
	return constant(k);
}

static struct value alu(uint16_t op, struct value a, struct value b)
{
	bool ends;

	if (a.word == CONST && (b.word == CONST || op == BPF_NEG))
		return constant(bpf_alu(op, a.k, b.k, &ends));
	if (op == BPF_AND && a.word < CONST && b.word == CONST)
		return word_of(a.word, a.k & b.k);
	if (op == BPF_AND && b.word < CONST && a.word == CONST)
		return word_of(b.word, a.k & b.k);
	return (struct value){ 0, NOTHING };
}

static void move(
	const struct adding *a, struct value *reg, const struct sock_filter *f)
{
	struct value *to = &reg[BPF_CLASS(f->code) == BPF_LDX ? REG_X : REG_A];

	switch (BPF_CLASS(f->code)) {
	case BPF_ST:
		reg[f->k & 15] = reg[REG_A];
		return;
	case BPF_STX:
		reg[f->k & 15] = reg[REG_X];
		return;
	case BPF_MISC:
		if (BPF_MISCOP(f->code) == BPF_TAX)
			reg[REG_X] = reg[REG_A];
		else
			reg[REG_A] = reg[REG_X];
		return;
	}
	switch (BPF_MODE(f->code)) {
	case BPF_ABS:
		*to = load(a, f->k);
		break;
	case BPF_MEM:
		*to = reg[f->k & 15];
		break;
	case BPF_IMM:
		*to = constant(f->k);
		break;
	default:
		*to = constant(sizeof(struct seccomp_data));
	}
}

/* What a jump tests: A against K. */
static struct region_test test_of(
	const struct sock_filter *f, struct value a, uint32_t k)
{
	static const enum region_op ops[] = {
		[BPF_JEQ >> 4] = REGION_EQ,
		[BPF_JGT >> 4] = REGION_GT,
		[BPF_JGE >> 4] = REGION_GE,
		[BPF_JSET >> 4] = REGION_EQ,
	};
	struct region_test t = { a.word, a.k, ops[BPF_OP(f->code) >> 4], k,
		true, 0 };

	if (BPF_OP(f->code) == BPF_JSET) { /* not 0: graph_node turns it */
		t.mask &= k;
		t.k = 0;
		t.truth = false;
	}
	return t;
}

/* False: the place I ends with the jump at PC, of which both ways may be. */
static bool jump(struct adding *a, uint32_t i, const struct value *reg,
	const struct sock_filter *f, size_t *pc)
{
	const struct value b =
		source(f) ? reg[REG_X] : (struct value){ f->k, CONST };
	const size_t yes = *pc + f->jt, no = *pc + f->jf;
	uint32_t to;

	if (reg[REG_A].word == CONST && b.word == CONST) {
		*pc = bpf_jumps(BPF_OP(f->code), reg[REG_A].k, b.k) ? yes : no;
		return true;
	}
	if (yes == no) {
		*pc = yes;
		return true;
	}
	if (reg[REG_A].word >= CONST || b.word != CONST)
		return false;
	to = place_at(a, yes, reg);
	a->places[i].yes = to;
	to = place_at(a, no, reg);
	a->places[i].no = to;
	a->places[i].test = test_of(f, reg[REG_A], b.k);
	if (a->places[i].yes != WHOLE && to != WHOLE)
		a->places[i].ends = ENDS_TEST;
	return false;
}

static void end(struct place *p, struct value v)
{
	p->ends = v.word == CONST ? ENDS_VERDICT : ENDS_UNKNOWN;
	p->test.k = v.k;
}

static void walk(struct adding *a, uint32_t i)
{
	size_t pc = a->places[i].pc;
	struct value reg[REGS], b;

	memcpy(reg, a->places[i].reg, sizeof(reg));
	for (;;) {
		const struct sock_filter *f = &a->bpf->insns[pc++];

		b = source(f) ? reg[REG_X] : constant(f->k);
		switch (BPF_CLASS(f->code)) {
		case BPF_RET:
			end(&a->places[i], BPF_RVAL(f->code) == BPF_A
						   ? reg[REG_A]
						   : constant(f->k));
			return;
		case BPF_JMP:
			if (!is_jump(f))
				pc += f->k;
			else if (!jump(a, i, reg, f, &pc))
				return;
			break;
		case BPF_ALU:
			/* By 0: the kernel ends the filter with a 0. */
			if (BPF_OP(f->code) == BPF_DIV &&
				(b.word != CONST || !b.k)) {
				end(&a->places[i], b);
				return;
			}
			reg[REG_A] = alu(BPF_OP(f->code), reg[REG_A], b);
			break;
		default:
			move(a, reg, f);
		}
	}
}

static uint32_t node_of(struct adding *a, const struct place *p)
{
	uint32_t yes, no;

	switch (p->ends) {
	case ENDS_VERDICT:
		return graph_leaf(a->g, p->test.k);
	case ENDS_TEST:
		yes = a->places[p->yes].node;
		no = a->places[p->no].node;
		return p->test.truth ? graph_node(a->g, p->test, yes, no)
				     : graph_node(a->g, p->test, no, yes);
	}
	return GRAPH_UNKNOWN;
}

/* The nodes, from the last instruction back: a jump leads forward. */
static uint32_t add_nodes(struct adding *a)
{
	for (size_t pc = a->bpf->ninsns; pc--;)
		for (uint32_t i = a->head[pc]; i; i = a->places[i - 1].next)
			a->places[i - 1].node = node_of(a, &a->places[i - 1]);
	return a->places[0].node;
}

static uint32_t add(struct graph *g, const struct filter *bpf,
	const struct seccomp_data *call)
{
	struct adding *a = calloc(1, sizeof(*a));
	struct value reg[REGS];
	uint32_t root = GRAPH_UNKNOWN;

	if (!a)
		return root;
	a->g = g;
	a->bpf = bpf;
	a->call = call;
	find_live(a);
	for (unsigned i = 0; i < REGS; i++)
		reg[i] = constant(0);
	place_at(a, 0, reg);
	for (uint32_t i = 0; i < a->n; i++)
		walk(a, i);
	if (a->n)
		root = add_nodes(a);
	free(a->places);
	free(a);
	return root;
}

uint32_t graph_add(struct graph *g, const struct filter *bpf)
{
	return add(g, bpf, NULL);
}

uint32_t graph_add_call(
	struct graph *g, const struct filter *bpf, uint32_t arch, int nr)
{
	const struct seccomp_data call = { .nr = nr, .arch = arch };

	return add(g, bpf, &call);
}
