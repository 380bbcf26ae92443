/* SPDX-License-Identifier: MIT */
/* programs.c: what is wrong for all programs that a profile is for. */
#include "lint/programs.h"

#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "lint/rank.h"
#include "profile/rules.h"

static bool is_found(const struct lint *l, const struct lint_finding *f)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->findings[i].rule == f->rule &&
			l->findings[i].line == f->line &&
			l->findings[i].column == f->column &&
			!strcmp(l->findings[i].text, f->text))
			return true;
	return false;
}

/* Adds what is wrong for programs of ARCH and not for the others. */
static void merge(struct lint *l, struct lint *more, uint32_t arch)
{
	const size_t size = sizeof(l->findings) / sizeof(*l->findings);

	l->lost = l->lost || more->lost;
	for (size_t i = 0; i < more->n; i++) {
		const struct lint_finding *f = &more->findings[i];
		struct lint_finding *to = &l->findings[l->n];

		if (is_found(l, f) || !rank_leave_new(&more->findings[i], l))
			continue;
		if (l->n == size) {
			l->lost = true;
			return;
		}
		*to = *f;
		snprintf(to->text, sizeof(to->text), "%s programs: %s",
			calls_arch_name(arch), f->text);
		l->n++;
	}
}

/* The programs of this machine's other architecture, where the profile lists
 * that beside ARCH. 0, or -1 and ERR. */
static int lint_other(const struct profile *p, uint32_t arch, struct lint *l,
	struct profile_error *err)
{
	const uint32_t other = arch == ARCH_NATIVE ? ARCH_COMPAT : ARCH_NATIVE;
	static struct filter bpf;
	static struct lint more;
	unsigned listed = 0;

	for (unsigned i = 0; i < p->narches; i++)
		listed += p->arches[i] == other || p->arches[i] == arch;
	if (listed < 2)
		return 0;
	if (profile_build(p, other, &bpf, err))
		return -1;
	lint_profile(p, &bpf, other, &more);
	merge(l, &more, other);
	return 0;
}

static int by_level(const void *a, const void *b)
{
	const struct lint_finding *f = a, *g = b;

	if (f->level != g->level)
		return f->level < g->level ? 1 : -1;
	if (f->line != g->line)
		return f->line < g->line ? -1 : 1;
	if (f->column != g->column)
		return f->column < g->column ? -1 : 1;
	if (f->rule != g->rule)
		return f->rule < g->rule ? -1 : 1;
	return strcmp(f->text, g->text);
}

int lint_programs(const struct profile *p, uint32_t arch, struct lint *out,
	struct profile_error *err)
{
	static struct filter bpf;

	if (profile_build(p, arch, &bpf, err))
		return -1;
	lint_profile(p, &bpf, arch, out);
	if (lint_other(p, arch, out, err))
		return -1;
	qsort(out->findings, out->n, sizeof(*out->findings), by_level);
	return 0;
}
