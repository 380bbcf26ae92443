/* SPDX-License-Identifier: MIT */
/*
 * lint_fix.c: `quartet lint --fix`: repairs, looks again whether something is
 * left that has a repair, proves that nothing else changed, and writes.
 */
#include "cmd/lint_fix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "lint/fix.h"
#include "lint/programs.h"
#include "profile/rules.h"
#include "sys/arch.h"
#include "sys/failure.h"
#include "sys/output.h"

#define ROUNDS 4 /* a repair may show what was hidden */

struct repair {
	const struct lint_fix *o;
	const char *name;
	/* As it is used, and with the rules that this libseccomp has no name
	 * for, which are written again. */
	struct profile *p, *whole;
	struct filter before[2], after[2]; /* of this architecture, the other */
	struct lint found;
	struct fix fix;
};

static int build(struct repair *r, struct filter out[2])
{
	struct profile_error err = { 0 };
	unsigned listed = 0;

	if (profile_build(r->p, r->o->arch, &out[0], &err)) {
		failure_say("%s", err.text);
		return EXIT_USAGE;
	}
	for (unsigned i = 0; i < r->p->narches; i++)
		listed += r->p->arches[i] == ARCH_NATIVE ||
			  r->p->arches[i] == ARCH_COMPAT;
	out[1] = out[0];
	if (listed == 2 &&
		profile_build(r->p, ARCH_OTHER(r->o->arch), &out[1], &err)) {
		failure_say("%s", err.text);
		return EXIT_USAGE;
	}
	return 0;
}

static int look(struct repair *r)
{
	struct profile_error err = { 0 };
	size_t n = 0;

	if (lint_programs(r->p, r->o->arch, &r->found, &err)) {
		failure_say("%s", err.text);
		return EXIT_USAGE;
	}
	r->o->keep(r->o->context, r->name, &r->found);
	for (size_t i = 0; i < r->found.n; i++)
		if (r->found.findings[i].level >= r->o->level)
			r->found.findings[n++] = r->found.findings[i];
	r->found.n = n;
	return build(r, r->after);
}

static bool change(struct repair *r)
{
	bool some = false;

	for (size_t i = 0; i < r->found.n; i++) {
		const struct lint_finding *f = &r->found.findings[i];
		const struct filter *bpf = &r->after[f->arch != r->o->arch];

		if (!fix_finding(r->p, bpf, f->arch, f, &r->fix))
			continue;
		some = true;
		fix_finding(r->whole, bpf, f->arch, f, NULL);
	}
	return some;
}

/* Until nothing is left that has a repair. 0, or an exit code. */
static int repair(struct repair *r)
{
	int ret = look(r);

	for (int i = 0; !ret && i < ROUNDS && change(r); i++)
		ret = look(r);
	return ret;
}

static void tell(const struct repair *r)
{
	for (size_t i = 0; i < r->fix.n; i++)
		if (!i || strcmp(r->fix.list[i].text, r->fix.list[i - 1].text))
			failure_say("%s: fixed: %s [%s]", r->name,
				r->fix.list[i].text, r->fix.list[i].rule->id);
	for (size_t i = 0; i < r->found.n; i++)
		failure_say("%s: left: %s [%s]", r->name,
			r->found.findings[i].text,
			r->found.findings[i].rule->id);
}

static bool prove(const struct repair *r)
{
	char why[200] = "";

	for (int i = 0; i < 2; i++)
		if (!fix_prove(&r->before[i], &r->after[i], &r->fix, why,
			    sizeof(why))) {
			failure_say("%s: nothing is written: %s", r->name, why);
			return false;
		}
	lint_fix_tell(r->name, &r->fix, &r->before[0], &r->after[0]);
	return true;
}

/* Forms that cannot be written become JSON. */
static int write_as(const struct repair *r, FILE *to, struct profile_error *err)
{
	switch (r->whole->form) {
	case PROFILE_POLICY:
		return profile_write_policy(r->whole, r->o->arch, to, err);
	case PROFILE_UNIT:
		return profile_write_systemd(r->whole, r->o->arch, to, err);
	case PROFILE_JSON:
		break;
	default:
		failure_say("%s: its form cannot be written: this is JSON for "
			    "OCI runtimes",
			r->name);
	}
	return profile_write_oci(r->whole, to, err);
}

static int put(const struct repair *r, const char *text, size_t size)
{
	struct output out;
	int ret = output_open(&out, r->o->path, stdout);

	if (!ret) {
		fwrite(text, 1, size, out.f);
		ret = output_close(&out);
	}
	return ret ? cmd_say("lint", EXIT_SYSTEM,
			     r->o->path ? r->o->path : "standard output",
			     strerror(-ret))
		   : 0;
}

static int write_checked(const struct repair *r)
{
	struct profile_error err = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);
	int ret;

	if (!to)
		return cmd_say("lint", EXIT_SYSTEM, r->name, strerror(ENOMEM));
	ret = write_as(r, to, &err);
	fclose(to);
	if (!ret)
		ret = profile_check_written(r->p, r->o->arch, text, size, &err);
	if (ret) {
		failure_say("%s: nothing is written: %s", r->name, err.text);
		ret = EXIT_BROKEN;
	} else {
		ret = put(r, text, size);
	}
	free(text);
	return ret;
}

static int fix(struct repair *r)
{
	int ret;

	if (r->p->mode != FILTER_BPF)
		return cmd_say("lint", EXIT_USAGE, r->name,
			"is built in, and no filter");
	if (r->p->ninsns)
		return cmd_say("lint", EXIT_USAGE, r->name,
			"has no rules that could be repaired: it is BPF");
	r->p->silent = true;
	ret = build(r, r->before);
	if (!ret)
		ret = repair(r);
	if (ret)
		return ret;
	tell(r);
	if (!r->fix.n)
		failure_say("%s: nothing is written: nothing was repaired",
			r->name);
	else if (!prove(r))
		ret = EXIT_BROKEN;
	else
		ret = write_checked(r);
	return ret ? ret : r->found.n ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}

int lint_fix(const struct lint_fix *o, const char *dir, const char *name)
{
	struct repair *r = calloc(1, sizeof(*r));
	struct profile_error err = { 0 };
	int ret;

	if (!r)
		return cmd_say("lint", EXIT_SYSTEM, name, strerror(ENOMEM));
	r->o = o;
	r->name = name;
	r->p = profile_load(dir, name, &err);
	if (r->p)
		r->whole = profile_load_whole(dir, name, &err);
	if (r->whole) {
		ret = fix(r);
	} else {
		failure_say("%s", err.text);
		ret = cmd_profile_code(&err);
	}
	profile_free(r->p);
	profile_free(r->whole);
	free(r);
	return ret;
}
