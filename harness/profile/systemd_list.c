/* SPDX-License-Identifier: MIT */
/* systemd_list.c: the calls of a list of systemd's. */
#include "profile/systemd_list.h"

#include <stdio.h>
#include <string.h>

#include "sys/failure.h"

static const struct {
	const char *name, *members;
} sets[] = {
#include "profile/systemd_sets.inc"
};

#define TEXT(n)	   #n
#define AS_TEXT(n) TEXT(n)

#define SET	   8192 /* bytes of its names */
#define DEEP	   8	/* sets in sets */

#define LETTERS                                                                \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

struct list {
	struct profile *p;
	const struct systemd_at *at;
	int error;
	bool keep;
	char *why;
};

struct profile_rule *systemd_find(struct profile *p, const char *name)
{
	for (size_t i = 0; i < p->nrules; i++)
		if (!strcmp(p->rules[i].name, name))
			return &p->rules[i];
	return NULL;
}

static int fail(const struct list *l, const char *word, const char *why)
{
	snprintf(l->why, SYSTEMD_WHY, "%.60s: %s", word, why);
	return -1;
}

static int put(const struct list *l, const char *name)
{
	struct profile_rule *old = systemd_find(l->p, name);
	struct profile_rule rule = {
		.action = (uint32_t)l->error,
		.line = l->at->line,
		.column = 1,
		.file = l->at->file,
	};

	if (!l->keep) {
		if (old)
			*old = l->p->rules[--l->p->nrules];
		return 0;
	}
	if (old) {
		old->action = (uint32_t)l->error;
		return 0;
	}
	if (strlen(name) >= sizeof(rule.name))
		return fail(l, name, "no system call has so long a name");
	strcpy(rule.name, name);
	return profile_add_rule(l->p, &rule) ? fail(l, name, "out of memory")
					     : 0;
}

static int put_word(const struct list *l, const char *word, int deep);

static int put_set(const struct list *l, const char *set, int deep)
{
	char members[SET], *rest = NULL, *word;
	size_t i = 0;
	int ret = 0;

	while (i < sizeof(sets) / sizeof(*sets) &&
		strcmp(sets[i].name, set) != 0)
		i++;
	if (i == sizeof(sets) / sizeof(*sets))
		return fail(l, set,
			"no such set in systemd " AS_TEXT(SYSTEMD_SETS));
	if (deep == DEEP)
		return fail(l, set, "too many sets in sets");
	snprintf(members, sizeof(members), "%s", sets[i].members);
	for (word = strtok_r(members, " ", &rest); word && !ret;
		word = strtok_r(NULL, " ", &rest))
		ret = put_word(l, word, deep + 1);
	return ret;
}

static int put_word(const struct list *l, const char *word, int deep)
{
	char key[400];

	if (word[0] == '@')
		return put_set(l, word, deep);
	if (word[strspn(word, LETTERS)])
		return fail(l, word,
			"expected names of system calls and sets, a blank "
			"between them");
	if (seccomp_syscall_resolve_name(word) != __NR_SCMP_ERROR)
		return put(l, word);
	/* Of its sets each libseccomp has what it knows. */
	snprintf(key, sizeof(key), "%s %s", l->at->where, word);
	if (!deep && !profile_said(key))
		failure_say("%s:%d: %s: left out, as systemd does: this "
			    "libseccomp does not know it",
			l->at->where, l->at->line, word);
	return 0;
}

int systemd_put(struct profile *p, const struct systemd_at *at,
	const char *word, int error, bool keep, char why[SYSTEMD_WHY])
{
	const struct list l = { p, at, error, keep, why };

	return put_word(&l, word, 0);
}
