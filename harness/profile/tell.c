/* SPDX-License-Identifier: MIT */
/* tell.c: a call that a filter and its rules judge otherwise, in words. */
#include "profile/tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"

static unsigned count_arguments(
	const struct profile *p, const struct difference *d)
{
	unsigned n = 0;

	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		if (d->data.args[i])
			n = i + 1;
	for (size_t i = 0; d->rule != SIZE_MAX && i < p->nrules; i++)
		for (unsigned k = 0; k < p->rules[i].nargs; k++)
			if (!strcmp(p->rules[i].name, p->rules[d->rule].name) &&
				p->rules[i].args[k].arg >= n)
				n = p->rules[i].args[k].arg + 1;
	return n;
}

/* With its errno, or what a tracer is told. */
static const char *action(uint32_t verdict, char *buf, size_t size)
{
	uint32_t what = verdict & SECCOMP_RET_ACTION_FULL;
	const char *name;

	if (what != SCMP_ACT_ERRNO(0) && what != SCMP_ACT_TRACE(0)) {
		name = profile_word(WORDS_ACTIONS, verdict);
		snprintf(buf, size, "0x%x", verdict);
		return name ? name : buf;
	}
	name = profile_word(WORDS_ACTIONS, what);
	snprintf(buf, size, "%s(%u)", name, verdict & SECCOMP_RET_DATA);
	return buf;
}

void tell_difference(const struct profile *p, const struct difference *d,
	char *text, size_t size)
{
	char name[64], args[6 * 21] = "", built[64], said[64];
	unsigned n = count_arguments(p, d);
	size_t used = 0;

	calls_name(d->data.arch, d->data.nr, name, sizeof(name));
	for (unsigned i = 0; i < n; i++)
		used += (size_t)snprintf(args + used, sizeof(args) - used,
			"%s0x%" PRIx64, i ? ", " : "",
			(uint64_t)d->data.args[i]);
	snprintf(text, size, "%s(%s) on %s meets %s, by its rules %s", name,
		args, calls_arch_name(d->data.arch),
		action(d->built, built, sizeof(built)),
		action(d->said, said, sizeof(said)));
}
