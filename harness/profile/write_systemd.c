/* SPDX-License-Identifier: MIT */
/*
 * write_systemd.c: a profile as settings of a systemd unit,
 * systemd.exec(5). They know calls, one default and errno answers; no
 * arguments. An allow-list begins with the group @default, which goes again.
 * What is written means the same to each systemd, but for numbers that a later
 * one does not know; scripts/test-systemd asks the one that is there.
 */
#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/rules.h"

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
			return profile_refuse_rule(p, rule,
				"two actions for one call; systemd has one",
				err);
	if (rule->nargs)
		return profile_refuse_rule(p, rule,
			"checks arguments; systemd's settings cannot", err);
	if (seccomp_syscall_resolve_name(rule->name) == __NR_SCMP_ERROR)
		return profile_refuse_rule(p, rule,
			"libseccomp has no such name, and systemd ignores it",
			err);
	if (rule->action == p->default_action ||
		rule->action == SCMP_ACT_ALLOW ||
		(p->default_action == SCMP_ACT_ALLOW &&
			(errno_of(rule->action) ||
				rule->action == SCMP_ACT_KILL_PROCESS)))
		return 0;
	return profile_refuse_rule(p, rule,
		p->default_action == SCMP_ACT_ALLOW
			? "systemd's deny-lists give an errno, or kill the "
			  "process"
			: "systemd's allow-lists allow, and do nothing else",
		err);
}

/* The architectures of which a systemd, compiled for the first, filters calls:
 * seccomp_local_archs in its src/shared/seccomp-util.c. */
static const struct {
	uint32_t arch;
	const char *word;
} words[] = {
	{ SCMP_ARCH_X86_64, "x86-64" },
	{ SCMP_ARCH_X32, "x32" },
	{ SCMP_ARCH_X86, "x86" },
};

#define NWORDS (sizeof(words) / sizeof(*words))

static size_t find_word(uint32_t arch)
{
	size_t i = 0;

	while (i < NWORDS && words[i].arch != arch)
		i++;
	return i;
}

/* systemd.exec(5), SystemCallArchitectures=: "processes of this unit will only
 * be permitted to call native system calls, and system calls of the specified
 * architectures". */
static int check_arches(
	const struct profile *p, uint32_t native, struct profile_error *err)
{
	bool has_native = !p->narches;

	for (unsigned i = 0; i < p->narches; i++) {
		has_native = has_native || p->arches[i] == native;
		if (find_word(p->arches[i]) < find_word(native) ||
			find_word(p->arches[i]) == NWORDS)
			return profile_refuse(p, p->of_arches,
				profile_word(WORDS_ARCHES, p->arches[i]),
				"no architecture of which this systemd filters "
				"calls (-a tells its own)",
				err);
	}
	if (has_native)
		return 0;
	return profile_refuse(p, p->of_arches, NULL,
		"leaves out systemd's own architecture (-a), whose calls pass "
		"in every unit",
		err);
}

/* https://github.com/systemd/systemd/pull/33451: it is made, and so allowed,
 * between the filter and execve. */
static int check_write(const struct profile *p, struct profile_error *err)
{
	static const char why[] =
		"later systemds let write pass, whatever the list says";

	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];

		if (!strcmp(rule->name, "write"))
			return rule->action == SCMP_ACT_ALLOW
				       ? 0
				       : profile_refuse_rule(p, rule, why, err);
	}
	return p->default_action == SCMP_ACT_ALLOW
		       ? 0
		       : profile_refuse(p, p->of_default, "write", why, err);
}

static int check(
	const struct profile *p, uint32_t arch, struct profile_error *err)
{
	if (profile_check_rules(p, err) || profile_check_x32(p, err) ||
		check_arches(p, arch, err))
		return -1;
	if (p->default_action != SCMP_ACT_ALLOW &&
		p->default_action != SCMP_ACT_KILL_PROCESS &&
		!errno_of(p->default_action))
		return profile_refuse(p, p->of_default, NULL,
			"systemd has no such default action: it allows, kills "
			"the process, or answers an errno",
			err);
	for (size_t i = 0; i < p->nrules; i++)
		if (check_rule(p, &p->rules[i], err))
			return -1;
	return check_write(p, err);
}

static void write_arches(const struct profile *p, FILE *to)
{
	fprintf(to, "SystemCallArchitectures=%s", p->narches ? "" : "native");
	for (unsigned i = 0; i < p->narches; i++)
		fprintf(to, "%s%s", i ? " " : "",
			words[find_word(p->arches[i])].word);
	fputc('\n', to);
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

int profile_write_systemd(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	bool deny = p->default_action == SCMP_ACT_ALLOW, starts = deny;
	const struct profile_place none = { 0 };

	if (check(p, arch, err))
		return -1;
	for (size_t i = 0; i < p->nrules; i++)
		starts = starts ||
			 (!strcmp(p->rules[i].name, "execve") &&
				 p->rules[i].action != p->default_action);
	if (!starts)
		fputs("# execve is refused, and systemd calls it under the "
		      "filter: no unit starts with this as it is.\n",
			to);
	/* https://github.com/systemd/systemd/pull/30291 */
	if (!deny && errno_of(p->default_action) != ENOSYS)
		fputs("# Later systemds answer ENOSYS, and not the default, to "
		      "numbers that they do not know.\n",
			to);
	fputs("[Service]\nNoNewPrivileges=yes\n", to);
	write_arches(p, to);
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
	return profile_refuse(p, none, NULL, "cannot write", err);
}
