/* SPDX-License-Identifier: MIT */
/*
 * profile_write_systemd.c: a profile as settings of a systemd unit,
 * systemd.exec(5). They know calls, one default and errno answers; no
 * arguments. An allow-list begins with the group @default, which goes again.
 */
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>

#include "profile_int.h"

static int refuse(const struct profile *p, const struct profile_rule *rule,
	const char *why, struct profile_error *err)
{
	if (rule)
		snprintf(err->text, sizeof(err->text), "%s:%d:%d: %s: %s",
			p->where, rule->line, rule->column, rule->name, why);
	else
		snprintf(err->text, sizeof(err->text), "%s: %s", p->where, why);
	return -1;
}

static unsigned errno_of(uint32_t action)
{
	bool yes = (action & SECCOMP_RET_ACTION_FULL) == SCMP_ACT_ERRNO(0);

	return yes ? action & SECCOMP_RET_DATA : 0;
}

static int check_rule(const struct profile *p, const struct profile_rule *rule,
	struct profile_error *err)
{
	for (const struct profile_rule *r = p->rules; r < rule; r++)
		if (!strcmp(r->name, rule->name) && r->action != rule->action)
			return refuse(p, rule,
				"two actions for one call; systemd has one",
				err);
	if (rule->nargs)
		return refuse(p, rule,
			"checks arguments; systemd's settings cannot", err);
	if (rule->action == p->default_action ||
		rule->action == SCMP_ACT_ALLOW ||
		(p->default_action == SCMP_ACT_ALLOW &&
			(errno_of(rule->action) ||
				rule->action == SCMP_ACT_KILL_PROCESS)))
		return 0;
	return refuse(p, rule,
		p->default_action == SCMP_ACT_ALLOW
			? "systemd's deny-lists give an errno, or kill the "
			  "process"
			: "systemd's allow-lists allow, and do nothing else",
		err);
}

static int check(const struct profile *p, struct profile_error *err)
{
	if (p->ninsns || p->mode != PROFILE_FILTER)
		return refuse(p, NULL, "has no rules to write", err);
	if (p->default_action != SCMP_ACT_ALLOW &&
		p->default_action != SCMP_ACT_KILL_PROCESS &&
		!errno_of(p->default_action))
		return refuse(p, NULL,
			"systemd has no such default action: only to allow, to "
			"kill the process (not the thread), and an errno",
			err);
	for (size_t i = 0; i < p->nrules; i++)
		if (check_rule(p, &p->rules[i], err))
			return -1;
	return 0;
}

static int write_arches(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	static const struct {
		uint32_t arch;
		const char *word;
	} words[] = {
		{ SCMP_ARCH_X86_64, "x86-64" },
		{ SCMP_ARCH_X86, "x86" },
		{ SCMP_ARCH_X32, "x32" },
		{ SCMP_ARCH_AARCH64, "arm64" },
		{ SCMP_ARCH_ARM, "arm" },
		{ SCMP_ARCH_RISCV64, "riscv64" },
		{ SCMP_ARCH_PPC64LE, "ppc64-le" },
		{ SCMP_ARCH_S390X, "s390x" },
	};
	const size_t n = sizeof(words) / sizeof(*words);

	fprintf(to, "SystemCallArchitectures=%s", p->narches ? "" : "native");
	for (unsigned i = 0; i < p->narches; i++) {
		size_t k = 0;

		while (k < n && words[k].arch != p->arches[i])
			k++;
		if (k == n)
			return refuse(p, NULL,
				"systemd has no such architecture", err);
		fprintf(to, "%s%s", i ? " " : "", words[k].word);
	}
	fputc('\n', to);
	return 0;
}

static void write_rule(FILE *to, const struct profile_rule *rule, bool deny)
{
	fprintf(to, "SystemCallFilter=%s%s", deny ? "~" : "", rule->name);
	if (deny && errno_of(rule->action))
		fprintf(to, ":%u", errno_of(rule->action));
	else if (deny)
		fputs(":kill", to);
	fputc('\n', to);
}

int profile_write_systemd(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	bool deny = p->default_action == SCMP_ACT_ALLOW, starts = deny;

	if (check(p, err))
		return -1;
	for (size_t i = 0; i < p->nrules; i++)
		starts = starts ||
			 (!strcmp(p->rules[i].name, "execve") &&
				 p->rules[i].action != p->default_action);
	if (!starts)
		fputs("# execve is refused, and systemd calls it under the "
		      "filter: no unit starts with this as it is.\n",
			to);
	fputs("[Service]\nNoNewPrivileges=yes\n", to);
	if (write_arches(p, to, err))
		return -1;
	if (errno_of(p->default_action))
		fprintf(to, "SystemCallErrorNumber=%u\n",
			errno_of(p->default_action));
	if (!deny)
		fputs("SystemCallFilter=@default\nSystemCallFilter=~@default\n",
			to);
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action != p->default_action)
			write_rule(to, &p->rules[i], deny);
	if (!fflush(to) && !ferror(to))
		return 0;
	return refuse(p, NULL, "cannot write", err);
}
