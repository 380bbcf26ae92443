/* SPDX-License-Identifier: MIT */
/*
 * built.c: whether libseccomp builds what the rules say. What is checked
 * elsewhere is the filter that quartet loads, which does; others load what
 * libseccomp made.
 */
#include "lint/built.h"

#include "profile/prove.h"
#include "profile/tell.h"

static void tell_all(struct linter *l, const struct differences *d)
{
	const struct profile *p = l->p;
	const struct scmp_version *v = seccomp_version();
	char text[TELL_SIZE];

	for (unsigned i = 0; i < d->n; i++) {
		const struct difference *one = &d->list[i];

		tell_difference(p, one, text, sizeof(text));
		lint_add_at(l, RULE_BUILT,
			one->rule < p->nrules ? &p->rules[one->rule] : NULL,
			"built by libseccomp %u.%u.%u, %s", v->major, v->minor,
			v->micro, text);
	}
}

/* It has no rules to differ from, or libseccomp refuses it: then quartet does
 * too. */
void lint_check_built(struct linter *l)
{
	static struct filter plain;
	static struct differences d;
	const struct scmp_version *v = seccomp_version();
	struct profile_error err;
	struct meaning m;
	int stuck;

	if (l->p->mode != FILTER_BPF || l->p->ninsns)
		return;
	stuck = profile_build_apart(l->p, l->arch, &plain, &err);
	if (stuck > 0)
		lint_add(l, RULE_BUILT, NULL,
			"libseccomp %u.%u.%u does not come to an end with the "
			"rules, or crashes",
			v->major, v->minor, v->micro);
	if (stuck)
		return;
	if (meaning_read(&m, l->p, l->arch) && prove_filter(&m, &plain, &d))
		tell_all(l, &d);
	meaning_free(&m);
}
