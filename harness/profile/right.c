/* SPDX-License-Identifier: MIT */
/*
 * right.c: what libseccomp builds otherwise than the rules say is put right.
 * Of two rules for a call with inequalities, a comparison of the first that
 * fails may go on to one of the second's that needs another word than is
 * loaded (seen with 2.5.4).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/emit.h"
#include "profile/prove.h"
#include "profile/rules.h"
#include "profile/tell.h"
#include "sys/failure.h"

#define ROUNDS 64 /* each finds a few numbers */

static int fail(
	const struct profile *p, const char *why, struct profile_error *err)
{
	return profile_refuse(p, (struct profile_place){ 0 }, NULL, why, err);
}

static int fail_at(const struct profile *p, const struct difference *d,
	struct profile_error *err)
{
	char text[TELL_SIZE];

	tell_difference(p, d, text, sizeof(text));
	return fail(p, text, err);
}

/* D: NULL when libseccomp did not come to an end. */
static void say(const struct profile *p, const struct difference *d)
{
	const struct scmp_version *v = seccomp_version();
	char key[sizeof(p->where) + 16], text[TELL_SIZE];

	snprintf(key, sizeof(key), "%s: built", p->where);
	if (p->silent || profile_said(key))
		return;
	if (d)
		tell_difference(p, d, text, sizeof(text));
	failure_say("%s: libseccomp %u.%u.%u %s%s; quartet builds it as "
		    "the rules say, others that use libseccomp do not",
		p->where, v->major, v->minor, v->micro,
		d ? "builds it otherwise than its rules say: "
		  : "does not come to an end building it, or crashes",
		d ? text : "");
}

static void say_sampled(const struct profile *p, size_t calls)
{
	char key[sizeof(p->where) + 16];

	snprintf(key, sizeof(key), "%s: tried", p->where);
	if (!profile_said(key))
		failure_say(
			"%s: whether what was built is what the "
			"rules say was tried with %zu calls, not proven: they "
			"are too many for that",
			p->where, calls);
}

static bool was_in(const struct differences *before, const struct difference *d)
{
	for (unsigned i = 0; i < before->n; i++)
		if (d->data.nr == before->list[i].data.nr &&
			d->data.arch == before->list[i].data.arch)
			return true;
	return false;
}

/* What was put right must not be found again. */
static int put_right(const struct profile *p, const struct meaning *m,
	struct filter *out, struct profile_error *err)
{
	static struct differences d, before;

	before.n = 0;
	for (int round = 0; round < ROUNDS; round++) {
		if (!prove_filter(m, out, &d))
			return 0;
		if (!d.n && !d.whole)
			say_sampled(p, d.sampled);
		if (!d.n)
			return 0;
		say(p, &d.list[0]);
		for (unsigned i = 0; i < d.n; i++)
			if (was_in(&before, &d.list[i]) ||
				emit_call(m, &d.list[i].data, out))
				return fail_at(p, &d.list[i], err);
		before = d;
	}
	return fail_at(p, &d.list[0], err);
}

int profile_make_right(const struct profile *p, uint32_t arch, bool stuck,
	struct filter *out, struct profile_error *err)
{
	struct meaning m;
	int ret = -1;

	if (stuck) {
		say(p, NULL);
		if (profile_build_plain(p, arch, true, out, err))
			return -1;
	}
	if (meaning_read(&m, p, arch))
		ret = put_right(p, &m, out, err);
	else
		fail(p, "out of memory", err);
	meaning_free(&m);
	return ret;
}
