/* SPDX-License-Identifier: MIT */
/* forecast.c: what a libc will be refused, and whether it goes on. */
#include "lint/forecast.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lint/runc.h"
#include "sys/arch.h"
#include "sys/calls.h"

static struct forecast_want wanted;
static bool is_wanted;

/* "MAJOR.MINOR", or with one more behind; all of them below 100. */
static bool read_version(const char *text, unsigned parts, unsigned *version)
{
	unsigned v = 0, n = 0;
	char *end;

	do {
		unsigned long part;

		if (*text < '0' || *text > '9')
			return false;
		part = strtoul(text, &end, 10);
		if (part > 99 || (!n && part > 9) || n == parts)
			return false;
		v = v * 100 + (unsigned)part;
		text = end + 1;
		n++;
	} while (*end == '.');
	*version = v;
	return !*end && n == parts;
}

bool forecast_libc(const char *text, struct forecast_want *want)
{
	want->libc = FORECAST_GLIBC;
	if (!strncmp(text, "glibc-", 6))
		return read_version(text + 6, 2, &want->version);
	want->libc = FORECAST_MUSL;
	return !strncmp(text, "musl-", 5) &&
	       read_version(text + 5, 3, &want->version);
}

bool forecast_kernel(const char *text, struct forecast_want *want)
{
	return read_version(text, 2, &want->kernel);
}

void forecast_for(const struct forecast_want *want)
{
	is_wanted = want != NULL;
	if (want)
		wanted = *want;
}

/* Whether the libc that is wanted makes it, on that kernel. */
static bool is_made(const struct forecast *f)
{
	return is_wanted && f->libc == wanted.libc &&
	       wanted.version >= f->since &&
	       (!f->until || wanted.version < f->until) &&
	       wanted.kernel >= f->kernel;
}

bool forecast_has(const char *call)
{
	for (size_t i = 0; is_wanted && i < forecast_n; i++)
		if (!strcmp(forecast_table[i].call, call))
			return true;
	return false;
}

/* What the call meets; false: that depends on what nobody knows. */
static bool verdict_of(
	struct linter *l, const struct forecast *f, uint32_t *verdict)
{
	static struct ask_answers answers;
	struct ask_call call = { .arch = l->arch,
		.nr = calls_number(l->arch, f->call) };

	if (call.nr < 0)
		return false;
	if (f->has_arg) {
		call.known[f->arg] = true;
		call.args[f->arg] = f->value;
	}
	ask(&l->asker, &call, &answers);
	if (!answers.whole || answers.n == 0)
		return false;
	*verdict = answers.list[0].verdict;
	for (unsigned i = 1; i < answers.n; i++)
		if (answers.list[i].verdict != *verdict)
			return false;
	return true;
}

static bool breaks(
	const struct linter *l, const struct forecast *f, uint32_t verdict)
{
	const uint32_t action = lint_action(verdict);

	if (lint_passes(verdict) || action == SECCOMP_RET_TRACE ||
		action == SECCOMP_RET_USER_NOTIF)
		return false;
	if (action != SECCOMP_RET_ERRNO)
		return true;
	/* Engines load what is known by name before the program is there. */
	if (f->if_later && l->p->by_name)
		return false;
	return verdict == (SECCOMP_RET_ERRNO | ENOSYS) ? f->on_enosys
						       : f->on_errno;
}

static const char *goes_on(const struct forecast *f)
{
	if (f->if_later)
		return "and abort without it where the filter came later "
		       "than the program";
	if (f->on_enosys)
		return "and do not go on without it";
	return f->on_errno ? "and go on for ENOSYS alone"
			   : "and go on for any errno";
}

#define VERSION 24

static void put_version(char text[VERSION], const struct forecast *f)
{
	if (f->libc == FORECAST_MUSL)
		snprintf(text, VERSION, "musl %u.%u.%u", f->since / 10000,
			f->since / 100 % 100, f->since % 100);
	else
		snprintf(text, VERSION, "glibc %u.%u", f->since / 100,
			f->since % 100);
}

static void check_one(struct linter *l, const struct forecast *f)
{
	char version[VERSION], buf[64];
	struct lint_finding *found;
	uint32_t verdict;
	bool runc;

	if (!is_made(f) ||
		!(f->arches & (l->arch == ARCH_NATIVE ? FORECAST_X86_64
						      : FORECAST_X86)) ||
		(f->before && !lint_call_passes(l, f->before)) ||
		!verdict_of(l, f, &verdict) || !breaks(l, f, verdict))
		return;
	put_version(version, f);
	runc = runc_answers(l, f->call);
	found = lint_add(l, RULE_FORECAST, f->before,
		"%s meets %s%s; %s and later make it %s%s%s%s, %s (%s)",
		f->call, lint_words(verdict, buf, sizeof(buf)),
		runc ? ", but under runc its own ENOSYS" : "", version, f->when,
		f->before ? ", and " : "", f->before ? f->before : "",
		f->before ? " passes" : "", goes_on(f), f->source);
	if (found)
		found->subjects[0] = '\0';
	lint_subject(found, f->call);
	if (runc && !f->on_enosys)
		lint_lower(found, LINT_NOTE);
}

void forecast_check(struct linter *l)
{
	for (size_t i = 0; i < forecast_n; i++)
		check_one(l, &forecast_table[i]);
}

void forecast_print_all(FILE *to)
{
	for (size_t i = 0; i < forecast_n; i++) {
		const struct forecast *f = &forecast_table[i];
		char version[VERSION];

		put_version(version, f);
		fprintf(to, "%s\t", version);
		if (f->until)
			fprintf(to, "%u.%u", f->until / 100, f->until % 100);
		fprintf(to, "\t%s\t%s",
			f->arches == FORECAST_BOTH     ? "x86_64,x86"
			: f->arches == FORECAST_X86_64 ? "x86_64"
						       : "x86",
			f->call);
		if (f->has_arg)
			fprintf(to, " arg%u=%llu", f->arg,
				(unsigned long long)f->value);
		fprintf(to, "\t%s\t%s\t%s\t%s\t%s\n",
			f->before ? f->before : "",
			f->on_enosys ? "breaks" : "goes on",
			f->on_errno ? "breaks" : "goes on", f->when, f->source);
	}
}
