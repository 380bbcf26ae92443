/* SPDX-License-Identifier: MIT */
/* read_lxc_line.c: "NAME ACTION [INDEX,VALUE,OP,MASK]..." */
#include "profile/read_lxc_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int lxc_action(const char *text, uint32_t *action, const char **why)
{
	static const struct {
		const char *word;
		uint32_t action;
	} words[] = {
		{ "kill", SCMP_ACT_KILL },
		{ "allow", SCMP_ACT_ALLOW },
		{ "trap", SCMP_ACT_TRAP },
		{ "notify", SCMP_ACT_NOTIFY },
	};
	int error;

	text += strspn(text, " ");
	if (!*text)
		return 0;
	/* Each by its beginning: "killed" is "kill". */
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strncmp(text, words[i].word, strlen(words[i].word))) {
			*action = words[i].action;
			return 0;
		}
	*why = "expected kill, errno N, allow, trap or notify";
	if (strncmp(text, "errno", 5) != 0)
		return -1;
	*why = "expected errno and a number; libseccomp takes 0 to 4094";
	if (sscanf(text + 5, "%d", &error) != 1 || (error & 0xffff) > 4094)
		return -1;
	*action = SCMP_ACT_ERRNO((uint32_t)error & 0xffff);
	return 0;
}

static bool read_operator(const char *word, enum scmp_compare *op)
{
	static const struct {
		const char *name, *sign;
		enum scmp_compare op;
	} ops[] = {
		{ "SCMP_CMP_NE", "!=", SCMP_CMP_NE },
		{ "SCMP_CMP_LT", "<", SCMP_CMP_LT },
		{ "SCMP_CMP_LE", "<=", SCMP_CMP_LE },
		{ "SCMP_CMP_EQ", "==", SCMP_CMP_EQ },
		{ "SCMP_CMP_GE", ">=", SCMP_CMP_GE },
		{ "SCMP_CMP_GT", ">", SCMP_CMP_GT },
		{ "SCMP_CMP_MASKED_EQ", "&=", SCMP_CMP_MASKED_EQ },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (!strcmp(ops[i].name, word) || !strcmp(ops[i].sign, word)) {
			*op = ops[i].op;
			return true;
		}
	return false;
}

/* As its lxc_safe_uint64 in base 0. */
static bool read_value(const char *text, uint64_t *value)
{
	char *end;

	text += strspn(text, " \t\n\v\f\r");
	if (*text == '-')
		return false;
	errno = 0;
	*value = strtoull(text, &end, 0);
	return !errno && end != text && !*end;
}

/* What stands between brackets, KEY being behind the first. */
static bool read_argument(const char *key, struct scmp_arg_cmp *a)
{
	char value[24] = "", op[31] = "", mask[24] = "0";
	uint64_t v, m;
	int index, n;

	n = sscanf(
		key, "%i,%23[^,],%30[^0-9^,],%23[^,]", &index, value, op, mask);
	if (n < 3 || index < 0 || index >= PROFILE_ARGS)
		return false;
	if (!read_operator(op, &a->op) || !read_value(value, &v) ||
		!read_value(mask, &m))
		return false;
	a->arg = (unsigned)index;
	a->datum_a = a->op == SCMP_CMP_MASKED_EQ ? m : v;
	a->datum_b = a->op == SCMP_CMP_MASKED_EQ ? v : 0;
	return true;
}

static bool is_twice(const struct profile_rule *rule)
{
	for (unsigned i = 0; i + 1 < rule->nargs; i++)
		if (rule->args[i].arg == rule->args[rule->nargs - 1].arg)
			return true;
	return false;
}

/* Each part that "]" ends has a "[" in it; behind the sixth LXC looks no
 * more. */
static int read_arguments(
	char *line, struct profile_rule *rule, const char **why)
{
	char *rest = NULL, *open;

	for (char *key = strtok_r(line, "]", &rest);
		key && rule->nargs < PROFILE_ARGS;
		key = strtok_r(NULL, "]", &rest)) {
		const int column = (int)(key - line) + 1;

		open = strchr(key, '[');
		*why = "expected [INDEX,VALUE,OP] or [INDEX,VALUE,&=,MASK], "
		       "and nothing behind the last";
		if (!open ||
			!read_argument(open + 1, &rule->args[rule->nargs++]))
			return open ? (int)(open - line) + 1 : column;
		*why = "this argument is checked twice: libseccomp refuses "
		       "that, and LXC the whole file";
		if (is_twice(rule))
			return (int)(open - line) + 1;
	}
	return 0;
}

int lxc_line(char *line, struct profile_rule *rule, const char **why)
{
	char *blank = strchr(line, ' '), *copy;
	const char *action = blank ? blank + strspn(blank, " ") : "";
	int ret = 0;

	if (*action && *action != '#' && lxc_action(action, &rule->action, why))
		return (int)(action - line) + 1;
	if (strchr(line, '[')) {
		copy = strdup(line);
		*why = "out of memory";
		ret = copy ? read_arguments(copy, rule, why) : 1;
		free(copy);
	}
	if (blank)
		*blank = '\0';
	return ret;
}
