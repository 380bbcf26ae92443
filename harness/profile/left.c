/* SPDX-License-Identifier: MIT */
/*
 * left.c: rules that container runtimes leave out: those whose call
 * their libseccomp has no name for. runc: "If we can't resolve the syscall,
 * assume it is not supported by this kernel" (libcontainer/seccomp,
 * matchCall); crun, containers-common and Docker do the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/rules.h"
#include "sys/failure.h"
#include "sys/text.h"

#define SHOWN 64 /* names in the warning */

int profile_leave_out(struct profile *p, struct profile_error *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->nrules; i++) {
		struct profile_rule rule = p->rules[i];

		if (seccomp_syscall_resolve_name(rule.name) !=
			__NR_SCMP_ERROR) {
			p->rules[kept++] = rule;
			continue;
		}
		if (!p->left)
			p->left = calloc(p->nrules - i, sizeof(*p->left));
		if (!p->left)
			return profile_refuse_rule(
				p, &rule, "out of memory", err);
		p->left[p->nleft++] = rule;
	}
	p->nrules = kept;
	return 0;
}

bool profile_said(const char *what)
{
	static char said[16][sizeof(((struct profile *)0)->where) + 16];
	static unsigned n;

	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (!strcmp(said[i], what))
			return true;
	snprintf(said[n++ % 16], sizeof(*said), "%s", what);
	return false;
}

/* The first SHOWN different names, and the number of rules for others. */
static size_t pick_names(
	const struct profile *p, const char *names[SHOWN], size_t *others)
{
	size_t n = 0;

	*others = 0;
	for (size_t i = 0; i < p->nleft; i++) {
		size_t k = 0;

		while (k < n && strcmp(names[k], p->left[i].name) != 0)
			k++;
		if (k < n)
			continue;
		if (n < SHOWN)
			names[n++] = p->left[i].name;
		else
			++*others;
	}
	return n;
}

void profile_say_left(const struct profile *p)
{
	const struct scmp_version *v = seccomp_version();
	const char *names[SHOWN];
	size_t others, n = pick_names(p, names, &others);
	char list[1024];
	struct text t = text_in(list, sizeof(list));

	if (!n || profile_said(p->where))
		return;
	for (size_t i = 0; i < n; i++)
		text_put(&t, "%s%s", i ? ", " : "", names[i]);
	if (others)
		text_put(&t, ", and %zu more", others);
	failure_say("%s: left out, as runc does: %s: this libseccomp "
		    "(%u.%u.%u) does not know %s",
		p->where, list, v->major, v->minor, v->micro,
		n > 1 ? "them" : "it");
}
