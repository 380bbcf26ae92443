/* SPDX-License-Identifier: MIT */
/*
 * read_systemd.c: the settings of a systemd unit, or of a drop-in, that make
 * its list of system calls: systemd.exec(5), as src/core/load-fragment.c and
 * src/core/execute.c of systemd have it. Each line goes on from the ones
 * before: the first says whether the list allows or denies, "~" takes away or
 * adds, and nothing behind the "=" begins anew.
 */
#include "profile/read_systemd.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/rules.h"
#include "profile/systemd_dropins.h"
#include "profile/systemd_list.h"
#include "profile/systemd_options.h"
#include "profile/unit.h"
#include "sys/failure.h"

struct reader {
	struct profile *p;
	struct profile_error *err;
	uint32_t native; /* SCMP_ARCH_*, of systemd itself */
	struct systemd_at at;
	bool began;  /* a list of calls, which is not to be begun anew */
	bool allows; /* it names what is allowed */
	int error;   /* what is refused gets; KILL_PROCESS */
	bool logs;   /* a list of what is logged began */
	bool logs_named;
	struct profile *logged; /* its names */
	bool arches;		/* told */
	struct systemd_options options;
};

__attribute__((format(printf, 2, 3))) static int fail(
	struct reader *r, const char *format, ...)
{
	char why[SYSTEMD_WHY];
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, sizeof(why), format, ap);
	va_end(ap);
	snprintf(r->err->text, sizeof(r->err->text), "%s:%d: %s", r->at.where,
		r->at.line, why);
	return -1;
}

static int put(struct reader *r, struct profile *p, const char *word, int error,
	bool keep)
{
	char why[SYSTEMD_WHY];

	return systemd_put(p, &r->at, word, error, keep, why)
		       ? fail(r, "%s", why)
		       : 0;
}

/* "kill", a name or a number. NONE: it is none. */
static int errno_of(const char *text)
{
	char *end;
	long n;

	if (!strcmp(text, "kill"))
		return KILL_PROCESS;
	for (int i = 1; i < 4096; i++)
		if (strerrorname_np(i) && !strcmp(strerrorname_np(i), text))
			return i;
	n = strtol(text, &end, 10);
	return isdigit((unsigned char)text[0]) && !*end && n <= 4095 ? (int)n
								     : NONE;
}

/* One word of SystemCallFilter=, "name:errno". */
static int filter_word(struct reader *r, char *word, bool invert)
{
	char *colon = strchr(word, ':');
	int error = NONE;

	if (colon) {
		*colon = '\0';
		error = errno_of(colon + 1);
		if (error == NONE)
			return fail(r,
				"%s:%s: expected the name of an errno, "
				"a number up to 4095, or kill",
				word, colon + 1);
		/* "Allow-listed system calls cannot take error number,
		 * ignoring": the word has no effect. */
		if (!invert) {
			failure_say("%s:%d: %s: what is allowed has no "
				    "errno: systemd leaves the word out",
				r->at.where, r->at.line, word);
			return 0;
		}
	}
	/* What a list of the allowed refuses by an errno of its own stays in.
	 */
	return put(r, r->p, word, error, invert != r->allows || error != NONE);
}

static int words_of(struct reader *r, char *value,
	int (*take)(struct reader *, char *, bool), bool invert)
{
	char *rest = NULL;
	int ret = 0;

	for (char *w = strtok_r(value, " \t", &rest); w && !ret;
		w = strtok_r(NULL, " \t", &rest))
		ret = take(r, w, invert);
	return ret;
}

static bool is_inverted(char **value)
{
	bool yes = **value == '~';

	*value += yes;
	return yes;
}

static int take_filter(struct reader *r, char *value)
{
	bool invert;

	if (!*value) {
		r->p->nrules = 0;
		r->began = r->allows = false;
		return 0;
	}
	invert = is_inverted(&value);
	if (!r->began) {
		r->began = true;
		r->allows = !invert;
		r->p->of_default = (struct profile_place){ r->at.line, 1 };
		if (!invert && put(r, r->p, "@default", NONE, true))
			return -1;
	}
	return words_of(r, value, filter_word, invert);
}

static int log_word(struct reader *r, char *word, bool invert)
{
	return put(r, r->logged, word, NONE, invert != r->logs_named);
}

static int take_log(struct reader *r, char *value)
{
	bool invert;

	if (!*value) {
		r->logged->nrules = 0;
		r->logs = false;
		return 0;
	}
	invert = is_inverted(&value);
	if (!r->logs)
		r->logs_named = !invert;
	r->logs = true;
	return words_of(r, value, log_word, invert);
}

static int arch_word(struct reader *r, char *word, bool invert)
{
	static const struct {
		const char *name;
		uint32_t arch;
	} names[] = { { "native", SCMP_ARCH_NATIVE },
		{ "x86-64", SCMP_ARCH_X86_64 }, { "x86", SCMP_ARCH_X86 },
		{ "x32", SCMP_ARCH_X32 }, { "arm64", SCMP_ARCH_AARCH64 },
		{ "riscv64", SCMP_ARCH_RISCV64 } };

	(void)invert;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i].name, word)) {
			profile_add_arch(r->p, names[i].arch == SCMP_ARCH_NATIVE
						       ? r->native
						       : names[i].arch);
			return 0;
		}
	return fail(r,
		"%s: expected native, x86-64, x86, x32, arm64 or the "
		"like",
		word);
}

static int take_arches(struct reader *r, char *value)
{
	r->p->of_arches = (struct profile_place){ r->at.line, 1 };
	r->arches = *value;
	if (*value)
		return words_of(r, value, arch_word, false);
	r->p->narches = 0;
	return 0;
}

static int take_errno(struct reader *r, char *value)
{
	r->error = *value ? errno_of(value) : KILL_PROCESS;
	return r->error == NONE ? fail(r,
					  "%s: expected the name of an errno, "
					  "a number up to 4095, or kill",
					  value)
				: 0;
}

static int take_setting(void *to, int line, const char *key, char *value)
{
	struct reader *r = to;
	char why[SYSTEMD_WHY];

	r->at.line = line;
	if (!strcmp(key, "SystemCallFilter"))
		return take_filter(r, value);
	if (!strcmp(key, "SystemCallLog"))
		return take_log(r, value);
	if (!strcmp(key, "SystemCallArchitectures"))
		return take_arches(r, value);
	if (!strcmp(key, "SystemCallErrorNumber"))
		return take_errno(r, value);
	return systemd_option(&r->options, &r->at, key, value, why) < 0
		       ? fail(r, "%s", why)
		       : 0;
}

static uint32_t action_of(int error)
{
	return error == KILL_PROCESS ? SCMP_ACT_KILL_PROCESS
				     : SCMP_ACT_ERRNO((uint32_t)error);
}

/* What passes the list and is to be logged. */
static int settle_log(struct reader *r)
{
	struct profile *p = r->p;

	if (!r->logs)
		return 0;
	if (!r->allows || !r->logs_named)
		return fail(r, "SystemCallLog= is read beside a list of what "
			       "is allowed, and of names to log alone");
	for (size_t i = 0; i < r->logged->nrules; i++) {
		struct profile_rule *rule =
			systemd_find(p, r->logged->rules[i].name);

		if (rule && rule->action == SCMP_ACT_ALLOW)
			rule->action = SCMP_ACT_LOG;
	}
	return 0;
}

static int settle(struct reader *r)
{
	struct profile *p = r->p;

	if (!r->began && !p->narches && !systemd_options_any(&r->options)) {
		r->at = (struct systemd_at){ p->where, 0, 1 };
		return fail(r, "no setting in it makes a filter: "
			       "SystemCallFilter=, SystemCallArchitectures=, "
			       "RestrictNamespaces= and the like");
	}
	p->default_action = r->allows ? action_of(r->error) : SCMP_ACT_ALLOW;
	for (size_t i = 0; i < p->nrules; i++) {
		int error = (int)p->rules[i].action;

		if (error != NONE)
			p->rules[i].action = action_of(error);
		else
			p->rules[i].action = r->allows ? SCMP_ACT_ALLOW
						       : action_of(r->error);
	}
	/* Without a word each that the machine has gets the same list. */
	if (!r->arches && r->native == SCMP_ARCH_X86_64) {
		profile_add_arch(p, SCMP_ARCH_X86);
		profile_add_arch(p, SCMP_ARCH_X32);
	}
	profile_add_arch(p, r->native);
	return settle_log(r);
}

/* The settings of a file. */
static int read_text(struct reader *r, const char *text, size_t size)
{
	const char *why = NULL;
	int line = 0;
	int ret = unit_read(text, size, take_setting, r, &line, &why);

	r->at.line = line;
	return ret && why ? fail(r, "%s", why) : ret;
}

static int read_dropin(void *to, const char *path, const char *text,
	size_t size, const char *why)
{
	struct reader *r = to;
	const unsigned file = profile_add_file(r->p, path);

	if (!file) {
		r->at = (struct systemd_at){ r->p->where, 0, 1 };
		return fail(r, "out of memory");
	}
	r->at = (struct systemd_at){ r->p->files[file - 1], file, 1 };
	return text ? read_text(r, text, size) : fail(r, "%s", why);
}

int systemd_read(struct profile *p, uint32_t native, const char *text,
	size_t size, bool files, struct profile_error *err)
{
	struct profile logged = { 0 };
	struct reader r = { .p = p,
		.native = native,
		.err = err,
		.error = KILL_PROCESS,
		.at = { .where = p->where },
		.logged = &logged };
	int ret;

	ret = read_text(&r, text, size);
	if (!ret && files)
		ret = systemd_dropins(p->where, read_dropin, &r);
	if (!ret)
		ret = settle(&r);
	if (!ret)
		ret = systemd_options_add(&r.options, p, err);
	free(logged.rules);
	return ret;
}
