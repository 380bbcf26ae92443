/* SPDX-License-Identifier: MIT */
/* bpf.c: run a seccomp filter on paper. Pure code. */
#include "sys/bpf.h"

#include <string.h>

/* A word that may be known. */
struct word {
	uint32_t v;
	bool known;
};

struct machine {
	struct word a, x, mem[BPF_MEMWORDS];
	size_t pc;
};

struct walk {
	const struct sock_filter *insns;
	size_t n;
	const struct seccomp_data *data;
	bool whole;	 /* all of data is known, not only nr and arch */
	unsigned budget; /* instructions left to look at */
	bool any;
	uint32_t verdict;
	struct bpf_reach *reach; /* all verdicts are wanted, not the one */
	uint16_t *path;		 /* NULL: nobody asks */
	size_t npath;
};

static const struct word zero = { 0, true };

static struct word load(const struct walk *w, uint32_t offset)
{
	struct word r = { 0, w->whole || offset < 8 };

	if (r.known)
		memcpy(&r.v, (const char *)w->data + offset, sizeof(r.v));
	if (w->reach)
		w->reach->loads |= (uint64_t)1 << offset / 4;
	return r;
}

uint32_t bpf_alu(uint16_t op, uint32_t a, uint32_t b, bool *ends)
{
	switch (op) {
	case BPF_ADD:
		return a + b;
	case BPF_SUB:
		return a - b;
	case BPF_MUL:
		return a * b;
	case BPF_DIV:
		*ends = b == 0;
		return b ? a / b : 0;
	case BPF_AND:
		return a & b;
	case BPF_OR:
		return a | b;
	case BPF_XOR:
		return a ^ b;
	case BPF_LSH:
		return a << (b & 31);
	case BPF_RSH:
		return a >> (b & 31);
	default:
		return -a;
	}
}

bool bpf_jumps(uint16_t op, uint32_t a, uint32_t b)
{
	switch (op) {
	case BPF_JEQ:
		return a == b;
	case BPF_JGT:
		return a > b;
	case BPF_JGE:
		return a >= b;
	default:
		return (a & b) != 0;
	}
}

static void add_reached(struct bpf_reach *r, struct word v)
{
	unsigned i = 0;

	while (i < r->n && r->verdicts[i] != v.v)
		i++;
	if (!v.known || i == sizeof(r->verdicts) / sizeof(*r->verdicts))
		r->whole = false;
	else if (i == r->n)
		r->verdicts[r->n++] = v.v;
}

/* True when all verdicts so far are one, or all are wanted. */
static bool add_verdict(struct walk *w, struct word v)
{
	if (w->reach) {
		add_reached(w->reach, v);
		return true;
	}
	if (!v.known || (w->any && w->verdict != v.v))
		return false;
	w->any = true;
	w->verdict = v.v;
	return true;
}

static void move(struct walk *w, struct machine *m, const struct sock_filter *f)
{
	switch (f->code) {
	case BPF_LD | BPF_W | BPF_ABS:
		m->a = load(w, f->k);
		break;
	case BPF_LD | BPF_W | BPF_LEN:
		m->a = (struct word){ sizeof(struct seccomp_data), true };
		break;
	case BPF_LDX | BPF_W | BPF_LEN:
		m->x = (struct word){ sizeof(struct seccomp_data), true };
		break;
	case BPF_LD | BPF_IMM:
		m->a = (struct word){ f->k, true };
		break;
	case BPF_LDX | BPF_IMM:
		m->x = (struct word){ f->k, true };
		break;
	case BPF_LD | BPF_MEM:
		m->a = m->mem[f->k & 15];
		break;
	case BPF_LDX | BPF_MEM:
		m->x = m->mem[f->k & 15];
		break;
	case BPF_ST:
		m->mem[f->k & 15] = m->a;
		break;
	case BPF_STX:
		m->mem[f->k & 15] = m->x;
		break;
	case BPF_MISC | BPF_TAX:
		m->x = m->a;
		break;
	case BPF_MISC | BPF_TXA:
		m->a = m->x;
		break;
	}
}

static bool walk_from(struct walk *w, struct machine m);

static bool walk_jump(struct walk *w, struct machine m,
	const struct sock_filter *f, struct word b)
{
	size_t yes = m.pc + f->jt, no = m.pc + f->jf;

	if (m.a.known && b.known) {
		m.pc = bpf_jumps(BPF_OP(f->code), m.a.v, b.v) ? yes : no;
		return walk_from(w, m);
	}
	m.pc = yes;
	if (!walk_from(w, m))
		return false;
	m.pc = no;
	return walk_from(w, m);
}

/* False as soon as two paths differ, a path's end is not known, or the budget
 * is used up. */
static bool walk_from(struct walk *w, struct machine m)
{
	while (m.pc < w->n && w->budget-- > 0) {
		const struct sock_filter *f = &w->insns[m.pc++];
		struct word b = BPF_SRC(f->code) == BPF_X
					? m.x
					: (struct word){ f->k, true };
		bool ends = false;

		if (w->path)
			w->path[w->npath++] = (uint16_t)(m.pc - 1);
		switch (BPF_CLASS(f->code)) {
		case BPF_RET:
			return add_verdict(
				w, BPF_RVAL(f->code) == BPF_A
					   ? m.a
					   : (struct word){ f->k, true });
		case BPF_JMP:
			if (BPF_OP(f->code) != BPF_JA)
				return walk_jump(w, m, f, b);
			m.pc += f->k;
			break;
		case BPF_ALU:
			m.a.known = m.a.known && b.known;
			m.a.v = bpf_alu(BPF_OP(f->code), m.a.v, b.v, &ends);
			if (ends)
				return b.known && add_verdict(w, zero);
			break;
		default:
			move(w, &m, f);
		}
	}
	return false;
}

static struct machine at_start(void)
{
	struct machine m = { .a = zero, .x = zero };

	for (int i = 0; i < BPF_MEMWORDS; i++)
		m.mem[i] = zero;
	return m;
}

uint32_t bpf_run(const struct sock_filter *insns, size_t n,
	const struct seccomp_data *data)
{
	struct walk w = { .insns = insns,
		.n = n,
		.data = data,
		.whole = true,
		.budget = BPF_MAXINSNS };

	/* A checked program always ends in a RET, within its length. */
	return walk_from(&w, at_start()) ? w.verdict : SECCOMP_RET_KILL_THREAD;
}

uint32_t bpf_trace(const struct sock_filter *insns, size_t n,
	const struct seccomp_data *data, uint16_t *path, size_t *npath)
{
	struct walk w = { .insns = insns,
		.n = n,
		.data = data,
		.whole = true,
		.budget = BPF_MAXINSNS,
		.path = path };
	bool ended = walk_from(&w, at_start());

	*npath = w.npath;
	return ended ? w.verdict : SECCOMP_RET_KILL_THREAD;
}

bool bpf_verdict(const struct sock_filter *insns, size_t n, uint32_t arch,
	int nr, uint32_t *verdict)
{
	const struct seccomp_data data = { .nr = nr, .arch = arch };
	struct walk w = {
		.insns = insns, .n = n, .data = &data, .budget = 100000
	};

	if (!walk_from(&w, at_start()))
		return false;
	*verdict = w.verdict;
	return true;
}

void bpf_reach(const struct sock_filter *insns, size_t n, uint32_t arch, int nr,
	struct bpf_reach *reach)
{
	const struct seccomp_data data = { .nr = nr, .arch = arch };
	struct walk w = { .insns = insns,
		.n = n,
		.data = &data,
		.budget = 100000,
		.reach = reach };

	*reach = (struct bpf_reach){ .whole = true };
	if (!walk_from(&w, at_start()))
		reach->whole = false;
}
