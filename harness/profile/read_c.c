/* SPDX-License-Identifier: MIT */
/* read_c.c: the C code for libseccomp, read back as what it makes of a filter.
 */
#include "profile/read_c.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "profile/rules.h"

#define BEGINS "#include <errno.h>\n#include <seccomp.h>\n"
#define LINE   1024

bool code_is(const char *text, size_t size)
{
	return size > strlen(BEGINS) && !memcmp(text, BEGINS, strlen(BEGINS));
}

/* "SCMP_ACT_ERRNO(5)". What stands behind it, or NULL. */
static const char *action(const char *s, uint32_t *value)
{
	char word[40];
	unsigned data;
	int n = 0;

	if (sscanf(s, "%39[A-Z_]%n", word, &n) != 1 ||
		!profile_value(WORDS_ACTIONS, word, value))
		return NULL;
	s += n;
	if (*s != '(')
		return s;
	n = 0;
	if (sscanf(s, "(%u)%n", &data, &n) != 1 || !n)
		return NULL;
	*value |= data;
	return s + n;
}

/* "{ 1, SCMP_CMP_EQ, UINT64_C(2), UINT64_C(0) }" */
static const char *argument(const char *s, struct scmp_arg_cmp *a)
{
	char word[40];
	uint32_t op;
	int n = 0;

	if (sscanf(s,
		    "{ %u, %39[A-Z_], UINT64_C(%" SCNu64 "), UINT64_C(%" SCNu64
		    ") }%n",
		    &a->arg, word, &a->datum_a, &a->datum_b, &n) != 4 ||
		!n || !profile_value(WORDS_OPERATORS, word, &op))
		return NULL;
	a->op = (enum scmp_compare)op;
	return s + n;
}

/* A line of the table. False: it is none. */
static bool rule_of(const char *s, struct profile_rule *rule)
{
	int n = 0;

	if (sscanf(s, "\t{ \"%63[a-z0-9_]\", %n", rule->name, &n) != 1 || !n)
		return false;
	s = action(s + n, &rule->action);
	n = 0;
	if (!s || sscanf(s, ", %u%n", &rule->nargs, &n) != 1 || !n ||
		rule->nargs > PROFILE_ARGS)
		return false;
	s += n;
	for (unsigned i = 0; i < rule->nargs; i++) {
		if (strncmp(s, i ? ", " : ", { ", i ? 2 : 4) != 0)
			return false;
		s = argument(s + (i ? 2 : 4), &rule->args[i]);
		if (!s)
			return false;
	}
	return !strcmp(s, rule->nargs ? " } }," : " },");
}

/* A line of the function. */
static void setting(struct profile *p, const char *s, bool *native)
{
	static const char *const attributes[] = { "TSYNC", "LOG", "SSB", "", "",
		"WAITKILL" };
	char word[40];
	uint32_t arch;

	if (sscanf(s, "\tret = seccomp_arch_add(ctx, %39[A-Z0-9_])", word) ==
			1 &&
		profile_value(WORDS_ARCHES, word, &arch))
		profile_add_arch(p, arch);
	if (strstr(s, "seccomp_arch_remove"))
		*native = false;
	if (sscanf(s, "\tret = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_%39[A-Z]",
		    word) == 1)
		for (unsigned i = 0;
			i < sizeof(attributes) / sizeof(*attributes); i++)
			if (!strcmp(attributes[i], word))
				p->flags |= 1u << i;
}

static int read_line(
	struct profile *p, const char *s, int line, bool *table, bool *native)
{
	static const char fills[] = "#define FILTER_DEFAULT ";
	struct profile_rule rule = { .line = line, .column = 1 };

	if (!strcmp(s, "} rules[] = {"))
		*table = true;
	else if (!strcmp(s, "\t{ 0 },"))
		*table = false;
	else if (*table)
		return rule_of(s, &rule) ? profile_add_rule(p, &rule) : -1;
	else if (!strncmp(s, fills, strlen(fills)))
		return action(s + strlen(fills), &p->default_action) ? 0 : -1;
	else
		setting(p, s, native);
	return 0;
}

int code_read(struct profile *p, const char *text, size_t size,
	struct profile_error *err)
{
	bool table = false, native = true;
	char s[LINE];
	int line = 0;

	for (size_t i = 0; i < size;) {
		const char *end = memchr(text + i, '\n', size - i);
		size_t n = end ? (size_t)(end - text) - i : size - i;

		line++;
		if (n >= sizeof(s))
			break;
		memcpy(s, text + i, n);
		s[n] = '\0';
		if (read_line(p, s, line, &table, &native))
			break;
		i += n + 1;
		if (i < size)
			continue;
		/* libseccomp begins with the machine's own. */
		if (native && p->narches)
			profile_add_arch(p, seccomp_arch_native());
		p->by_name = true;
		return 0;
	}
	snprintf(err->text, sizeof(err->text),
		"%s:%d: is not read back as what was to be written", p->where,
		line);
	return -1;
}
