/* SPDX-License-Identifier: MIT */
/*
 * rank.c: which of the dangerous calls a filter lets pass, with arguments that
 * are dangerous. One finding a class, however many calls.
 */
#include "lint/rank.h"

#include <stdio.h>
#include <string.h>

#include "profile/ask.h"
#include "sys/calls.h"
#include "sys/text.h"

/* Whether some call of WAY passes; one that was found does. */
static bool way_passes(struct linter *l, int nr, const struct rank_way *way)
{
	static struct ask_answers a;
	const struct ask_call call = { .arch = l->arch,
		.nr = nr,
		.bits = { way->arg, way->mask, way->value } };

	ask(&l->asker, &call, &a);
	for (unsigned i = 0; i < a.n; i++)
		if (ask_lets_pass(a.list[i].verdict))
			return true;
	return false;
}

/* Bit N: way N passes. 0: the call is refused where it is dangerous. */
static unsigned ways_that_pass(struct linter *l, const struct rank *r)
{
	const int nr = calls_number(l->arch, r->call);
	unsigned ways = 0;

	if (!lint_call_passes(l, r->call))
		return 0;
	if (!r->ways[0].name)
		return 1;
	for (int i = 0; i < RANK_WAYS && r->ways[i].name; i++)
		if (way_passes(l, nr, &r->ways[i]))
			ways |= 1u << i;
	return ways;
}

/* Runtimes of containers give a process a PID namespace, where all others have
 * the same filter. */
static enum lint_level level_of(const struct linter *l, const struct rank *r)
{
	const enum lint_level level = lint_rules[r->rule].level;

	if (r->light || (r->rule == RULE_PTRACE && l->p->by_name))
		return LINT_NOTE;
	return r->need == NEED_FIRST && level > LINT_NOTE ? level - 1 : level;
}

static void put_call(struct text *t, const struct rank *r, unsigned ways)
{
	const char *before = " (";

	text_put(t, "%s%s", t->n ? ", " : "", r->call);
	if (!r->ways[0].name)
		return;
	for (int i = 0; i < RANK_WAYS && r->ways[i].name; i++)
		if (ways >> i & 1) {
			text_put(t, "%s%s", before, r->ways[i].name);
			before = ", ";
		}
	text_put(t, ")");
}

static void put_subjects(
	struct lint_finding *f, const struct rank *r, unsigned ways)
{
	char subject[128];

	if (!r->ways[0].name)
		lint_subject(f, r->call);
	for (int i = 0; i < RANK_WAYS && r->ways[i].name; i++)
		if (ways >> i & 1) {
			snprintf(subject, sizeof(subject), "%s:%s", r->call,
				r->ways[i].name);
			lint_subject(f, subject);
		}
}

static void check_class(struct linter *l, enum lint_id rule)
{
	struct lint_finding *f, found = { .level = LINT_NOTE };
	char names[sizeof(f->text)] = "";
	struct text t = text_in(names, sizeof(names));
	size_t told = 0;

	for (size_t i = 0; i < rank_n; i++) {
		const struct rank *r = &rank_table[i];
		const unsigned ways =
			r->rule == rule ? ways_that_pass(l, r) : 0;

		if (!ways || found.nranked == LINT_RANKED)
			continue;
		found.ranked[found.nranked++] = r;
		put_subjects(&found, r, ways);
		if (level_of(l, r) > found.level)
			found.level = level_of(l, r);
		if (t.n + 120 < sizeof(names)) {
			put_call(&t, r, ways);
			told++;
		}
	}
	if (!found.nranked)
		return;
	if (told < found.nranked)
		text_put(&t, ", ...");
	f = found.nranked == 1
		    ? lint_add(l, rule, found.ranked[0]->call, "%s passes",
			      names)
		    : lint_add(l, rule, found.ranked[0]->call,
			      "%u calls pass: %s", found.nranked, names);
	if (!f)
		return;
	f->level = found.level;
	f->nranked = found.nranked;
	memcpy(f->subjects, found.subjects, sizeof(f->subjects));
	memcpy(f->ranked, found.ranked, sizeof(f->ranked));
}

void rank_check(struct linter *l)
{
	static const enum lint_id classes[] = { RULE_URING, RULE_PTRACE,
		RULE_KERNEL, RULE_LEAVES, RULE_NAMESPACES, RULE_SURFACE,
		RULE_MACHINE, RULE_SIDE };

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (classes[i] != RULE_URING ||
			lint_call_passes(l, "io_uring_enter"))
			check_class(l, classes[i]);
}
