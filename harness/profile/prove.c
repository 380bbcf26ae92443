/* SPDX-License-Identifier: MIT */
/*
 * prove.c: follows the paths of a filter. At the end of each stands a verdict,
 * and a region of calls; the rules are asked whether they say another one of
 * some call in it. libseccomp's filters load words, mask them and compare them
 * with constants: those are followed, others are tried at the edges.
 */
#include "profile/prove.h"

#include <linux/audit.h>

#include "profile/atoms.h"
#include "profile/boxes.h"
#include "profile/paths.h"
#include "profile/sample.h"

#define BUDGET 4000000 /* instructions and comparisons; a second */
#define WHOLE  0xffffffffu

struct proof {
	const struct meaning *m;
	const struct filter *bpf;
	const struct meant_way *way; /* NULL: an architecture of no way */
	struct differences *d;
	struct graph g;
	struct paths w;
	const struct meant_rule *rules; /* of the number that is followed */
	size_t n;
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

	if (!region_some(r, &t->w.tests, &data) || !compare(t, &data))
		give_up(t);
}

/* A copy of R with TEST; the tests of T stay until the caller drops them. */
static bool with(struct proof *t, const struct region *r, struct region *copy,
	struct region_test test)
{
	if (!t->w.budget) {
		give_up(t);
		return false;
	}
	t->w.budget--;
	*copy = *r;
	return region_add(copy, &t->w.tests, test);
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
	const size_t n = t->w.tests.n;
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
		t->w.tests.n = n;
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
	const size_t n = t->w.tests.n;
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
			t->w.tests.n = n;
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

static bool skip(void *proof, const struct paths *w, uint32_t a, uint32_t b)
{
	const struct proof *t = proof;
	const uint32_t other = t->way ? t->way->other : t->m->foreign;

	(void)b;
	return !t->n && w->g->nodes[a].leaf && a != GRAPH_UNKNOWN &&
	       w->g->nodes[a].k == other;
}

static bool end(void *proof, struct paths *w, uint32_t a, uint32_t b)
{
	struct proof *t = proof;

	(void)b;
	if (a == GRAPH_UNKNOWN)
		give_up(t);
	else if (t->n)
		end_in_rules(t, &w->r, t->rules, t->n, w->g->nodes[a].k);
	else
		differs(t, &w->r);
	return true;
}

/* NODE: for the number. */
static void prove_number(
	struct proof *t, uint32_t node, uint32_t arch, uint32_t nr)
{
	const unsigned budget = t->w.budget;

	t->n = t->way ? meaning_rules(t->way, nr, &t->rules) : 0;
	paths_end(&t->w);
	paths_begin(&t->w, &t->g, arch, nr);
	t->w.budget = budget;
	t->w.context = t;
	t->w.skip = skip;
	t->w.end = end;
	if (!paths_follow(&t->w, node, GRAPH_UNKNOWN) || t->w.tests.lost)
		give_up(t);
}

/* Numbers of ARCH from FIRST to LAST; NODE: for ARCH. */
static void prove_numbers(struct proof *t, uint32_t node, uint32_t arch,
	uint32_t first, uint32_t last)
{
	struct atoms a;

	atoms_begin(&a);
	atoms_of(&a, &t->g, node, WORD_NR);
	atoms_cut(&a, first);
	for (size_t i = 0; t->way && i < t->way->n; i++)
		atoms_value(&a, t->way->rules[i].nr);
	atoms_sort(&a);
	if (!a.whole)
		give_up(t);
	for (size_t i = 0; i < a.n; i++)
		if (a.first[i] >= first && a.first[i] <= last)
			prove_number(t,
				graph_restrict(
					&t->g, node, WORD_NR, a.first[i]),
				arch, a.first[i]);
	atoms_end(&a);
}

static bool has_way(const struct meaning *m, uint32_t arch)
{
	for (unsigned i = 0; i < m->n; i++)
		if (m->ways[i].arch == arch)
			return true;
	return false;
}

/* Architectures that have no way. */
static void prove_others(struct proof *t, uint32_t root)
{
	struct atoms a;

	t->way = NULL;
	atoms_begin(&a);
	atoms_of(&a, &t->g, root, WORD_ARCH);
	for (unsigned i = 0; i < t->m->n; i++)
		atoms_value(&a, t->m->ways[i].arch);
	atoms_sort(&a);
	if (!a.whole)
		give_up(t);
	for (size_t i = 0; i < a.n; i++)
		if (!has_way(t->m, a.first[i]))
			prove_numbers(t,
				graph_restrict(
					&t->g, root, WORD_ARCH, a.first[i]),
				a.first[i], 0, WHOLE);
	atoms_end(&a);
}

static void try_call(void *proof, const struct seccomp_data *data)
{
	compare(proof, data);
}

static void prove(struct proof *t)
{
	const uint32_t root = graph_add(&t->g, t->bpf);

	for (unsigned i = 0; i < t->m->n; i++) {
		const struct meant_way *w = &t->m->ways[i];

		t->way = w;
		prove_numbers(t,
			graph_restrict(&t->g, root, WORD_ARCH, w->arch),
			w->arch, w->first, w->last);
	}
	prove_others(t, root);
}

bool prove_filter(const struct meaning *m, const struct filter *bpf,
	struct differences *d)
{
	struct proof t = { .m = m, .bpf = bpf, .d = d, .w.budget = BUDGET };

	*d = (struct differences){ .whole = true };
	for (unsigned i = 0; i < m->n; i++)
		if (!(m->ways[i].arch & __AUDIT_ARCH_LE))
			return false;
	if (graph_begin(&t.g))
		prove(&t);
	else
		give_up(&t);
	if (!d->whole)
		d->sampled = sample_calls(m, try_call, &t);
	paths_end(&t.w);
	graph_end(&t.g);
	return true;
}
