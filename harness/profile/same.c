/* SPDX-License-Identifier: MIT */
/*
 * same.c: whether two filters give the same verdicts. All of their paths are
 * followed; where that cannot be done, they are tried: for every number on
 * every way into the kernel, and at the edges of all values that the rules of
 * one of them or the instructions of both compare with. Pure code.
 */
#include "profile/diff.h"
#include "profile/verdict.h"
#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "profile/rules.h"

#define NUMBERS 1024

struct pair {
	const struct filter *a, *b;
	struct seccomp_data *bad;
};

static bool same(const struct pair *t, const struct seccomp_data *data)
{
	if (verdict_effect(bpf_run(t->a->insns, t->a->ninsns, data)) ==
		verdict_effect(bpf_run(t->b->insns, t->b->ninsns, data)))
		return true;
	*t->bad = *data;
	return false;
}

/* One argument through the edges of VALUE, the others as they are. */
static bool same_edges(const struct pair *t, struct seccomp_data data,
	unsigned arg, uint64_t value)
{
	const uint64_t edges[] = { value, value - 1, value + 1, ~value,
		value | (uint64_t)1 << 32, value ^ (uint64_t)1 << 63,
		value & -value, value & (value - 1), 0, UINT64_MAX,
		value << 32 };

	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		data.args[arg] = edges[i];
		if (!same(t, &data))
			return false;
	}
	return true;
}

/* From arguments that RULE takes, each through its edges and all bits. */
static bool same_rule(const struct pair *t, struct seccomp_data data,
	const struct profile_rule *rule)
{
	for (unsigned i = 0; i < rule->nargs; i++)
		data.args[rule->args[i].arg] =
			rule->args[i].op == SCMP_CMP_MASKED_EQ
				? rule->args[i].datum_b
				: rule->args[i].datum_a;
	for (unsigned i = 0; i < rule->nargs; i++) {
		unsigned arg = rule->args[i].arg;
		struct seccomp_data one = data;

		if (!same_edges(t, data, arg, rule->args[i].datum_a) ||
			!same_edges(t, data, arg, rule->args[i].datum_b))
			return false;
		for (int bit = 0; bit < 64; bit++) {
			one.args[arg] = data.args[arg] ^ (uint64_t)1 << bit;
			if (!same(t, &one))
				return false;
		}
	}
	return true;
}

static bool same_code(const struct pair *t, const struct filter *bpf,
	const struct seccomp_data *data)
{
	for (size_t i = 0; i < bpf->ninsns; i++) {
		const struct sock_filter *f = &bpf->insns[i];

		for (unsigned arg = 0; arg < PROFILE_ARGS; arg++)
			if (BPF_CLASS(f->code) == BPF_JMP &&
				!same_edges(t, *data, arg, f->k))
				return false;
	}
	return true;
}

static bool looks_at_arguments(const struct filter *bpf,
	const struct seccomp_data *data, struct bpf_reach *reach)
{
	bpf_reach(bpf->insns, bpf->ninsns, data->arch, data->nr, reach);
	return !reach->whole || reach->n > 1;
}

static bool same_call(const struct pair *t, const struct profile *p,
	const struct seccomp_data *data)
{
	struct bpf_reach reach;

	if (!same(t, data))
		return false;
	if (!looks_at_arguments(t->a, data, &reach) &&
		!looks_at_arguments(t->b, data, &reach))
		return true;
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].nargs && !same_rule(t, *data, &p->rules[i]))
			return false;
	return same_code(t, t->a, data) && same_code(t, t->b, data);
}

static bool same_way(
	const struct pair *t, const struct profile *p, uint32_t arch, int bit)
{
	for (int nr = -1; nr < NUMBERS; nr++) {
		const struct seccomp_data data = {
			.nr = nr | bit,
			.arch = arch,
		};

		if (!same_call(t, p, &data))
			return false;
	}
	return true;
}

/* By sampling, which may miss a call. */
static bool same_edges_of_all(
	const struct pair *t, const struct profile *p, uint32_t arch)
{
	return same_way(t, p, arch, 0) &&
	       (!ARCH_HAS_X32(arch) || same_way(t, p, arch, ARCH_X32_BIT));
}

/* All calls of ARCH that may differ are tried; *WHOLE: there are no others. */
static bool same_paths(const struct pair *t, uint32_t arch, bool *whole)
{
	const struct diff_of of = { arch, 0, UINT32_MAX };
	bool ok = true;
	struct diff d;

	*whole = diff_filters(&d, t->a, t->b, &of) && d.whole;
	for (size_t i = 0; i < d.n && ok; i++) {
		const struct cases *c = &d.cases[d.list[i].cases].c;

		for (size_t k = 0; k < c->n && ok; k++) {
			struct seccomp_data data = c->list[k].example;

			data.arch = arch;
			data.nr = (int)d.list[i].first;
			ok = same(t, &data);
			/* It was said to be one. */
			*whole = *whole && !ok;
		}
	}
	diff_free(&d);
	return ok;
}

bool profile_same(const struct profile *p, const struct filter *a,
	const struct filter *b, struct seccomp_data *bad)
{
	const struct pair t = { a, b, bad };
	uint32_t arch;

	for (size_t n = 0; (arch = calls_arch_nth(n)) != 0; n++) {
		bool whole;

		if (!same_paths(&t, arch, &whole) ||
			(!whole && !same_edges_of_all(&t, p, arch)))
			return false;
	}
	return true;
}
