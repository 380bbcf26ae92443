/* SPDX-License-Identifier: MIT */
/*
 * prove.c: follows the paths of a filter. At the end of each stands a verdict,
 * and a region of calls; the rules are asked whether they say another one of
 * some call in it. libseccomp's filters load words, mask them and compare them
 * with constants: those are followed, others are tried at the edges.
 */
#include "profile/prove.h"

#include <linux/audit.h>
#include <stdlib.h>

#include "profile/boxes.h"
#include "profile/sample.h"

#define BUDGET 4000000 /* instructions and comparisons; a second */
#define WHOLE  0xffffffffu

struct proof {
	const struct meaning *m;
	const struct filter *bpf;
	const struct meant_way *way; /* NULL: an architecture of no way */
	struct differences *d;
	struct region_tests tests;
	unsigned budget;
};

/* The accumulator is a word under a mask; at the start it is 0: one under
 * no bits. */
struct path {
	size_t pc;
	unsigned word;
	uint32_t mask;
	struct region r;
};

static void give_up(struct proof *t)
{
	t->d->whole = false;
}

static bool is_listed(const struct differences *d, const struct seccomp_data *a)
{
	for (unsigned i = 0; i < d->n; i++)
		if (d->list[i].data.arch == a->arch &&
			d->list[i].data.nr == a->nr)
			return true;
	return false;
}

/* Lists DATA if its verdicts differ, whoever thinks that they do. */
static bool compare(struct proof *t, const struct seccomp_data *data)
{
	uint32_t built = bpf_run(t->bpf->insns, t->bpf->ninsns, data);
	const struct meant_way *w = meaning_way(t->m, data);
	struct differences *d = t->d;
	const struct meant_rule *first;
	size_t n = w ? meaning_rules(w, (uint32_t)data->nr, &first) : 0;

	if (meaning_is(t->m, data, built))
		return false;
	if (is_listed(d, data))
		return true;
	d->more = d->n == sizeof(d->list) / sizeof(*d->list);
	if (!d->more)
		d->list[d->n++] = (struct difference){ *data, built,
			meaning_verdict(t->m, data),
			n ? first->rule : SIZE_MAX };
	return true;
}

static void differs(struct proof *t, const struct region *r)
{
	struct seccomp_data data;

	if (!region_some(r, &t->tests, &data) || !compare(t, &data))
		give_up(t);
}

/* A copy of R with TEST; the tests of T stay until the caller drops them. */
static bool with(struct proof *t, const struct region *r, struct region *copy,
	struct region_test test)
{
	if (!t->budget) {
		give_up(t);
		return false;
	}
	t->budget--;
	*copy = *r;
	return region_add(copy, &t->tests, test);
}

static bool with_set(struct proof *t, const struct region *r,
	struct region *copy, const struct boxes *b, unsigned set)
{
	bool some = true;

	*copy = *r;
	for (unsigned i = 0; i < b->sets[set].n && some; i++) {
		struct region before = *copy;

		some = with(t, &before, copy, b->sets[set].tests[i]);
	}
	return some;
}

/* Lists a call of R that RULE takes, from its comparison K on. */
static bool taken(struct proof *t, const struct region *r,
	const struct meant_rule *rule, unsigned k)
{
	const size_t n = t->tests.n;
	bool found = false;
	struct boxes b;

	if (k == rule->nargs) {
		differs(t, r);
		return true;
	}
	boxes_of(&b, &rule->args[k], t->way->halves, true);
	for (unsigned i = 0; i < b.n && !found; i++) {
		struct region copy;

		found = with_set(t, r, &copy, &b, i) &&
			taken(t, &copy, rule, k + 1);
		t->tests.n = n;
	}
	return found;
}

/* The rules that may give the verdict of a path. */
struct givers {
	const struct meant_rule *rules;
	size_t n;
	uint32_t verdict;
	bool ask; /* only whether there is a call, and list none */
};

/* Lists a call of R that fails comparison K of rule I or a later one of its,
 * and is not taken by a later rule. */
static bool untaken(struct proof *t, const struct region *r,
	const struct givers *g, size_t i, unsigned k)
{
	const size_t n = t->tests.n;
	bool found = false;

	while (i < g->n && g->rules[i].action != g->verdict)
		i++;
	if (i == g->n) {
		if (!g->ask)
			differs(t, r);
		return true;
	}
	if (k == g->rules[i].nargs)
		return false;
	for (unsigned fails = 0; fails < 2 && !found; fails++) {
		struct boxes b;

		boxes_of(&b, &g->rules[i].args[k], t->way->halves, !fails);
		for (unsigned s = 0; s < b.n && !found; s++) {
			struct region copy;

			found = with_set(t, r, &copy, &b, s) &&
				untaken(t, &copy, g, fails ? i + 1 : i,
					fails ? 0 : k + 1);
			t->tests.n = n;
		}
	}
	return found;
}

/* Whether one rule alone takes all of R: so it is on most paths. */
static bool one_takes_all(
	struct proof *t, const struct region *r, const struct givers *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct givers one = { &all->rules[i], 1, all->verdict,
			true };

		if (one.rules->action == all->verdict &&
			!untaken(t, r, &one, 0, 0))
			return true;
	}
	return false;
}

static void end_in_rules(struct proof *t, const struct region *r,
	const struct meant_rule *rules, size_t n, uint32_t verdict)
{
	const struct givers all = { rules, n, verdict, false };

	for (size_t i = 0; i < n; i++)
		if (meaning_is_for_all(t->way, &rules[i])) {
			if (rules[i].action != verdict)
				differs(t, r);
			return;
		}
	if (verdict == t->way->other) {
		for (size_t i = 0; i < n; i++)
			if (taken(t, r, &rules[i], 0))
				return;
	} else if (!one_takes_all(t, r, &all)) {
		untaken(t, r, &all, 0, 0);
	}
}

static struct region_test number(uint32_t nr, bool truth)
{
	return (struct region_test){ WORD_NR, WHOLE, REGION_EQ, nr, truth, 0 };
}

/* A path ends with calls of several numbers, or of one. */
static void end(struct proof *t, const struct region *r, uint32_t verdict)
{
	const struct meant_way *w = t->way;
	const struct meant_rule *rules;
	struct region rest = *r, copy;
	const size_t tests = t->tests.n;
	bool some = true;

	for (size_t i = 0, n; w && i < w->n && some; i += n) {
		n = meaning_rules(w, w->rules[i].nr, &rules);
		if (w->rules[i].nr < r->low[WORD_NR] ||
			w->rules[i].nr > r->high[WORD_NR])
			continue;
		if (with(t, &rest, &copy, number(rules->nr, true)))
			end_in_rules(t, &copy, rules, n, verdict);
		copy = rest;
		some = with(t, &copy, &rest, number(rules->nr, false));
	}
	if (some && verdict != (w ? w->other : SECCOMP_RET_KILL_THREAD))
		differs(t, &rest);
	t->tests.n = tests;
}

static void follow(struct proof *t, struct path *p);

static void follow_jump(
	struct proof *t, struct path *p, const struct sock_filter *f)
{
	static const enum region_op ops[] = {
		[BPF_JEQ >> 4] = REGION_EQ,
		[BPF_JGT >> 4] = REGION_GT,
		[BPF_JGE >> 4] = REGION_GE,
		[BPF_JSET >> 4] = REGION_EQ,
	};
	const bool set = BPF_OP(f->code) == BPF_JSET;
	struct region_test test = { p->word, p->mask, ops[BPF_OP(f->code) >> 4],
		set ? 0 : f->k, true, 0 };
	const size_t tests = t->tests.n;

	if (set)
		test.mask &= f->k;
	for (int yes = 1; yes >= 0; yes--) {
		struct path next = *p;

		test.truth = set ? !yes : yes;
		next.pc = p->pc + (yes ? f->jt : f->jf);
		if (with(t, &p->r, &next.r, test))
			follow(t, &next);
		t->tests.n = tests;
	}
}

/* False: it is not followed. */
static bool step(struct path *p, const struct sock_filter *f)
{
	switch (f->code) {
	case BPF_LD | BPF_W | BPF_ABS:
		p->mask = WHOLE;
		p->word = f->k / 4;
		return true;
	case BPF_ALU | BPF_AND | BPF_K:
		p->mask &= f->k;
		return true;
	case BPF_JMP | BPF_JA:
		p->pc += f->k;
		return true;
	}
	return false;
}

static bool is_jump(const struct sock_filter *f)
{
	return BPF_CLASS(f->code) == BPF_JMP && BPF_OP(f->code) != BPF_JA &&
	       BPF_SRC(f->code) == BPF_K;
}

static void follow(struct proof *t, struct path *p)
{
	while (t->budget) {
		const struct sock_filter *f = &t->bpf->insns[p->pc++];

		t->budget--;
		if (f->code == (BPF_RET | BPF_K)) {
			end(t, &p->r, f->k);
			return;
		}
		if (is_jump(f)) {
			follow_jump(t, p, f);
			return;
		}
		if (!step(p, f))
			break;
	}
	give_up(t);
}

static void prove_way(struct proof *t, const struct meant_way *w)
{
	struct path p = { .pc = 0 };
	struct region_test arch = { WORD_ARCH, WHOLE, REGION_EQ, 0, !!w, 0 };
	bool some = true;

	t->way = w;
	t->tests.n = 0;
	region_all(&p.r);
	if (w) {
		p.r.low[WORD_NR] = w->first;
		p.r.high[WORD_NR] = w->last;
	}
	for (unsigned i = 0; i < t->m->n && some; i++) {
		arch.k = t->m->ways[i].arch;
		if (!w || w == &t->m->ways[i])
			some = region_add(&p.r, &t->tests, arch);
	}
	if (some)
		follow(t, &p);
}

static void try_call(void *proof, const struct seccomp_data *data)
{
	compare(proof, data);
}

bool prove_filter(const struct meaning *m, const struct filter *bpf,
	struct differences *d)
{
	struct proof t = { .m = m, .bpf = bpf, .d = d, .budget = BUDGET };

	*d = (struct differences){ .whole = true };
	for (unsigned i = 0; i < m->n; i++)
		if (!(m->ways[i].arch & __AUDIT_ARCH_LE))
			return false;
	for (unsigned i = 0; i < m->n; i++)
		prove_way(&t, &m->ways[i]);
	prove_way(&t, NULL);
	if (t.tests.lost)
		give_up(&t);
	if (!d->whole)
		d->sampled = sample_calls(m, try_call, &t);
	free(t.tests.tests);
	return true;
}
