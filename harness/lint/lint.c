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
#include "lint/needs.h"
#include "lint/rank.h"

#define NAMES_SIZE 200

static bool may_meet(const struct bpf_reach *r, uint32_t what)
{
	for (unsigned i = 0; i < r->n; i++)
		if (lint_action(r->verdicts[i]) == what)
			return true;
	return false;
}

/* Names the calls of WAY that TEST takes, as many as fit; their number. */
static unsigned name_calls(const struct linter *l, enum way way,
	bool (*test)(const struct bpf_reach *), char names[NAMES_SIZE])
{
	uint32_t arch = way == WAY_I386 ? ARCH_COMPAT : l->arch;
	unsigned n = 0, shown = 0;
	struct text t = text_in(names, NAMES_SIZE);

	for (int nr = 0; nr < LINT_CALLS; nr++) {
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

static void check_ways(struct linter *l)
{
	char names[NAMES_SIZE];
	uint64_t loads = 0;
	unsigned n;

	for (int way = 0; way < NWAYS; way++)
		for (int nr = 0; nr < LINT_CALLS; nr++)
			loads |= l->reach[way][nr].loads;
	n = name_calls(l, WAY_I386, lint_may_pass, names);
	if (n && !(loads & LINT_ARCH))
		lint_add(l, RULE_NO_ARCH, NULL, "%u calls pass by int 0x80: %s",
			n, names);
	else if (n && l->arch != ARCH_COMPAT)
		lint_add(l, RULE_I386, NULL, "%u calls pass by int 0x80: %s", n,
			names);
	n = name_calls(l, WAY_X32, lint_may_pass, names);
	if (n)
		lint_add(l, RULE_X32, NULL,
			"%u calls pass with bit 30 in the number: %s", n,
			names);
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

static void check_actions(struct linter *l)
{
	static const struct {
		enum lint_id id;
		bool (*test)(const struct bpf_reach *);
	} checks[] = {
		{ RULE_KILL_THREAD, kills_thread },
		{ RULE_TRACE, traces },
		{ RULE_NOTIFY, notifies },
	};
	char names[NAMES_SIZE];

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		unsigned n = name_calls(l, WAY_HOME, checks[i].test, names);

		if (n)
			lint_add(l, checks[i].id, NULL, "%u of %d numbers: %s",
				n, LINT_CALLS, names);
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
		for (int nr = 0; nr < LINT_CALLS; nr++)
			bpf_reach(l->bpf->insns, l->bpf->ninsns, ways[way].arch,
				nr | ways[way].bit, &l->reach[way][nr]);
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
	check_ways(&l);
	check_open(&l);
	rank_check(&l);
	lint_check_arguments(&l);
	check_actions(&l);
	lint_check_needs(&l);
	lint_check_rules(&l);
	lint_check_rights(&l);
	lint_check_built(&l);
	ask_end(&l.asker);
}
