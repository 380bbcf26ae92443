/* SPDX-License-Identifier: MIT */
/*
 * read_lxc.c: reads LXC's seccomp files, version 1 and 2, as its
 * src/lxc/seccomp.c does. Much in them is not what it looks like: a section
 * ([x86]) limits nothing on a machine that it is for, the name of a call ends
 * at the first blank of its line, and what is no name is left out.
 */
#include "profile/read_lxc.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mount.h>

#include "profile/read_lxc_line.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/failure.h"

#define LINE 4096

struct lxc {
	struct profile *p;
	struct profile_error *err;
	const char *at, *end;
	int line;
	uint32_t action; /* of a line that names none */
	bool skips;	 /* a section for other machines */
};

__attribute__((format(printf, 3, 4))) static int fail(
	struct lxc *r, int column, const char *format, ...)
{
	va_list ap;
	int n = snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:%d: ", r->p->where, r->line, column);

	va_start(ap, format);
	vsnprintf(
		r->err->text + n, sizeof(r->err->text) - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

/* The next line without its end. 1; 0: there is none; -1 and the error. */
static int next_line(struct lxc *r, char line[LINE])
{
	const char *eol;
	size_t n;

	if (r->at >= r->end)
		return 0;
	eol = memchr(r->at, '\n', (size_t)(r->end - r->at));
	n = (size_t)((eol ? eol : r->end) - r->at);
	r->line++;
	if (n >= LINE || memchr(r->at, '\0', n))
		return fail(r, 1,
			"expected a line of text, of less than 4096 "
			"bytes");
	memcpy(line, r->at, n);
	line[n] = '\0';
	r->at += n + 1;
	return 1;
}

static bool has_kind(const char *line)
{
	return strstr(line, "allowlist") || strstr(line, "denylist") ||
	       strstr(line, "whitelist") || strstr(line, "blacklist");
}

/* The version, as scanf's "%d\n" takes it: with all blanks around. */
static bool take_version(struct lxc *r, int *version)
{
	r->line = 1;
	for (; r->at < r->end && isspace((unsigned char)*r->at); r->at++)
		r->line += *r->at == '\n';
	*version = 0;
	while (r->at < r->end && isdigit((unsigned char)*r->at) &&
		*version < 100)
		*version = 10 * *version + *r->at++ - '0';
	if (!*version)
		return false;
	for (; r->at < r->end && isspace((unsigned char)*r->at); r->at++)
		r->line += *r->at == '\n';
	r->line--;
	return true;
}

bool lxc_is(const char *text, size_t size)
{
	struct profile_error err;
	struct profile none = { 0 };
	struct lxc r = {
		.p = &none, .err = &err, .at = text, .end = text + size
	};
	char line[LINE];
	int version;

	while (r.at < r.end && *r.at == '#')
		if (next_line(&r, line) <= 0)
			return false;
	return take_version(&r, &version) && next_line(&r, line) > 0 &&
	       has_kind(line);
}

static int add(struct lxc *r, const struct profile_rule *rule)
{
	return profile_add_rule(r->p, rule) ? fail(r, 1, "out of memory") : 0;
}

/* A number of this machine's; one without a name is its digits. */
static void name_number(struct profile_rule *rule, int nr)
{
	char *name =
		seccomp_syscall_resolve_num_arch(seccomp_arch_native(), nr);

	if (name)
		snprintf(rule->name, sizeof(rule->name), "%s", name);
	else
		snprintf(rule->name, sizeof(rule->name), "%d", nr);
	free(name);
}

static int read_v1(struct lxc *r, const char *kind)
{
	struct profile_rule rule = { .action = SCMP_ACT_ALLOW, .column = 1 };
	char line[LINE];
	int nr, ret;

	if (!strstr(kind, "allowlist") || strstr(kind, "debug"))
		return fail(r, 1,
			"expected allowlist: LXC takes no other "
			"list in version 1");
	profile_add_arch(r->p, seccomp_arch_native());
	while ((ret = next_line(r, line)) > 0) {
		if (sscanf(line, "%d", &nr) != 1 || nr < 0)
			return fail(r, 1,
				"expected the number of a system call, as "
				"each line of version 1 is");
		name_number(&rule, nr);
		rule.line = r->line;
		if (add(r, &rule))
			return -1;
	}
	return ret;
}

/* Of a section: whether its lines count here. */
static int take_section(struct lxc *r, const char *line)
{
	static const struct {
		const char *name;
		uint32_t arches[2]; /* of the machines that it is for */
	} sections[] = {
		{ "[x86]", { SCMP_ARCH_X86, SCMP_ARCH_X86_64 } },
		{ "[x32]", { SCMP_ARCH_X86_64, SCMP_ARCH_X86_64 } },
		{ "[x86_64]", { SCMP_ARCH_X86_64, SCMP_ARCH_X86_64 } },
		{ "[all]", { 0 } },
		{ "[arm]", { SCMP_ARCH_ARM, SCMP_ARCH_AARCH64 } },
		{ "[arm64]", { SCMP_ARCH_AARCH64, SCMP_ARCH_AARCH64 } },
		{ "[ppc64le]", { SCMP_ARCH_PPC64LE, SCMP_ARCH_PPC64LE } },
		{ "[ppc64]", { SCMP_ARCH_PPC64, SCMP_ARCH_PPC64 } },
		{ "[ppc]", { SCMP_ARCH_PPC, SCMP_ARCH_PPC64 } },
		{ "[mips64]", { SCMP_ARCH_MIPS64, SCMP_ARCH_MIPS64 } },
		{ "[mips64n32]", { SCMP_ARCH_MIPS64, SCMP_ARCH_MIPS64 } },
		{ "[mips]", { SCMP_ARCH_MIPS, SCMP_ARCH_MIPS64 } },
		{ "[mipsel64]", { SCMP_ARCH_MIPSEL64, SCMP_ARCH_MIPSEL64 } },
		{ "[mipsel64n32]", { SCMP_ARCH_MIPSEL64, SCMP_ARCH_MIPSEL64 } },
		{ "[mipsel]", { SCMP_ARCH_MIPSEL, SCMP_ARCH_MIPSEL64 } },
		{ "[s390x]", { SCMP_ARCH_S390X, SCMP_ARCH_S390X } },
		{ "[s390]", { SCMP_ARCH_S390, SCMP_ARCH_S390 } },
	};
	const uint32_t native = seccomp_arch_native();

	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		const uint32_t *arches = sections[i].arches;

		if (strcasecmp(sections[i].name, line) != 0)
			continue;
		r->skips =
			arches[0] && arches[0] != native && arches[1] != native;
		return 0;
	}
	return fail(r, 1,
		"expected [all], [x86_64], [x86], [x32], [arm64] or the like, "
		"and nothing behind it");
}

static void say_left(const struct lxc *r, const char *name)
{
	char key[sizeof(r->p->where) + 16];

	snprintf(key, sizeof(key), "%s: names", r->p->where);
	if (!profile_said(key))
		failure_say("%s:%d: \"%s\": left out, as LXC does, and so is "
			    "each that libseccomp has no such name for",
			r->p->where, r->line, name);
}

/* Whether an architecture has the call by itself: else no rule is made. */
static bool is_anywhere(const struct profile *p, const char *name)
{
	for (unsigned i = 0; i < p->narches; i++)
		if (seccomp_syscall_resolve_name_arch(p->arches[i], name) >= 0)
			return true;
	return false;
}

static int take_rule(struct lxc *r, char *line)
{
	struct profile_rule rule = {
		.line = r->line, .column = 1, .action = r->action
	};
	const char *why;
	int column = lxc_line(line, &rule, &why);

	if (column)
		return fail(r, column, "%s", why);
	/* By its beginning, whatever comes behind. */
	if (!strncmp(line, LXC_FORCE, strlen(LXC_FORCE))) {
		strcpy(rule.name, "umount2");
		rule.action = SCMP_ACT_ERRNO(EACCES);
		rule.nargs = 1;
		rule.args[0] = (struct scmp_arg_cmp){ 1, SCMP_CMP_MASKED_EQ,
			MNT_FORCE, MNT_FORCE };
	} else if (seccomp_syscall_resolve_name(line) == __NR_SCMP_ERROR) {
		if (*line)
			say_left(r, line);
		return 0;
	} else {
		snprintf(rule.name, sizeof(rule.name), "%.63s", line);
	}
	if (rule.action == r->p->default_action && is_anywhere(r->p, rule.name))
		return fail(r, 1,
			"%s: what the list does anyway: libseccomp refuses "
			"that, and LXC the whole file",
			rule.name);
	return add(r, &rule);
}

/* The architectures of the machine that it is read on. */
static void take_arches(struct profile *p)
{
	const uint32_t native = seccomp_arch_native();

	p->exact = true;
	if (native == SCMP_ARCH_X86_64) {
		profile_add_arch(p, SCMP_ARCH_X86);
		profile_add_arch(p, SCMP_ARCH_X32);
	} else if (native == SCMP_ARCH_AARCH64) {
		profile_add_arch(p, SCMP_ARCH_ARM);
	}
	profile_add_arch(p, native);
}

static int take_kind(struct lxc *r, char *kind)
{
	const bool denies =
		!strncmp(kind, "denylist", 8) || !strncmp(kind, "blacklist", 9);
	struct profile *p = r->p;
	const char *why;
	char *blank;

	if (!denies && strncmp(kind, "allowlist", 9) != 0 &&
		strncmp(kind, "whitelist", 9) != 0)
		return fail(r, 1, "expected allowlist or denylist");
	if (strstr(kind, "debug"))
		return fail(r, 1, "debug is not implemented in LXC");
	p->of_default = (struct profile_place){ r->line, 1 };
	p->default_action = denies ? SCMP_ACT_ALLOW : SCMP_ACT_KILL;
	r->action = denies ? SCMP_ACT_KILL : SCMP_ACT_ALLOW;
	blank = strchr(kind, ' ');
	if (!blank)
		return 0;
	/* LXC sees the end of the line there, which is no action. */
	if (!blank[strspn(blank, " ")] && r->at <= r->end)
		return fail(r, (int)(blank - kind) + 1,
			"expected an action behind the blank");
	return lxc_action(blank, &p->default_action, &why)
		       ? fail(r, (int)(blank - kind) + 2, "%s", why)
		       : 0;
}

static int read_v2(struct lxc *r, char *kind)
{
	char line[LINE];
	int ret;

	if (take_kind(r, kind))
		return -1;
	take_arches(r->p);
	while ((ret = next_line(r, line)) > 0) {
		if (*line == '#')
			continue;
		if (*line == '[')
			ret = take_section(r, line);
		else
			ret = r->skips ? 0 : take_rule(r, line);
		if (ret)
			return ret;
	}
	return ret;
}

int lxc_read(struct profile *p, const char *text, size_t size,
	struct profile_error *err)
{
	struct lxc r = { .p = p, .err = err, .at = text, .end = text + size };
	char kind[LINE];
	int version, ret;

	if (!take_version(&r, &version) || version > 2) {
		return fail(&r, 1,
			"expected the version, 1 or 2: an LXC file begins "
			"with it, and with no comment");
	}
	ret = next_line(&r, kind);
	if (ret < 0)
		return -1;
	return version == 1 ? read_v1(&r, kind) : read_v2(&r, kind);
}
