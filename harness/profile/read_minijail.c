/* SPDX-License-Identifier: MIT */
/*
 * read_minijail.c: reads minijail policies, seccomp_policy(5), as minijail's
 * compile_seccomp_policy.py and libminijail do. Read are statements that mean
 * the same to both. What neither names dies as a thread (RET_KILL), or by
 * @default. Neither looks at the x32 bit: @default decides, and in a denylist
 * such numbers pass.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profile/read_minijail.h"

#define MAX_NAMES 512
#define MAX_FILES 16
#define MAX_SIZE  (1 << 20)
#define MAX_RULES 4096

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
	} else {
		r->at = at;
		if (policy_value(r, &value))
			return -1;
	}
	if (value > 4095)
		return policy_fail(r, "expected an errno: 0 to 4095, or EPERM");
	*action = SCMP_ACT_ERRNO((uint32_t)value);
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
	return policy_fail(r, "%s is not an action%s", word,
		by_default ? " that @default takes" : "");
}

/* A second statement on a call must say what the first began: rules are in no
 * order, as libseccomp has them. */
static int add_rule(struct policy *r, const struct profile_rule *rule)
{
	const struct profile *p = r->p;

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *old = &p->rules[i];

		if (!strcmp(old->name, rule->name) && !old->nargs &&
			!rule->nargs && old->action == rule->action)
			return 0; /* said again */
		if (!strcmp(old->name, rule->name) &&
			(old->action != rule->action || !old->nargs ||
				!rule->nargs))
			return policy_fail(r,
				"%s: line %d has said something else of it",
				rule->name, old->line);
	}
	if (p->nrules == MAX_RULES)
		return policy_fail(r, "more than %d rules", MAX_RULES);
	if (profile_add_rule(r->p, rule))
		return policy_fail(r, "out of memory");
	return 0;
}

struct statement {
	unsigned n;
	struct profile_rule names[MAX_NAMES];
	bool said;
	uint32_t action; /* of all its expressions */
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
				sizeof(rule.args));
			if (add_rule(r, &rule))
				return -1;
		}
	return 0;
}

/* The action of an expression. Behind a bare "; return" libminijail refuses
 * what does not match, the Python compiler what does. */
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
		return policy_fail(r,
			"\"expression; action\" means one thing to libminijail "
			"and another to compile_seccomp_policy.py; write "
			"{ expression; action }");
	return read_action(r, false, action);
}

static int read_filter(struct policy *r, struct statement *s, bool braces)
{
	static struct policy_expr e;
	uint32_t action;

	if (policy_peek(r) == 'a' && r->end - r->at > 3 && r->at[2] == 'g') {
		if (policy_expr(r, &e) || read_answer(r, braces, &action))
			return -1;
		if (s->said && action != s->action)
			return policy_fail(r,
				"one action for the expressions of a call, as "
				"libseccomp keeps no order");
		s->said = true;
		s->action = action;
		return add_clauses(r, s, action, &e);
	}
	if (read_action(r, false, &action))
		return -1;
	if (s->said) {
		/* The last word on what no expression took. */
		if (action == r->p->default_action)
			return 0;
		return policy_fail(r, "behind expressions, the default action "
				      "alone can be said");
	}
	e.n = 1;
	e.clauses[0].n = 0;
	return add_clauses(r, s, action, &e);
}

static int read_name(struct policy *r, struct statement *s)
{
	struct profile_rule *rule = &s->names[s->n];

	if (s->n == MAX_NAMES)
		return policy_fail(r, "more than %d names", MAX_NAMES);
	policy_peek(r);
	rule->line = r->line;
	rule->column = (int)(r->at - r->line_at) + 1;
	if (policy_word(r, rule->name, sizeof(rule->name),
		    "the name of a system call"))
		return -1;
	if (!profile_knows_call(rule->name))
		return policy_fail(r,
			"%s is not the name of a system call known here",
			rule->name);
	if (policy_peek(r) == '[')
		return policy_fail(r, "[metadata] is not read here");
	s->n++;
	return 0;
}

static int read_statement(struct policy *r)
{
	static struct statement s;
	bool braces = policy_take(r, "{");

	s.n = 0;
	s.said = false;
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

/* The file lies beside the policy, and is one: a stranger's policy must not
 * reach for anything else. NULL, and the error. */
static char *read_beside(struct policy *r, const char *name, size_t *size)
{
	const char *slash = strrchr(r->p->where, '/');
	char path[512], *text = NULL;
	struct stat st;
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "%.*s/%s",
		slash ? (int)(slash - r->p->where) : 1,
		slash ? r->p->where : ".", name);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) &&
		st.st_size <= MAX_SIZE)
		text = malloc(MAX_SIZE);
	if (text)
		n = read(fd, text, MAX_SIZE);
	if (fd >= 0)
		close(fd);
	if (n >= 0) {
		*size = (size_t)n;
		return text;
	}
	free(text);
	policy_fail(r, "%s: no regular file of at most 1 MiB", name);
	return NULL;
}

static int read_lines(struct policy *r);

static int read_include(struct policy *r)
{
	struct policy in = *r;
	char name[64], *text;
	size_t n = 0;
	int ret;

	policy_take(r, "./");
	policy_peek(r);
	while (n < sizeof(name) - 1 && r->at + n < r->end &&
		!strchr(" \t\r\n#/", r->at[n]) && r->at[n])
		n++;
	memcpy(name, r->at, n);
	name[n] = '\0';
	if (!n || name[0] == '.' || (r->at + n < r->end && r->at[n] == '/'))
		return policy_fail(
			r, "@include takes a file in the same directory");
	if (!r->files || r->level || r->included++ == MAX_FILES)
		return policy_fail(r, !r->files	 ? "@include needs a file"
				      : r->level ? "@include inside of @include"
						 : "more than 16 files");
	text = read_beside(r, name, &n);
	if (!text)
		return -1;
	r->at += strlen(name);
	in.where = name;
	in.level = 1;
	in.at = in.line_at = text;
	in.end = text + n;
	in.line = 1;
	ret = read_lines(&in);
	r->deny = in.deny;
	free(text);
	return ret;
}

static int read_directive(struct policy *r)
{
	struct profile *p = r->p;
	char word[16];

	if (policy_word(r, word, sizeof(word), "a directive"))
		return -1;
	if (!strcmp(word, "include"))
		return read_include(r);
	if (!strcmp(word, "frequency")) { /* speed alone */
		while (policy_peek(r) != '\n')
			r->at++;
		return 0;
	}
	if (p->nrules)
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

static int read_lines(struct policy *r)
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
	struct policy r = {
		.p = p,
		.err = err,
		.where = p->where,
		.at = text,
		.line_at = text,
		.end = text + size,
		.line = 1,
		.files = files,
	};

	p->default_action = SCMP_ACT_KILL_THREAD;
	p->x32_default = true;
	return read_lines(&r);
}
