/* SPDX-License-Identifier: MIT */
/* rules.c: a parsed profile: what its readers add, and what is freed. */
#include "profile/rules.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"

bool profile_add_arch(struct profile *p, uint32_t arch)
{
	for (unsigned i = 0; i < p->narches; i++)
		if (p->arches[i] == arch)
			return true;
	if (p->narches == sizeof(p->arches) / sizeof(*p->arches))
		return false;
	p->arches[p->narches++] = arch;
	return true;
}

int profile_add_rule(struct profile *p, const struct profile_rule *rule)
{
	if (p->nrules % 64 == 0) {
		struct profile_rule *rules =
			realloc(p->rules, (p->nrules + 64) * sizeof(*p->rules));

		if (!rules)
			return -ENOMEM;
		p->rules = rules;
	}
	p->rules[p->nrules++] = *rule;
	return 0;
}

const char *profile_rule_file(
	const struct profile *p, const struct profile_rule *rule)
{
	return rule->file && rule->file <= p->nfiles ? p->files[rule->file - 1]
						     : p->where;
}

unsigned profile_add_file(struct profile *p, const char *name)
{
	char **files = realloc(p->files, (p->nfiles + 1) * sizeof(*p->files));

	if (!files)
		return 0;
	p->files = files;
	files[p->nfiles] = strdup(name);
	return files[p->nfiles] ? ++p->nfiles : 0;
}

int profile_number(uint32_t arch, const char *name)
{
	if (isdigit((unsigned char)*name))
		return atoi(name);
	return calls_number(arch, name);
}

bool profile_knows_call(const char *name)
{
	return seccomp_syscall_resolve_name(name) != __NR_SCMP_ERROR ||
	       calls_number(SCMP_ARCH_X86_64, name) >= 0;
}
