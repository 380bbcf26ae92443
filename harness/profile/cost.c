/* SPDX-License-Identifier: MIT */
/*
 * cost.c: the shortest and the longest way through a filter. Jumps go forward,
 * so one look at each instruction is enough; where ways meet, a register keeps
 * what it holds on all of them.
 */
#include "profile/cost.h"

#include <string.h>

#include "sys/calls.h"

struct word {
	uint32_t v;
	bool known;
};

/* Before an instruction. */
struct state {
	bool reached;
	unsigned least, most; /* instructions that ran */
	struct word a, x, mem[BPF_MEMWORDS];
};

struct walk {
	const struct filter *bpf;
	const struct ask_call *call;
	struct state at[BPF_MAXINSNS];
	struct cost *cost;
	bool ended;
};

static struct word load(const struct ask_call *call, uint32_t offset)
{
	const struct seccomp_data data = { .nr = call->nr, .arch = call->arch };
	const size_t args = offsetof(struct seccomp_data, args);
	struct word w = { .known = offset < 8 };

	if (w.known) {
		memcpy(&w.v, (const char *)&data + offset, sizeof(w.v));
	} else if (offset >= args && call->known[(offset - args) / 8]) {
		w.known = true;
		memcpy(&w.v, (const char *)call->args + offset - args,
			sizeof(w.v));
	}
	return w;
}

static void meet(struct word *to, const struct word *from)
{
	to->known = to->known && from->known && to->v == from->v;
}

static void go(struct walk *w, size_t pc, const struct state *from)
{
	struct state *to = &w->at[pc];

	if (!to->reached) {
		*to = *from;
		return;
	}
	if (from->least < to->least)
		to->least = from->least;
	if (from->most > to->most)
		to->most = from->most;
	meet(&to->a, &from->a);
	meet(&to->x, &from->x);
	for (int i = 0; i < BPF_MEMWORDS; i++)
		meet(&to->mem[i], &from->mem[i]);
}

static void end(struct walk *w, const struct state *s)
{
	if (!w->ended || s->least < w->cost->least)
		w->cost->least = s->least;
	if (!w->ended || s->most > w->cost->most)
		w->cost->most = s->most;
	w->ended = true;
}

static void jump(struct walk *w, size_t pc, const struct state *s)
{
	const struct sock_filter *f = &w->bpf->insns[pc];
	const struct word b =
		BPF_SRC(f->code) == BPF_X ? s->x : (struct word){ f->k, true };
	const bool known = s->a.known && b.known;
	const bool taken = known && bpf_jumps(BPF_OP(f->code), s->a.v, b.v);

	if (BPF_OP(f->code) == BPF_JA) {
		go(w, pc + 1 + f->k, s);
		return;
	}
	if (!known || taken)
		go(w, pc + 1 + f->jt, s);
	if (!known || !taken)
		go(w, pc + 1 + f->jf, s);
}

static void move(
	const struct walk *w, const struct sock_filter *f, struct state *s)
{
	const struct word size = { sizeof(struct seccomp_data), true };
	const struct word k = { f->k, true };

	switch (f->code) {
	case BPF_LD | BPF_W | BPF_ABS:
		s->a = load(w->call, f->k);
		break;
	case BPF_LD | BPF_W | BPF_LEN:
		s->a = size;
		break;
	case BPF_LDX | BPF_W | BPF_LEN:
		s->x = size;
		break;
	case BPF_LD | BPF_IMM:
		s->a = k;
		break;
	case BPF_LDX | BPF_IMM:
		s->x = k;
		break;
	case BPF_LD | BPF_MEM:
		s->a = s->mem[f->k];
		break;
	case BPF_LDX | BPF_MEM:
		s->x = s->mem[f->k];
		break;
	case BPF_ST:
		s->mem[f->k] = s->a;
		break;
	case BPF_STX:
		s->mem[f->k] = s->x;
		break;
	case BPF_MISC | BPF_TAX:
		s->x = s->a;
		break;
	case BPF_MISC | BPF_TXA:
		s->a = s->x;
		break;
	}
}

/* By zero the filter ends. */
static bool count(struct walk *w, const struct sock_filter *f, struct state *s)
{
	const struct word b =
		BPF_SRC(f->code) == BPF_X ? s->x : (struct word){ f->k, true };
	bool ends = false;

	s->a.v = bpf_alu(BPF_OP(f->code), s->a.v, b.v, &ends);
	s->a.known = s->a.known && b.known;
	if (BPF_OP(f->code) == BPF_DIV && (ends || !b.known))
		end(w, s);
	return !ends || !b.known;
}

static void step(struct walk *w, size_t pc)
{
	const struct sock_filter *f = &w->bpf->insns[pc];
	struct state s = w->at[pc];

	s.least++;
	s.most++;
	switch (BPF_CLASS(f->code)) {
	case BPF_RET:
		end(w, &s);
		break;
	case BPF_JMP:
		jump(w, pc, &s);
		break;
	case BPF_ALU:
		if (count(w, f, &s))
			go(w, pc + 1, &s);
		break;
	default:
		move(w, f, &s);
		go(w, pc + 1, &s);
	}
}

void cost_of(const struct filter *bpf, const struct ask_call *call,
	struct cost *cost)
{
	static struct walk w;

	*cost = (struct cost){ 0 };
	w.bpf = bpf;
	w.call = call;
	w.cost = cost;
	w.ended = false;
	for (size_t pc = 0; pc < bpf->ninsns; pc++)
		w.at[pc].reached = false;
	w.at[0] = (struct state){
		.reached = true, .a.known = true, .x.known = true
	};
	for (size_t pc = 0; pc < bpf->ninsns; pc++)
		if (w.at[pc].reached)
			step(&w, pc);
	cost->cached = cost_is_cached(bpf, call->arch, call->nr);
}

bool cost_is_cached(const struct filter *bpf, uint32_t arch, int nr)
{
	uint32_t a = 0;

	if (nr < 0 || nr >= calls_end(arch))
		return false;
	for (size_t pc = 0; pc < bpf->ninsns; pc++) {
		const struct sock_filter *f = &bpf->insns[pc];
		const uint16_t op = BPF_OP(f->code);

		if (f->code == (BPF_RET | BPF_K))
			return f->k == SECCOMP_RET_ALLOW;
		if (f->code == (BPF_LD | BPF_W | BPF_ABS) && f->k < 8)
			a = f->k ? arch : (uint32_t)nr;
		else if (f->code == (BPF_ALU | BPF_AND | BPF_K))
			a &= f->k;
		else if (f->code == (BPF_JMP | BPF_JA))
			pc += f->k;
		else if (BPF_CLASS(f->code) == BPF_JMP &&
			 BPF_SRC(f->code) == BPF_K)
			pc += bpf_jumps(op, a, f->k) ? f->jt : f->jf;
		else
			return false;
	}
	return false;
}
