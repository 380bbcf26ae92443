/* SPDX-License-Identifier: MIT */
/*
 * siblings.c: what a filter refuses, and lets pass by another name. That it is
 * refused has to be on purpose: a list of what passes leaves out the calls that
 * a program does not make, of whatever kin. Pure.
 */
#include "lint/siblings.h"

#include <errno.h>
#include <string.h>

#include "profile/boxes.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/text.h"

/* Whether what no rule names passes. */
static bool passes_by_default(const struct linter *l)
{
	return lint_may_pass(&l->reach[WAY_HOME][LINT_CALLS - 1]);
}

static bool is_named(const struct linter *l, const char *call)
{
	for (size_t i = 0; i < l->p->nrules; i++)
		if (!strcmp(l->p->rules[i].name, call))
			return true;
	return false;
}

/* Whether an argument in ARGS decides about the call; no ARGS: any. */
static bool is_narrowed(struct linter *l, const char *call, uint32_t args)
{
	struct graph *g = &l->asker.g;
	const struct bpf_reach *r = lint_reach(l, call);
	uint32_t node;

	if (!r || !r->whole || !lint_may_pass(r) || lint_always_passes(r))
		return false;
	node = graph_call(
		g, l->asker.root, l->bpf, l->arch, calls_number(l->arch, call));
	for (unsigned arg = 0; arg < PROFILE_ARGS; arg++)
		if ((!args || args >> arg & 1) &&
			g->nodes[node].words >> WORD_LOW(arg) & 3)
			return true;
	return false;
}

/* ENOSYS for a newer call has libc take the older one. */
static bool sends_back(const struct bpf_reach *r)
{
	return r->n == 1 && r->verdicts[0] == (SECCOMP_RET_ERRNO | ENOSYS);
}

/* Whether somebody refused it: wholly, or, where that counts, in part. */
static bool is_refused(
	struct linter *l, const struct sibling_group *g, const char *call)
{
	const struct bpf_reach *r = lint_reach(l, call);

	if (!r || !r->whole)
		return false;
	if (lint_may_pass(r))
		return g->how & SIBLING_SOME && is_narrowed(l, call, g->args);
	return g->how & SIBLING_DEFAULT || passes_by_default(l) ||
	       is_named(l, call);
}

static bool passes(struct linter *l, const struct sibling *s)
{
	static struct ask_answers a;
	const struct bpf_reach *r = lint_reach(l, s->call);
	struct ask_call call = { .arch = l->arch };

	if (!r)
		return false;
	if (!s->way)
		return lint_always_passes(r);
	call.nr = calls_number(l->arch, s->call);
	call.known[s->arg] = true;
	call.args[s->arg] = s->value;
	ask(&l->asker, &call, &a);
	for (unsigned i = 0; i < a.n; i++)
		if (!ask_lets_pass(a.list[i].verdict))
			return false;
	return a.whole;
}

/* Bit N: sibling N does what REFUSED does, and passes. */
static unsigned others(
	struct linter *l, const struct sibling_group *g, unsigned refused)
{
	const struct bpf_reach *r = lint_reach(l, g->calls[refused].call);
	const bool newer = sends_back(r) ||
			   (g->how & SIBLING_NEWER && !passes_by_default(l));
	unsigned found = 0;

	for (unsigned i = newer ? refused : 0; i < SIBLINGS; i++)
		if (i != refused && g->calls[i].call && passes(l, &g->calls[i]))
			found |= 1u << i;
	return found;
}

static void put(struct text *t, const struct sibling_group *g, unsigned set)
{
	const char *before = "";

	for (unsigned i = 0; i < SIBLINGS; i++) {
		if (!(set >> i & 1))
			continue;
		text_put(t, "%s%s", before, g->calls[i].call);
		if (g->calls[i].way)
			text_put(t, " (%s)", g->calls[i].way);
		before = ", ";
	}
}

/* REFUSED and OPEN, sets of G, are not empty; those in PART are refused for
 * some arguments. */
static void tell(struct linter *l, const struct sibling_group *g,
	unsigned refused, unsigned part, unsigned open)
{
	const unsigned first = (unsigned)__builtin_ctz(refused);
	char names[2][160];
	struct text r = text_in(names[0], sizeof(names[0]));
	struct text o = text_in(names[1], sizeof(names[1]));
	struct lint_finding *f;

	put(&r, g, refused & ~part);
	if (part) {
		text_put(&r, "%s", r.n ? ", " : "");
		put(&r, g, part);
		text_put(&r, " for some arguments");
	}
	put(&o, g, open);
	f = lint_add(l, RULE_SIBLING, g->calls[first].call,
		"refused: %s; not refused: %s; each %s", names[0], names[1],
		g->what);
	for (unsigned i = 0; f && i < SIBLINGS; i++)
		if (i != first && (refused | open) >> i & 1)
			lint_subject(f, g->calls[i].call);
}

static void check_group(struct linter *l, const struct sibling_group *g)
{
	unsigned refused = 0, part = 0, open = 0;

	if (g->with && !lint_call_passes(l, g->with))
		return;
	for (unsigned i = 0; i < SIBLINGS && g->calls[i].call; i++) {
		unsigned found;

		if ((i && g->how & SIBLING_ONE_WAY) ||
			!is_refused(l, g, g->calls[i].call))
			continue;
		found = others(l, g, i);
		if (!found)
			continue;
		refused |= 1u << i;
		if (lint_call_passes(l, g->calls[i].call))
			part |= 1u << i;
		open |= found;
	}
	if (refused)
		tell(l, g, refused, part, open);
}

void sibling_check(struct linter *l)
{
	for (size_t i = 0; i < sibling_ngroups; i++)
		check_group(l, &sibling_groups[i]);
}

void sibling_print_all(FILE *to)
{
	for (size_t i = 0; i < sibling_ngroups; i++) {
		const struct sibling_group *g = &sibling_groups[i];

		fprintf(to, "%s\t%s\t", g->what,
			g->how & SIBLING_ONE_WAY ? "first" : "each");
		for (int k = 0; k < SIBLINGS && g->calls[k].call; k++)
			fprintf(to, "%s%s %s", k ? ", " : "", g->calls[k].call,
				g->calls[k].since);
		fputc('\n', to);
	}
}
