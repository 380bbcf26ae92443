/* SPDX-License-Identifier: MIT */
/*
 * from_bpf.c: the cases of a filter, each of which has conditions on arguments,
 * as rules by the names of calls. The verdict of numbers that no kernel has is
 * the default.
 */
#include "profile/from_bpf.h"

#include <stdio.h>
#include <string.h>

#include "profile/diff.h"
#include "profile/narrow.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define NOWHERE	   0x3fffffffu /* no call, and without the bit of x32 */
#define MOST_RULES 8192
#define CHECKS	   64 /* of one conjunction */

struct maker {
	struct profile *to;
	struct profile_error *err;
	struct profile_rule rule;
	bool narrow; /* of arguments there are lower halves alone */
	unsigned n;
	struct narrow list[CHECKS];
};

static int add_rule(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	const struct maker *m = to;
	struct profile_rule rule = m->rule;

	rule.nargs = n;
	if (n)
		memcpy(rule.args, args, n * sizeof(*args));
	if (m->to->nrules == MOST_RULES || profile_add_rule(m->to, &rule))
		return -1;
	return 0;
}

static bool check(struct maker *m, unsigned arg, enum scmp_compare op,
	uint64_t value, uint64_t masked, bool fails)
{
	if (m->n == CHECKS)
		return false;
	m->list[m->n++] =
		(struct narrow){ { arg, op, value, masked }, false, fails };
	return true;
}

/* What the range says of (argument >> SHIFT), whose last value is LAST. */
static bool add_range(struct maker *m, unsigned arg, struct range r,
	unsigned shift, uint64_t last, bool low)
{
	const uint64_t size = r.last - r.first + 1;
	const unsigned at = m->n;
	bool room = true;

	/* All values of some upper bits. */
	if (!shift && !low && r.first && r.first != r.last &&
		!(size & (size - 1)) && !(r.first & (size - 1)))
		return check(m, arg, SCMP_CMP_MASKED_EQ, ~(size - 1), r.first,
			false);

	if (r.first == r.last && shift)
		return check(m, arg, SCMP_CMP_MASKED_EQ, last << shift,
			r.first << shift, false);
	if (r.first == r.last)
		room = check(m, arg, SCMP_CMP_EQ, r.first, 0, false);
	if (r.first != r.last && r.first)
		room = check(m, arg, SCMP_CMP_GE, r.first << shift, 0, false);
	if (r.first != r.last && r.last != last)
		room = room && check(m, arg, SCMP_CMP_LE,
				       r.last << shift | ((1ull << shift) - 1),
				       0, false);
	for (unsigned i = at; i < m->n; i++)
		m->list[i].low = low && !m->narrow;
	return room;
}

struct dimension {
	unsigned arg, shift;
	uint64_t last;
	bool low;
	const struct ranges *ranges;
};

/* A rule for each choice of a range in each dimension. */
static bool choose(struct maker *m, const struct dimension *d, unsigned n)
{
	const unsigned at = m->n;

	if (!n)
		return !narrow(m->list, m->n, add_rule, m);
	for (size_t i = 0; i < d->ranges->n; i++) {
		if (!add_range(m, d->arg, d->ranges->r[i], d->shift, d->last,
			    d->low) ||
			!choose(m, d + 1, n - 1))
			return false;
		m->n = at;
	}
	return true;
}

/* False: there are no words for it, or no memory. */
static bool add_conjunction(struct maker *m, const struct conjunction *c)
{
	struct dimension d[2 * CONDITION_ARGS];
	unsigned n = 0;

	m->n = 0;
	if (!condition_is_all(&c->on[CONDITION_IP]))
		return false;
	for (unsigned i = 0; i < CONDITION_ARGS; i++) {
		const struct condition *on = &c->on[i];

		if (condition_is_all(on))
			continue;
		for (size_t k = 0; k < on->nbits; k++)
			if (!check(m, i, SCMP_CMP_MASKED_EQ, on->bits[k].mask,
				    on->bits[k].value, !on->bits[k].truth))
				return false;
		if (!on->halves) {
			d[n++] = (struct dimension){ i, 0, UINT64_MAX, false,
				&on->whole };
			continue;
		}
		d[n++] = (struct dimension){ i, 0, UINT32_MAX, true, &on->low };
		if (!ranges_is_all(&on->high, UINT32_MAX))
			d[n++] = (struct dimension){ i, 32, UINT32_MAX, false,
				&on->high };
	}
	return choose(m, d, n);
}

static int refuse(struct maker *m, const struct profile *bpf, const char *name)
{
	return profile_refuse(bpf, (struct profile_place){ 0 }, name,
		name ? "rules have no words for what the filter does with it, "
		       "or too many"
		     : "does the same to calls of all architectures: rules are "
		       "for some",
		m->err);
}

static int add_call(struct maker *m, const struct profile *bpf,
	const struct cases *cases, const char *name)
{
	snprintf(m->rule.name, sizeof(m->rule.name), "%s", name);
	for (size_t i = 0; i < cases->n; i++) {
		const struct verdict_case *v = &cases->list[i];

		m->rule.action = v->a;
		for (size_t k = 0; k < v->where.n; k++)
			if (v->a != m->to->default_action &&
				!add_conjunction(m, &v->where.list[k]))
				return refuse(m, bpf, name);
	}
	return 0;
}

static int add_change(struct maker *m, const struct profile *bpf,
	const struct diff *d, const struct change *c)
{
	char name[64];
	int ret = 0;

	m->narrow = c->arch == ARCH_COMPAT;
	for (uint32_t nr = c->first; nr <= c->last && nr < 2048 && !ret; nr++) {
		if (!calls_known(c->arch, (int)nr))
			continue;
		calls_name(c->arch, (int)nr, name, sizeof(name));
		ret = add_call(m, bpf, &d->cases[c->cases].c, name);
	}
	return ret;
}

/* The verdict of a number that is no call; false: arguments decide it. */
static bool find_default(const struct diff *d, uint32_t *action)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct change *c = &d->list[i];
		const struct cases *cases = &d->cases[c->cases].c;

		if (c->other || c->arch != ARCH_NATIVE || c->first > NOWHERE ||
			c->last < NOWHERE)
			continue;
		if (cases->n == 1)
			*action = cases->list[0].a;
		return cases->n == 1;
	}
	return false;
}

/* Whether all of the calls meet the one verdict of architectures that the
 * filter does not name. */
static bool is_foreign(const struct diff *d, const struct change *c)
{
	const struct cases *cases = &d->cases[c->cases].c;

	for (size_t i = 0; i < d->n; i++) {
		const struct cases *other = &d->cases[d->list[i].cases].c;

		if (d->list[i].other)
			return cases->n == 1 && other->n == 1 &&
			       cases->list[0].a == other->list[0].a;
	}
	return false;
}

/* An architecture is one of the profile's when it has a call that does not
 * meet what foreign ones do. -1 is a number of x86-64's (profile/meaning.c). */
static void add_arches(struct maker *m, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct change *c = &d->list[i];

		if (c->other || is_foreign(d, c))
			continue;
		if (c->arch == ARCH_NATIVE)
			profile_add_arch(
				m->to, c->first >= ARCH_X32_BIT &&
						       c->first != UINT32_MAX
					       ? SCMP_ARCH_X32
					       : SCMP_ARCH_X86_64);
		if (c->arch == ARCH_COMPAT)
			profile_add_arch(m->to, SCMP_ARCH_X86);
	}
}

static int make(
	struct maker *m, const struct profile *bpf, const struct diff *d)
{
	int ret = 0;

	if (!d->whole || !find_default(d, &m->to->default_action))
		return profile_refuse(bpf, (struct profile_place){ 0 }, NULL,
			"has no rules, and what it does cannot be told by "
			"some: it is too large, computes, or names no x86-64",
			m->err);
	add_arches(m, d);
	if (!m->to->narches)
		return refuse(m, bpf, NULL);
	for (size_t i = 0; i < d->n && !ret; i++) {
		const struct change *c = &d->list[i];

		if (!c->other &&
			(c->arch == ARCH_NATIVE || c->arch == ARCH_COMPAT) &&
			!is_foreign(d, c))
			ret = add_change(m, bpf, d, c);
	}
	return ret;
}

int profile_from_bpf(const struct profile *bpf, struct profile *to,
	struct profile_error *err)
{
	static struct filter filter;
	static struct maker m;
	const struct diff_of all = { 0, 0, UINT32_MAX };
	struct diff d;
	int ret;

	memcpy(to->name, bpf->name, sizeof(to->name));
	memcpy(to->where, bpf->where, sizeof(to->where));
	to->mode = FILTER_BPF;
	to->flags = bpf->flags;
	m = (struct maker){ .to = to, .err = err };
	filter = (struct filter){ .mode = FILTER_BPF, .ninsns = bpf->ninsns };
	memcpy(filter.insns, bpf->insns, bpf->ninsns * sizeof(*bpf->insns));
	if (diff_filters(&d, &filter, NULL, &all))
		ret = make(&m, bpf, &d);
	else
		ret = profile_refuse(bpf, (struct profile_place){ 0 }, NULL,
			"out of memory", err);
	diff_free(&d);
	return ret;
}
