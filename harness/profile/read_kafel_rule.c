/* SPDX-License-Identifier: MIT */
/* read_kafel_rule.c: one rule of a policy in kafel's language: the call, the
 * architectures it is for, and its conditions. */
#include "profile/read_kafel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"

/* A call by its number. */
static int read_number(struct kafel *k, struct profile_rule *rule)
{
	uint64_t nr;

	if (kafel_number(k, &nr))
		return -1;
	if (nr > INT16_MAX)
		return policy_fail(&k->r, "expected a number up to 32767");
	k->args.n = 0;
	calls_name(SCMP_ARCH_X86_64, (int)nr, rule->name, sizeof(rule->name));
	return 0;
}

/* 1: no such call is known here, and its name is NAME. */
static int read_call(struct kafel *k, struct profile_rule *rule)
{
	char word[KAFEL_WORD];
	const char *at;

	kafel_peek(k);
	rule->line = k->r.line;
	rule->file = k->r.file;
	rule->column = (int)(k->r.at - k->r.line_at) + 1;
	if (kafel_take(k, "SYSCALL"))
		return kafel_expect(k, "[") || read_number(k, rule) ||
				       kafel_expect(k, "]")
			       ? -1
			       : 0;
	at = k->r.at;
	if (kafel_word(k, word, "the name of a system call"))
		return -1;
	for (size_t i = 0; i < k->nconstants; i++)
		if (!strcmp(k->constants[i].name, word)) {
			k->r.at = at;
			return read_number(k, rule);
		}
	return kafel_call(k, word, rule->name) ? 0 : 1;
}

/* "(name, ...)": arguments by names of the policy's own, of 64 bits. */
static int read_args(struct kafel *k)
{
	if (!kafel_take(k, "("))
		return 0;
	k->args.n = 0;
	if (kafel_take(k, ")"))
		return 0;
	do {
		if (k->args.n == PROFILE_ARGS)
			return policy_fail(&k->r, "more than six arguments");
		if (kafel_word(k, k->args.of[k->args.n].name,
			    "the name of an argument"))
			return -1;
		k->args.of[k->args.n++].bytes = 8;
	} while (kafel_take(k, ","));
	return kafel_expect(k, ")");
}

struct adding {
	struct kafel *k;
	struct profile_rule rule;
};

/* A rule behind one that takes each such call says nothing. */
static bool is_decided(const struct profile *p, const char *name)
{
	for (size_t i = 0; i < p->nrules; i++)
		if (!p->rules[i].nargs && !strcmp(p->rules[i].name, name))
			return true;
	return false;
}

static int add_rule(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	const struct adding *a = to;
	struct profile_rule rule = a->rule;

	rule.nargs = n;
	if (n)
		memcpy(rule.args, args, n * sizeof(*args));
	if (a->k->dry || is_decided(a->k->r.p, rule.name))
		return 0;
	return policy_add(&a->k->r, &rule);
}

static int add_clauses(struct kafel *k, const struct profile_rule *rule,
	const struct kafel_clauses *c)
{
	struct adding a = { k, *rule };
	int ret = 0;

	for (unsigned i = 0; i < c->n && !ret; i++) {
		ret = narrow(c->list[i].list, c->list[i].n, add_rule, &a);
		if (ret < -1)
			policy_fail(&k->r, "%s",
				ret == -E2BIG ? "more alternatives than are "
						"read"
					      : "out of memory");
	}
	return ret ? -1 : 0;
}

/* The name of an architecture. OURS is set where it is that of this machine. */
static int read_guard_name(struct kafel *k, bool *ours)
{
	static const char *const names[] = { "x86_64", "x86", "x32", "i386",
		"arm", "aarch64", "mips", "mipso32", "mips64", "riscv64",
		"s390x", "m68k" };
	char word[KAFEL_WORD];
	const char *at;

	kafel_peek(k);
	at = k->r.at;
	if (kafel_word(k, word, "the name of an architecture"))
		return -1;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], word)) {
			*ours = *ours || i == 0;
			return 0;
		}
	k->r.at = at;
	return policy_fail(&k->r,
		"%s is no architecture known here: x86_64, x86, arm, aarch64 "
		"and the like",
		word);
}

/* "ON x86_64", "ON {x86, arm}". OURS: the rule is for this machine. */
static int read_guard(struct kafel *k, bool *ours)
{
	*ours = !kafel_take(k, "ON");
	if (*ours)
		return 0;
	if (!kafel_take(k, "{"))
		return read_guard_name(k, ours);
	do
		if (read_guard_name(k, ours))
			return -1;
	while (kafel_take(k, ","));
	return kafel_expect(k, "}");
}

/* What a rule for others says of arguments: of a call that may not be known. */
static int skip_condition(struct kafel *k)
{
	if (!kafel_take(k, "{"))
		return 0;
	while (kafel_peek(k) && *k->r.at != '}')
		k->r.at++;
	return kafel_expect(k, "}");
}

int kafel_rule(struct kafel *k, uint32_t action)
{
	struct profile_rule rule = { .action = action };
	struct kafel_clauses c = { 0 };
	struct kafel_place at;
	struct adding a;
	bool ours = true;
	int known, ret;

	kafel_peek(k);
	at = kafel_here(k);
	known = read_call(k, &rule);
	if (known < 0 || read_args(k) || read_guard(k, &ours))
		return -1;
	if (!ours)
		return skip_condition(k);
	if (known == 1) {
		kafel_go(k, &at);
		return policy_fail(&k->r,
			"%s is not the name of a system call known here",
			rule.name);
	}
	a = (struct adding){ k, rule };
	if (!kafel_take(k, "{"))
		return add_rule(&a, NULL, 0);
	if (kafel_take(k, "}"))
		return add_rule(&a, NULL, 0);
	ret = kafel_expr(k, &c);
	if (!ret)
		ret = add_clauses(k, &rule, &c);
	free(c.list);
	return ret ? -1 : kafel_expect(k, "}");
}
