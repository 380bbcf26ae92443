/* SPDX-License-Identifier: MIT */
/*
 * read_minijail.c: reads minijail policies, seccomp_policy(5), as minijail's
 * compile_seccomp_policy.py and libminijail do. Read are statements that mean
 * the same to both. What neither names dies as a thread (RET_KILL), or by
 * @default. Neither looks at the x32 bit: @default decides, and in a denylist
 * such numbers pass.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/read_minijail.h"
#include "sys/failure.h"

#define MAX_NAMES 512

static const struct {
	const char *word;
	uint32_t action;
	bool by_default; /* takes part in @default */
} actions[] = {
	{ "allow", SCMP_ACT_ALLOW, false },
	{ "1", SCMP_ACT_ALLOW, false },
	{ "kill", SCMP_ACT_KILL_THREAD, true },
	{ "kill-thread", SCMP_ACT_KILL_THREAD, true },
	{ "kill-process", SCMP_ACT_KILL_PROCESS, true },
	{ "trap", SCMP_ACT_TRAP, true },
	{ "trace", SCMP_ACT_TRACE(0), false },
	{ "log", SCMP_ACT_LOG, false },
	{ "user-notify", SCMP_ACT_NOTIFY, true },
};

#define NACTIONS (sizeof(actions) / sizeof(*actions))

static int read_errno(struct policy *r, uint32_t *action)
{
	const char *at = r->at;
	uint64_t value = 0;
	char word[40];

	if (policy_word(r, word, sizeof(word), "an errno"))
		return -1;
	if (word[0] == 'E') {
		for (value = 1; value < 4096; value++) {
			const char *name = strerrorname_np((int)value);

			if (name && !strcmp(name, word))
				break;
		}
		if (value == 4096)
			return policy_fail(r, "%s is not an errno", word);
	} else {
		r->at = at;
		if (policy_value(r, &value))
			return -1;
	}
	if (value > 0xffff)
		return policy_fail(
			r, "expected an errno: 0 to 65535, or EPERM");
	/* The kernel's highest (MAX_ERRNO) is what it takes more for. */
	*action = SCMP_ACT_ERRNO(value < 4095 ? (uint32_t)value : 4095);
	return 0;
}

static int read_action(struct policy *r, bool by_default, uint32_t *action)
{
	char word[40];

	if (policy_word(r, word, sizeof(word), "an action"))
		return -1;
	if (!strcmp(word, "return") && !by_default)
		return read_errno(r, action);
	if (r->deny)
		return policy_fail(r,
			"expected a return: a denylist answers with an errno");
	for (size_t i = 0; i < NACTIONS; i++)
		if (!strcmp(actions[i].word, word) &&
			(actions[i].by_default || !by_default)) {
			*action = actions[i].action;
			return 0;
		}
	if (!by_default && word[0] && !word[strspn(word, "0123456789")])
		return policy_fail(r,
			"%s is not an action: a file of numbers is what "
			"@frequency names, and no policy",
			word);
	return policy_fail(r, "%s is not an action%s", word,
		by_default ? " that @default takes" : "");
}

/* As minijail names the architectures of this machine. */
#define NATIVE "x86_64"
#define COMPAT "x86"

struct arches {
	bool said, native, compat;
};

struct statement {
	unsigned n;
	struct profile_rule names[MAX_NAMES];
};

static int add_clauses(struct policy *r, const struct statement *s,
	uint32_t action, const struct policy_expr *e)
{
	for (unsigned i = 0; i < s->n; i++)
		for (unsigned k = 0; k < e->n; k++) {
			struct profile_rule rule = s->names[i];

			rule.action = action;
			rule.nargs = e->clauses[k].n;
			memcpy(rule.args, e->clauses[k].args,
				rule.nargs * sizeof(*rule.args));
			if (policy_add(r, &rule))
				return -1;
		}
	return 0;
}

/* Libminijail's own parser, unlike the compiler, refuses behind a bare
 * "; return" what does not match. */
static void say_bare(const struct policy *r)
{
	if (!profile_said(r->where))
		failure_say(
			"%s:%d: \"expression; return\" is read as "
			"compile_seccomp_policy.py has it: what matches is "
			"refused; to libminijail it is what does not match; "
			"{ expression; return } means one thing to both",
			r->where, r->line);
}

/* The action of an expression. */
static int read_answer(struct policy *r, bool braces, uint32_t *action)
{
	*action = SCMP_ACT_ALLOW;
	if (!policy_take(r, ";")) {
		if (r->deny)
			return policy_fail(r,
				"in a denylist an expression needs a return");
		return 0;
	}
	if (!braces)
		say_bare(r);
	return read_action(r, false, action);
}

static int read_filter(struct policy *r, struct statement *s, bool braces)
{
	struct policy_clause always = { 0 };
	const struct policy_expr all = { 1, &always };
	uint32_t action;

	if (policy_peek(r) == 'a' && r->end - r->at > 3 && r->at[2] == 'g') {
		if (policy_expr(r, r->expr) || read_answer(r, braces, &action))
			return -1;
		return add_clauses(r, s, action, r->expr);
	}
	if (read_action(r, false, &action))
		return -1;
	return add_clauses(r, s, action, &all);
}

/* "arch=x86_64,arm": one pair of what stands in brackets. */
static int read_pair(struct policy *r, struct arches *a)
{
	char key[40], value[40];
	bool arch;

	if (policy_word(r, key, sizeof(key), "a key, as arch"))
		return -1;
	arch = !strcmp(key, "arch");
	if (arch && a->said)
		return policy_fail(r, "arch= is said twice");
	a->said = a->said || arch;
	if (!policy_take(r, "="))
		return policy_fail(r, "expected =");
	do {
		if (policy_word(r, value, sizeof(value), "a value"))
			return -1;
		a->native = a->native || (arch && !strcmp(value, NATIVE));
		a->compat = a->compat || (arch && !strcmp(value, COMPAT));
	} while (policy_take(r, ","));
	return 0;
}

/* "[arch=x86_64,arm; ...]" behind a name: nothing but arch= means anything to
 * minijail's compiler. HERE: whether the name is one of this machine's
 * statement. What tells programs of both architectures apart is read as for
 * the machine's own. */
static int read_metadata(struct policy *r, bool *here)
{
	struct arches a = { 0 };
	struct profile *p = r->p;

	*here = true;
	if (!policy_take(r, "["))
		return 0;
	do
		if (read_pair(r, &a))
			return -1;
	while (policy_take(r, ";"));
	if (!policy_take(r, "]"))
		return policy_fail(r, "expected , ; or ]");
	*here = !a.said || a.native;
	if (!a.said || a.native == a.compat || p->narches)
		return 0;
	profile_add_arch(p, seccomp_arch_native());
	p->of_arches = (struct profile_place){ r->line, 1 };
	if (!profile_said(r->where))
		failure_say("%s:%d: [arch=] tells " NATIVE " and " COMPAT
			    " apart: the policy is read as for " NATIVE,
			r->where, r->line);
	return 0;
}

static int read_name(struct policy *r, struct statement *s)
{
	struct profile_rule *rule = &s->names[s->n];
	const char *at;
	bool here;

	if (s->n == MAX_NAMES)
		return policy_fail(r, "more than %d names", MAX_NAMES);
	policy_peek(r);
	rule->line = r->line;
	rule->file = r->file;
	rule->column = (int)(r->at - r->line_at) + 1;
	if (policy_word(r, rule->name, sizeof(rule->name),
		    "the name of a system call"))
		return -1;
	at = r->at;
	if (read_metadata(r, &here))
		return -1;
	if (!here)
		return 0;
	if (!profile_knows_call(rule->name)) {
		r->at = at;
		return policy_fail(r,
			"%s is not the name of a system call known here",
			rule->name);
	}
	s->n++;
	return 0;
}

static int read_statement(struct policy *r)
{
	static struct statement s;
	bool braces = policy_take(r, "{");

	s.n = 0;
	do
		if (read_name(r, &s))
			return -1;
	while (braces && policy_take(r, ","));
	if (braces && !policy_take(r, "}"))
		return policy_fail(r, "expected , or }");
	if (!policy_take(r, ":"))
		return policy_fail(r, "expected :");
	braces = policy_take(r, "{");
	do
		if (read_filter(r, &s, braces))
			return -1;
	while (braces && policy_take(r, ","));
	if (braces && !policy_take(r, "}"))
		return policy_fail(r, "expected , or }");
	return 0;
}

static int read_directive(struct policy *r)
{
	struct profile *p = r->p;
	char word[16];

	if (policy_word(r, word, sizeof(word), "a directive"))
		return -1;
	if (!strcmp(word, "include"))
		return policy_include(r);
	if (!strcmp(word, "frequency")) { /* speed alone */
		while (policy_peek(r) != '\n')
			r->at++;
		return 0;
	}
	if (p->nrules && !strcmp(word, "denylist"))
		return policy_fail(r, "@%s comes before the rules", word);
	if (r->deny || (p->of_default.line && !strcmp(word, "denylist")))
		return policy_fail(r, "a denylist has no other default action");
	p->of_default = (struct profile_place){ r->line,
		(int)(r->at - r->line_at) - (int)strlen(word) };
	if (!strcmp(word, "denylist")) {
		r->deny = true;
		p->default_action = SCMP_ACT_ALLOW;
		return 0;
	}
	if (!strcmp(word, "default"))
		return read_action(r, true, &p->default_action);
	return policy_fail(r,
		"@%s is no directive: @include, @default, @denylist, "
		"@frequency",
		word);
}

int policy_lines(struct policy *r)
{
	while (r->at < r->end) {
		int ret = 0;

		if (policy_peek(r) != '\n')
			ret = policy_take(r, "@") ? read_directive(r)
						  : read_statement(r);
		if (ret)
			return ret;
		if (policy_peek(r) != '\n')
			return policy_fail(r, "expected the end of the line");
		if (r->at < r->end)
			r->line_at = ++r->at;
		r->line++;
	}
	return 0;
}

int policy_read(struct profile *p, const char *text, size_t size, bool files,
	struct profile_error *err)
{
	struct policy_expr expr = { 0 };
	unsigned included = 0;
	struct policy r = {
		.p = p,
		.err = err,
		.where = p->where,
		.at = text,
		.line_at = text,
		.end = text + size,
		.line = 1,
		.files = files,
		.included = &included,
		.expr = &expr,
	};
	int ret;

	p->default_action = SCMP_ACT_KILL_THREAD;
	p->x32_default = true;
	ret = policy_lines(&r) || policy_settle(&r) ? -1 : 0;
	free(expr.clauses);
	return ret;
}
