/* SPDX-License-Identifier: MIT */
/*
 * read_kafel.c: policies in kafel's language, github.com/google/kafel, as
 * nsjail takes them: its README.md and src/parser.y. The first rule that takes
 * a call decides. What is compiled is for one architecture, by the whole
 * number, so that x32's numbers meet the default.
 */
#include "profile/read_kafel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"

bool kafel_is(const char *text, size_t size)
{
	static const char *const words[] = { "POLICY", "USE", "DEFAULT",
		"ALLOW", "KILL", "DENY", "LOG", "ERRNO", "TRAP", "TRACE",
		"USER_NOTIF", "KILL_PROCESS", "KILL_THREAD", "#define",
		"#include \"" };
	struct kafel k = { .r = { .at = text, .end = text + size } };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (kafel_take(&k, words[i]))
			return true;
	return false;
}

int kafel_expect(struct kafel *k, const char *token)
{
	return kafel_take(k, token) ? 0
				    : policy_fail(&k->r, "expected %s", token);
}

/* "(5)" behind the word of an action. */
static int read_data(struct kafel *k, uint64_t *data)
{
	if (kafel_expect(k, "(") || kafel_number(k, data))
		return -1;
	if (*data > 0xffff)
		return policy_fail(&k->r, "expected 0 to 65535");
	return kafel_expect(k, ")");
}

/* 1: no action comes next. */
static int read_action(struct kafel *k, uint32_t *action)
{
	static const struct {
		const char *word;
		uint32_t action;
		bool data;
	} actions[] = { { "ALLOW", SCMP_ACT_ALLOW, false },
		{ "LOG", SCMP_ACT_LOG, false },
		{ "KILL", SCMP_ACT_KILL_THREAD, false },
		{ "KILL_THREAD", SCMP_ACT_KILL_THREAD, false },
		{ "DENY", SCMP_ACT_KILL_THREAD, false },
		{ "KILL_PROCESS", SCMP_ACT_KILL_PROCESS, false },
		{ "USER_NOTIF", SCMP_ACT_NOTIFY, false },
		{ "ERRNO", SCMP_ACT_ERRNO(0), true },
		{ "TRAP", SCMP_ACT_TRAP, true },
		{ "TRACE", SCMP_ACT_TRACE(0), true } };
	uint64_t data = 0;
	size_t i = 0;

	while (i < sizeof(actions) / sizeof(*actions) &&
		!kafel_take(k, actions[i].word))
		i++;
	if (i == sizeof(actions) / sizeof(*actions))
		return 1;
	if (actions[i].data && read_data(k, &data))
		return -1;
	if (data && actions[i].action == SCMP_ACT_TRAP)
		return policy_fail(&k->r,
			"a TRAP is read with 0 alone: libseccomp has no words "
			"for its data");
	/* The kernel's highest errno is what it takes more for. */
	if (actions[i].action == SCMP_ACT_ERRNO(0) && data > 4095)
		data = 4095;
	*action = actions[i].action | (uint32_t)data;
	return 0;
}

static int read_block(struct kafel *k, uint32_t action)
{
	if (kafel_expect(k, "{"))
		return -1;
	if (kafel_take(k, "}"))
		return 0;
	do
		if (kafel_rule(k, action))
			return -1;
	while (kafel_take(k, ","));
	return kafel_take(k, "}") ? 0 : policy_fail(&k->r, "expected , or }");
}

static int read_statements(struct kafel *k);

/* As if the body of the policy stood here. */
static int use(struct kafel *k)
{
	char word[KAFEL_WORD];
	struct kafel_place back;
	size_t i = 0;
	int ret;

	if (kafel_word(k, word, "the name of a policy"))
		return -1;
	while (i < k->npolicies && strcmp(k->policies[i].name, word) != 0)
		i++;
	if (i == k->npolicies)
		return policy_fail(&k->r, "%s is no policy above", word);
	if (k->dry)
		return 0;
	if (k->level == KAFEL_NESTING || ++k->uses > 256)
		return policy_fail(&k->r, "too many USE");
	back = kafel_here(k);
	k->level++;
	kafel_go(k, &k->policies[i].body);
	ret = read_statements(k);
	k->level--;
	if (!ret)
		kafel_go(k, &back);
	return ret;
}

/* Behind the bracket of a policy, to that which closes it. */
static int read_statements(struct kafel *k)
{
	uint32_t action = 0;

	while (!kafel_take(k, "}")) {
		int ret;

		if (kafel_take(k, "USE")) {
			ret = use(k);
		} else {
			ret = read_action(k, &action);
			if (ret == 1)
				return policy_fail(
					&k->r, "expected an action, USE or }");
			ret = ret ? ret : read_block(k, action);
		}
		if (ret)
			return ret;
		kafel_take(k, ",");
	}
	return 0;
}

static int define_policy(struct kafel *k)
{
	char word[KAFEL_WORD];
	int ret;

	if (kafel_word(k, word, "the name of a policy"))
		return -1;
	for (size_t i = 0; i < k->npolicies; i++)
		if (!strcmp(k->policies[i].name, word))
			return policy_fail(&k->r, "%s is said twice", word);
	if (k->npolicies == KAFEL_NAMES)
		return policy_fail(&k->r, "more than %d policies", KAFEL_NAMES);
	if (kafel_expect(k, "{"))
		return -1;
	strcpy(k->policies[k->npolicies].name, word);
	k->policies[k->npolicies].body = kafel_here(k);
	k->dry = true;
	ret = read_statements(k);
	k->dry = false;
	k->npolicies++;
	return ret;
}

static int define_constant(struct kafel *k)
{
	char word[KAFEL_WORD];
	uint64_t value;

	if (kafel_word(k, word, "the name of a constant") ||
		kafel_number(k, &value))
		return -1;
	for (size_t i = 0; i < k->nconstants; i++)
		if (!strcmp(k->constants[i].name, word))
			return k->constants[i].value == value
				       ? 0
				       : policy_fail(&k->r,
						 "%s had another value", word);
	if (k->nconstants == KAFEL_CONSTANTS)
		return policy_fail(
			&k->r, "more than %d constants", KAFEL_CONSTANTS);
	strcpy(k->constants[k->nconstants].name, word);
	k->constants[k->nconstants++].value = value;
	return 0;
}

static int read_default(struct kafel *k)
{
	int ret;

	if (k->defaulted)
		return policy_fail(&k->r, "DEFAULT is said twice");
	k->defaulted = true;
	if (!k->r.file)
		k->r.p->of_default = (struct profile_place){ k->r.line,
			(int)(k->r.at - k->r.line_at) - 6 };
	ret = read_action(k, &k->r.p->default_action);
	return ret == 1 ? policy_fail(&k->r, "expected an action") : ret;
}

static int read_statement(struct kafel *k)
{
	uint32_t action = 0;
	int ret;

	if (kafel_take(k, "POLICY"))
		return define_policy(k);
	if (kafel_take(k, "USE"))
		return use(k);
	if (kafel_take(k, "DEFAULT"))
		return read_default(k);
	if (kafel_take(k, "#"))
		return kafel_expect(k, "define") || define_constant(k) ? -1 : 0;
	ret = read_action(k, &action);
	if (ret == 1)
		return policy_fail(&k->r,
			"expected POLICY, USE, DEFAULT, #define or an action");
	return ret || read_block(k, action) ? -1 : 0;
}

int kafel_read(struct profile *p, const char *text, size_t size, bool files,
	struct profile_error *err)
{
	struct kafel *k = calloc(1, sizeof(*k));
	int ret = 0;

	if (!k)
		return profile_refuse(p, (struct profile_place){ 0 }, NULL,
			"out of memory", err);
	k->r = (struct policy){ .p = p,
		.err = err,
		.files = files,
		.where = p->where,
		.at = text,
		.line_at = text,
		.end = text + size,
		.line = 1 };
	p->default_action = SCMP_ACT_KILL_THREAD;
	p->x32_default = true;
	profile_add_arch(p, seccomp_arch_native());
	while (!ret && kafel_peek(k)) {
		ret = read_statement(k);
		kafel_take(k, ",");
	}
	if (!ret)
		ret = k->failed ? -1 : policy_settle(&k->r);
	kafel_end_sources(k);
	free(k);
	return ret;
}
