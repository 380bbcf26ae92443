/* SPDX-License-Identifier: MIT */
/* runc.c: what runc puts before a profile's filter. */
#include "lint/runc.h"

#include <limits.h>

#include "sys/calls.h"

/*
 * runc puts an answer of its own, ENOSYS, before the filter: for each number
 * above all that the profile names on an architecture that it lists
 * (libcontainer/seccomp/patchbpf). crun does not. The highest of those it
 * names; INT_MAX: there is no such answer.
 */
static int highest_of(const struct linter *l)
{
	const struct profile *p = l->p;
	int highest = -1;
	bool listed = false;

	for (unsigned i = 0; i < p->narches; i++)
		listed = listed || p->arches[i] == l->arch;
	if (!listed || !p->by_name ||
		lint_action(p->default_action) == SECCOMP_RET_TRACE)
		return INT_MAX;
	for (size_t i = 0; i < p->nrules; i++) {
		int nr = seccomp_syscall_resolve_name_arch(
			l->arch, p->rules[i].name);

		if (nr > highest)
			highest = nr;
	}
	return highest;
}

bool runc_answers(const struct linter *l, const char *call)
{
	return calls_number(l->arch, call) > highest_of(l);
}
