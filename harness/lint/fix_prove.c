/* SPDX-License-Identifier: MIT */
/*
 * fix_prove.c: each verdict that differs has to be one that a change is for. An
 * argument that is compared by its lower half alone shuts nothing where the
 * upper half is 0. Pure.
 */
#include <stdio.h>
#include <string.h>

#include "lint/find.h"
#include "lint/fix.h"
#include "profile/ask.h"
#include "profile/diff.h"
#include "sys/calls.h"

struct proof {
	const struct fix *fix;
	bool narrow; /* with the upper halves 0: nothing may be shut by them */
	char *why;
	size_t size;
};

static enum fix_effect effect_of(const struct verdict_case *v)
{
	const bool was = ask_lets_pass(v->a), is = ask_lets_pass(v->b);

	return was == is ? FIX_SAYS : is ? FIX_OPENS : FIX_SHUTS;
}

static bool is_for(const struct proof *t, const struct fix_change *c,
	const char *call, const struct verdict_case *v)
{
	if (c->effect != effect_of(v) || (t->narrow && c->high))
		return false;
	if (!*c->call)
		return v->a == c->from && v->b == c->to;
	return !strcmp(c->call, call) && (!c->to || v->b == c->to);
}

static bool is_meant(
	const struct proof *t, const char *call, const struct verdict_case *v)
{
	for (size_t i = 0; i < t->fix->n; i++)
		if (is_for(t, &t->fix->list[i], call, v))
			return true;
	return false;
}

static bool is_change_meant(
	struct proof *t, const struct change *c, const struct cases *cases)
{
	static const char *const words[] = { "is refused in another way",
		"passes", "is refused" };
	char name[64];
	const char *call = name;

	calls_name(c->arch, (int)c->first, name, sizeof(name));
	if (!strncmp(name, "x32:", 4))
		call += 4;
	for (size_t i = 0; i < cases->n; i++) {
		const struct verdict_case *v = &cases->list[i];

		if (is_meant(t, c->first == c->last ? call : "", v))
			continue;
		snprintf(t->why, t->size, "%s %s%s, as no finding says", name,
			words[effect_of(v)], t->narrow ? " by more" : "");
		return false;
	}
	return true;
}

static bool prove(struct proof *t, const struct filter *before,
	const struct filter *after)
{
	const struct diff_of all = { 0 };
	bool ok = true;
	struct diff d;

	if (!diff_filters(&d, before, after, &all) || !d.whole) {
		snprintf(t->why, t->size,
			"not all of its calls could be compared");
		ok = false;
	}
	for (size_t i = 0; i < d.n && ok; i++)
		ok = is_change_meant(
			t, &d.list[i], &d.cases[d.list[i].cases].c);
	diff_free(&d);
	return ok;
}

/* With all upper halves 0, of the arguments that a change is for. */
static void cut(struct filter *f, const struct fix *fix)
{
	for (size_t i = 0; i < f->ninsns; i++)
		for (size_t k = 0; k < fix->n; k++)
			if (fix->list[k].high &&
				f->insns[i].code ==
					(BPF_LD | BPF_W | BPF_ABS) &&
				f->insns[i].k == 20 + 8 * fix->list[k].arg)
				f->insns[i] = (struct sock_filter)BPF_STMT(
					BPF_LD | BPF_IMM, 0);
}

bool fix_prove(const struct filter *before, const struct filter *after,
	const struct fix *fix, char *why, size_t size)
{
	static struct filter one, two;
	struct proof t = { fix, false, why, size };

	if (!prove(&t, before, after))
		return false;
	one = *before;
	two = *after;
	cut(&one, fix);
	cut(&two, fix);
	t.narrow = true;
	return prove(&t, &one, &two);
}
