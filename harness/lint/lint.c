/* SPDX-License-Identifier: MIT */
/*
 * lint.c: runs the filter for every number, and checks what it is as a whole;
 * lint/needs.c and lint/args.c check single calls and rules. Pure code.
 */
#include "lint/lint.h"

#include <string.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "sys/text.h"
#include "lint/args.h"
#include "lint/built.h"
#include "lint/find.h"
#include "lint/forecast.h"
#include "lint/needs.h"
#include "lint/rank.h"
#include "lint/siblings.h"
#include "lint/values.h"

#define NAMES_SIZE 200

static bool may_meet(const struct bpf_reach *r, uint32_t what)
{
	for (unsigned i = 0; i < r->n; i++)
		if (lint_action(r->verdicts[i]) == what)
			return true;
	return false;
}

static int end_of(enum way way)
{
	return way == WAY_X32 ? LINT_X32_CALLS : LINT_CALLS;
}

/* Names the calls of WAY that TEST takes, as many as fit; their number. */
static unsigned name_calls(const struct linter *l, enum way way,
	bool (*test)(const struct bpf_reach *), char names[NAMES_SIZE])
{
	uint32_t arch = way == WAY_HOME	  ? l->arch
			: way == WAY_I386 ? ARCH_COMPAT
					  : ARCH_NATIVE;
	unsigned n = 0, shown = 0;
	struct text t = text_in(names, NAMES_SIZE);

	for (int nr = 0; nr < end_of(way); nr++) {
		char name[64];

		if (!test(&l->reach[way][nr]))
			continue;
		n++;
		calls_name(arch, way == WAY_X32 ? nr | ARCH_X32_BIT : nr, name,
			sizeof(name));
		if (shown == 6 || t.n + strlen(name) + 3 > NAMES_SIZE - 16)
			continue;
		text_put(&t, "%s%s", shown++ ? ", " : "", name);
	}
	if (n > shown)
		text_put(&t, ", ...");
	return n;
}

static const char *pass(unsigned n)
{
	return n == 1 ? "call passes" : "calls pass";
}

static bool lists(const struct profile *p, uint32_t arch)
{
	for (unsigned i = 0; i < p->narches; i++)
		if (p->arches[i] == arch)
			return true;
	return false;
}

/* Without the check of the architecture its numbers are those of another. */
static void check_i386(struct linter *l)
{
	struct lint_finding *f;
	char names[NAMES_SIZE];
	uint64_t loads = 0;
	unsigned n;

	for (int way = 0; way < NWAYS; way++)
		for (int nr = 0; nr < end_of(way); nr++)
			loads |= l->reach[way][nr].loads;
	n = name_calls(l, WAY_I386, lint_may_pass, names);
	if (n && !(loads & LINT_ARCH)) {
		lint_add(l, RULE_NO_ARCH, NULL, "%u %s by int 0x80: %s", n,
			pass(n), names);
	} else if (n && l->arch != ARCH_COMPAT) {
		f = lint_add(l, RULE_I386, NULL, "%u %s by int 0x80: %s", n,
			pass(n), names);
		if (lists(l->p, SCMP_ARCH_X86))
			lint_lower(f, LINT_NOTE);
	}
}

/* Whether the call passes with the x32 bit, and is refused without it, whose
 * name decides what is meant. */
static bool is_hole(const struct linter *l, int nr)
{
	const struct bpf_reach *x32 = &l->reach[WAY_X32][nr], *home;
	char name[64];

	if (!lint_may_pass(x32) || !calls_known(ARCH_NATIVE, nr | ARCH_X32_BIT))
		return false;
	calls_name(ARCH_NATIVE, nr | ARCH_X32_BIT, name, sizeof(name));
	home = lint_reach(l, name + strlen("x32:"));
	return !home || !lint_may_pass(home) ||
	       (lint_always_passes(x32) && !lint_always_passes(home));
}

static void keep_holes(struct linter *l)
{
	for (int nr = 0; nr < LINT_X32_CALLS; nr++)
		if (!is_hole(l, nr))
			l->reach[WAY_X32][nr] =
				(struct bpf_reach){ .whole = true };
}

/* It is a hole where nobody asked for x32, or where less passes without it. */
static void check_x32(struct linter *l)
{
	const bool asked = lists(l->p, SCMP_ARCH_X32);
	char names[NAMES_SIZE];
	unsigned n = name_calls(l, WAY_X32, lint_may_pass, names);

	if (l->arch != ARCH_NATIVE || !n)
		return;
	if (asked)
		lint_add(l, RULE_X32_OPEN, NULL,
			"%u %s with bit 30 in the number: %s", n, pass(n),
			names);
	keep_holes(l);
	n = name_calls(l, WAY_X32, lint_may_pass, names);
	if (n)
		lint_add(l, RULE_X32, NULL,
			"%u %s with bit 30 in the number, and not without "
			"it: %s",
			n, pass(n), names);
	else if (!asked)
		lint_add(l, RULE_X32_OPEN, NULL,
			"what passes does so with bit 30 in its number, too");
}

static void check_open(struct linter *l)
{
	int open = 0, n = 0;

	for (int nr = calls_end(l->arch); nr < LINT_CALLS; nr++) {
		if (calls_known(l->arch, nr))
			continue;
		n++;
		open += lint_may_pass(&l->reach[WAY_HOME][nr]);
	}
	if (open)
		lint_add(l, RULE_DENY_LIST, NULL,
			"%d of %d numbers without a call pass", open, n);
}

static bool kills_thread(const struct bpf_reach *r)
{
	return may_meet(r, SECCOMP_RET_KILL_THREAD);
}

static bool traces(const struct bpf_reach *r)
{
	return may_meet(r, SECCOMP_RET_TRACE);
}

static bool notifies(const struct bpf_reach *r)
{
	return may_meet(r, SECCOMP_RET_USER_NOTIF);
}

/* minijail chooses it when it is started, where the policy does not. */
static bool says_kill_thread(const struct profile *p)
{
	if (p->ninsns || p->by_name || p->of_default.line)
		return true;
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action == SCMP_ACT_KILL_THREAD)
			return true;
	return false;
}

static bool says_done(const struct bpf_reach *r)
{
	for (unsigned i = 0; i < r->n; i++)
		if (r->verdicts[i] == SECCOMP_RET_ERRNO)
			return true;
	return false;
}

static void check_actions(struct linter *l)
{
	static const struct {
		enum lint_id id;
		bool (*test)(const struct bpf_reach *);
	} checks[] = {
		{ RULE_KILL_THREAD, kills_thread },
		{ RULE_TRACE, traces },
		{ RULE_NOTIFY, notifies },
		{ RULE_ERRNO_ZERO, says_done },
	};
	char names[NAMES_SIZE];

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		unsigned n = name_calls(l, WAY_HOME, checks[i].test, names);
		struct lint_finding *f;

		if (!n)
			continue;
		f = lint_add(l, checks[i].id, NULL, "%u of %d numbers: %s", n,
			LINT_CALLS, names);
		if (checks[i].id == RULE_KILL_THREAD && !says_kill_thread(l->p))
			lint_lower(f, LINT_NOTE);
	}
}

static void follow_all(struct linter *l)
{
	const struct {
		uint32_t arch;
		int bit;
	} ways[NWAYS] = {
		[WAY_HOME] = { l->arch, 0 },
		[WAY_I386] = { ARCH_COMPAT, 0 },
		[WAY_X32] = { ARCH_NATIVE, ARCH_X32_BIT },
	};

	for (int way = 0; way < NWAYS; way++)
		for (int nr = 0; nr < end_of(way); nr++)
			graph_reach(&l->asker.g, l->asker.root, l->bpf,
				ways[way].arch, nr | ways[way].bit,
				&l->reach[way][nr]);
}

void lint_profile(const struct profile *p, const struct filter *bpf,
	uint32_t arch, struct lint *out)
{
	static struct linter l;

	l = (struct linter){ .p = p, .bpf = bpf, .arch = arch, .out = out };
	*out = (struct lint){ 0 };
	out->lost = !ask_begin(&l.asker, bpf, NULL);
	if (out->lost)
		return;
	follow_all(&l);
	check_i386(&l);
	check_x32(&l);
	check_open(&l);
	rank_check(&l);
	lint_check_arguments(&l);
	lint_check_values(&l);
	sibling_check(&l);
	check_actions(&l);
	lint_check_needs(&l);
	forecast_check(&l);
	lint_check_rules(&l);
	lint_check_rights(&l);
	lint_check_built(&l);
	ask_end(&l.asker);
}
