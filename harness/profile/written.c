/* SPDX-License-Identifier: MIT */
/*
 * written.c: whether a profile that was written means what was asked, as those
 * read it who take its form: runtimes leave rules of JSON out whose call their
 * libseccomp has no name for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/prove.h"
#include "profile/read_c.h"
#include "profile/read_systemd.h"
#include "profile/rules.h"
#include "profile/tell.h"
#include "profile/unit.h"
#include "profile/write_raw.h"
#include "sys/arch.h"
#include "sys/failure.h"

#define TSYNC 1u /* SECCOMP_FILTER_FLAG_TSYNC, which its loader adds */

static struct profile_place place_of(
	const struct profile *p, const struct profile *q, size_t rule)
{
	for (size_t i = 0; rule < q->nrules && i < p->nrules; i++)
		if (!strcmp(p->rules[i].name, q->rules[rule].name))
			return (struct profile_place){ p->rules[i].line,
				p->rules[i].column };
	return p->of_default;
}

static int refuse(const struct profile *p, const struct profile *q,
	const struct difference *d, struct profile_error *err)
{
	char text[TELL_SIZE + 80], call[TELL_SIZE];

	tell_difference(p, d, call, sizeof(call));
	snprintf(text, sizeof(text),
		"in that form a verdict would change: %s there", call);
	return profile_refuse(p, place_of(p, q, d->rule), NULL, text, err);
}

/* A rule of P that Q's readers leave out, and that P's do not. */
static int check_left(const struct profile *p, const struct profile *q,
	struct profile_error *err)
{
	const struct scmp_version *v = seccomp_version();
	char text[200];

	for (size_t i = 0; q->nleft && i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		if (strcmp(rule->name, q->left[0].name) != 0)
			continue;
		snprintf(text, sizeof(text),
			"libseccomp %u.%u.%u has no such name, and what reads "
			"this form would leave the rule out",
			v->major, v->minor, v->micro);
		return profile_refuse_rule(p, rule, text, err);
	}
	return 0;
}

static const char *dying(uint32_t action)
{
	return action == SCMP_ACT_KILL_THREAD ? "thread" : "process";
}

struct profile profile_dying_alike(
	const struct profile *p, const struct profile *q)
{
	char key[sizeof(p->where) + 16];
	struct profile like = *p;

	if (!profile_kills(p->foreign) || !profile_kills(q->foreign))
		return like;
	if (p->x32_default && profile_kills(p->default_action))
		like.x32_default = false;
	if (q->x32_default && profile_kills(q->default_action))
		like.x32_default = true;
	like.foreign = q->foreign;
	snprintf(key, sizeof(key), "%s: die", p->where);
	if (p->foreign != q->foreign && !profile_said(key))
		failure_say("%s: calls of other architectures kill the %s; "
			    "in the form that is written they kill the %s",
			p->where, dying(p->foreign), dying(q->foreign));
	return like;
}

static int compare(const struct profile *p, const struct profile *q,
	uint32_t arch, struct profile_error *err)
{
	static struct filter want;
	static struct differences d;
	const struct profile like = q->ninsns ? *p : profile_dying_alike(p, q);
	struct meaning m;
	int ret = -1;

	/* No other form that is read has them. */
	if (q->by_name && q->flags != p->flags)
		return profile_refuse(p, p->of_flags, NULL,
			"in that form its flags would change", err);
	if (profile_build(&like, arch, &want, err))
		return -1;
	if (q->ninsns) {
		if (q->ninsns == want.ninsns &&
			!memcmp(q->insns, want.insns,
				q->ninsns * sizeof(*q->insns)))
			return 0;
		return profile_refuse(p, p->of_default, NULL,
			"is other BPF once it is read back", err);
	}
	d.n = 0;
	if (!meaning_read(&m, q, arch)) {
		profile_refuse(p, (struct profile_place){ 0 }, NULL,
			"out of memory", err);
	} else {
		prove_filter(&m, &want, &d);
		ret = d.n ? refuse(p, q, &d.list[0], err) : 0;
	}
	meaning_free(&m);
	return ret;
}

/* A unit is for a systemd of ARCH, and no user's file is C code; the other
 * forms say what they are for. */
static struct profile *read_back(
	uint32_t arch, const char *text, size_t size, struct profile_error *err)
{
	const bool code = code_is(text, size), raw = raw_is(text, size);
	struct profile *q;

	if (!code && !raw && !unit_is(text, size))
		return profile_parse("written", text, size, err);
	q = calloc(1, sizeof(*q));
	if (!q) {
		snprintf(err->text, sizeof(err->text), "out of memory");
		return NULL;
	}
	snprintf(q->where, sizeof(q->where), "written");
	q->mode = FILTER_BPF;
	if (!(code	  ? code_read(q, text, size, err)
		    : raw ? raw_read(q, arch, text, size, err)
			  : systemd_read(q, arch, text, size, false, err)))
		return q;
	profile_free(q);
	return NULL;
}

/* For ARCH there is an array where there is a filter. */
static int check_raw(const struct profile *p, const struct profile *q,
	uint32_t arch, struct profile_error *err)
{
	static struct filter bpf;

	if (q->flags != (p->flags | TSYNC))
		return profile_refuse(p, p->of_flags, NULL,
			"in that form its flags would change", err);
	if (q->ninsns)
		return compare(p, q, arch, err);
	return !raw_build(p, arch, &bpf)
		       ? 0
		       : profile_refuse(p, p->of_default, NULL,
				 "in that form an architecture is missing",
				 err);
}

static int check_one(const struct profile *p, uint32_t arch, const char *text,
	size_t size, struct profile_error *err)
{
	struct profile *q = read_back(arch, text, size, err);
	int ret = -1;

	if (!q)
		return -1;
	q->silent = true;
	if (raw_is(text, size))
		ret = check_raw(p, q, arch, err);
	else if (!q->by_name || !profile_leave_out(q, err))
		ret = check_left(p, q, err) || compare(p, q, arch, err) ? -1
									: 0;
	profile_free(q);
	return ret;
}

int profile_check_written(const struct profile *p, uint32_t arch,
	const char *text, size_t size, struct profile_error *err)
{
	for (unsigned i = 0; raw_is(text, size) && raw_arch(i); i++)
		if (raw_arch(i) != arch &&
			check_one(p, raw_arch(i), text, size, err))
			return -1;
	return check_one(p, arch, text, size, err);
}
