/* SPDX-License-Identifier: MIT */
/*
 * write_minijail.c: a profile as a minijail policy. What was written is
 * read back and must give every verdict that the profile gives.
 */
#include <inttypes.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "profile/profile.h"
#include "profile/rules.h"

static const struct {
	uint32_t action;
	const char *word;
	bool by_default; /* @default has the word */
} words[] = {
	{ SCMP_ACT_ALLOW, "1", false },
	{ SCMP_ACT_KILL_THREAD, "kill-thread", true },
	{ SCMP_ACT_KILL_PROCESS, "kill-process", true },
	{ SCMP_ACT_TRAP, "trap", true },
	{ SCMP_ACT_LOG, "log", false },
	{ SCMP_ACT_NOTIFY, "user-notify", true },
	{ SCMP_ACT_TRACE(0), "trace", false },
};

#define NWORDS (sizeof(words) / sizeof(*words))

static int write_default(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	if (p->default_action == SCMP_ACT_ALLOW) {
		fputs("@denylist\n", to);
		return 0;
	}
	for (size_t i = 0; i < NWORDS; i++)
		if (words[i].action == p->default_action &&
			words[i].by_default) {
			fprintf(to, "@default %s\n", words[i].word);
			return 0;
		}
	return profile_refuse(p, p->of_default, NULL,
		"minijail has no such default action: only to kill, trap, "
		"notify, and in a denylist to allow",
		err);
}

/* False: minijail has no word for it. In a denylist each line has a return
 * (parse_action in its tools/parser.py, "invalid denylist policy"). */
static bool write_action(FILE *to, const struct profile *p, uint32_t action)
{
	if ((action & SECCOMP_RET_ACTION_FULL) == SCMP_ACT_ERRNO(0)) {
		fprintf(to, "return %u", action & SECCOMP_RET_DATA);
		return true;
	}
	for (size_t i = 0; i < NWORDS; i++)
		if (words[i].action == action &&
			p->default_action != SCMP_ACT_ALLOW) {
			fputs(words[i].word, to);
			return true;
		}
	return false;
}

/* (arg & mask) == value: no bit but those of the value, and each of them. */
static void write_mask(FILE *to, const struct scmp_arg_cmp *a)
{
	uint64_t clear = a->datum_a & ~a->datum_b;
	const char *join = "";

	if (clear || !a->datum_b) {
		fprintf(to, "arg%u in 0x%" PRIx64, a->arg, ~clear);
		join = " && ";
	}
	for (uint64_t rest = a->datum_b; rest; rest &= rest - 1) {
		fprintf(to, "%sarg%u & 0x%" PRIx64, join, a->arg, rest & -rest);
		join = " && ";
	}
}

static void write_clause(FILE *to, const struct profile_rule *rule)
{
	static const char *const operators[] = {
		[SCMP_CMP_NE] = "!=",
		[SCMP_CMP_LT] = "<",
		[SCMP_CMP_LE] = "<=",
		[SCMP_CMP_EQ] = "==",
		[SCMP_CMP_GE] = ">=",
		[SCMP_CMP_GT] = ">",
	};

	for (unsigned i = 0; i < rule->nargs; i++) {
		const struct scmp_arg_cmp *a = &rule->args[i];

		fputs(i ? " && " : "", to);
		if (a->op == SCMP_CMP_MASKED_EQ)
			write_mask(to, a);
		else
			fprintf(to, "arg%u %s 0x%" PRIx64, a->arg,
				operators[a->op], a->datum_a);
	}
}

/* The line of the call whose first rule is RULE. */
static int write_call(const struct profile *p, const struct profile_rule *rule,
	FILE *to, struct profile_error *err)
{
	const struct profile_rule *end = p->rules + p->nrules;
	bool bare = false, more = false, allow = rule->action == SCMP_ACT_ALLOW;

	for (const struct profile_rule *r = rule; r < end; r++) {
		if (strcmp(r->name, rule->name) != 0)
			continue;
		if (r->action != rule->action)
			return profile_refuse_rule(p, r,
				"a minijail policy is written with one action "
				"for a call",
				err);
		bare = bare || !r->nargs;
	}
	fprintf(to, "%s: %s", rule->name, bare || allow ? "" : "{ ");
	for (const struct profile_rule *r = rule; !bare && r < end; r++)
		if (!strcmp(r->name, rule->name)) {
			fputs(more ? " || " : "", to);
			write_clause(to, r);
			more = true;
		}
	if (!bare && allow) {
		fputc('\n', to);
		return 0;
	}
	fputs(bare ? "" : "; ", to);
	if (!write_action(to, p, rule->action))
		return profile_refuse_rule(p, rule,
			p->default_action == SCMP_ACT_ALLOW
				? "a minijail denylist answers with an errno, "
				  "and nothing else"
				: "minijail has no word for its action",
			err);
	fputs(bare ? "\n" : " }\n", to);
	return 0;
}

/* Of ARCH: minijail takes no name that its programs have not. */
static int write_all(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	if (write_default(p, to, err))
		return -1;
	for (size_t i = 0; i < p->nrules; i++) {
		const struct profile_rule *rule = &p->rules[i];
		size_t first = 0;

		while (strcmp(p->rules[first].name, rule->name) != 0)
			first++;
		if (first == i && rule->action != p->default_action &&
			calls_number(arch, rule->name) >= 0 &&
			write_call(p, rule, to, err))
			return -1;
	}
	return 0;
}

static struct profile_place place_of(const struct profile *p, const char *name)
{
	for (size_t i = 0; i < p->nrules; i++)
		if (!strcmp(p->rules[i].name, name))
			return (struct profile_place){ p->rules[i].line,
				p->rules[i].column };
	return p->of_default;
}

/* What others than the reader of TEXT would find out at run time. */
static int check(const struct profile *p, uint32_t arch, const char *text,
	size_t size, struct profile_error *err)
{
	static struct filter want, got;
	struct profile *q = profile_parse("written.policy", text, size, err);
	struct seccomp_data bad;
	struct profile like;
	char name[64];
	int ret;

	if (!q)
		return -1;
	q->silent = true;
	like = profile_dying_alike(p, q);
	ret = profile_build(&like, arch, &want, err) ||
	      profile_build(q, arch, &got, err);
	profile_free(q);
	if (ret)
		return -1;
	if (profile_same(p, &want, &got, &bad))
		return 0;
	calls_name(bad.arch, bad.nr, name, sizeof(name));
	return profile_refuse(p, place_of(p, name), name,
		"as a minijail policy its verdict would change", err);
}

/* A policy is compiled for one architecture and looks at no x32 bit: minijail,
 * bpf.c, bpf_validate_arch, and tools/bpf.py, ValidateArch. */
static int check_arches(
	const struct profile *p, uint32_t arch, struct profile_error *err)
{
	if (p->narches > 1)
		return profile_refuse(p, p->of_arches, NULL,
			"names several architectures; a minijail policy is for "
			"one",
			err);
	if (p->narches && p->arches[0] != arch)
		return profile_refuse(p, p->of_arches, NULL,
			"names another architecture than that of the policy's "
			"programs, which -a tells",
			err);
	if (p->default_action != SCMP_ACT_KILL_THREAD &&
		p->default_action != SCMP_ACT_KILL_PROCESS &&
		ARCH_HAS_X32(arch) && !p->x32_default)
		return profile_refuse(p, p->of_default, NULL,
			"numbers with the x32 bit, for which this filter "
			"kills, meet a minijail policy's default action on "
			"x86-64",
			err);
	return 0;
}

int profile_write_policy(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	const struct profile_place none = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *f;
	int ret;

	if (profile_check_rules(p, err) || check_arches(p, arch, err))
		return -1;
	f = open_memstream(&text, &size);
	if (!f)
		return profile_refuse(p, none, NULL, "out of memory", err);
	ret = write_all(p, arch, f, err);
	if (fclose(f) && !ret)
		ret = profile_refuse(p, none, NULL, "out of memory", err);
	if (!ret)
		ret = check(p, arch, text, size, err);
	if (!ret && (fwrite(text, 1, size, to) != size || fflush(to)))
		ret = profile_refuse(p, none, NULL, "cannot write", err);
	free(text);
	return ret;
}
