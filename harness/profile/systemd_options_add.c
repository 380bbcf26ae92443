/* SPDX-License-Identifier: MIT */
/*
 * systemd_options_add.c: the filters of a unit's settings among the rules of
 * its list. Each of those filters refuses some of what the list lets pass; what
 * the list refuses it answers itself, being the last that is loaded: so says
 * exec_child of src/core/execute.c.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/read_minijail.h"
#include "profile/systemd_options.h"
#include "sys/failure.h"

#define RULES 256 /* of the settings */

struct adder {
	const struct systemd_options *o;
	struct profile *p;
	struct profile_error *err;
	const struct systemd_at *at; /* the setting */
	size_t n;
	struct profile_rule rules[RULES];
};

static void refuse2(struct adder *a, const char *name, int error,
	struct scmp_arg_cmp x, struct scmp_arg_cmp y, unsigned nargs)
{
	struct profile_rule rule = { .action = SCMP_ACT_ERRNO((uint32_t)error),
		.nargs = nargs,
		.args = { x, y },
		.line = a->at->line,
		.column = 1,
		.file = a->at->file };

	if (a->n == RULES)
		return;
	snprintf(rule.name, sizeof(rule.name), "%s", name);
	a->rules[a->n++] = rule;
}

static void refuse(
	struct adder *a, const char *name, int error, struct scmp_arg_cmp x)
{
	refuse2(a, name, error, x, (struct scmp_arg_cmp){ 0 }, 1);
}

static void refuse_all(struct adder *a, const char *name, int error)
{
	const struct scmp_arg_cmp none = { 0 };

	refuse2(a, name, error, none, none, 0);
}

static struct scmp_arg_cmp cmp(
	unsigned arg, enum scmp_compare op, uint64_t value)
{
	return (struct scmp_arg_cmp){ arg, op, value, 0 };
}

static struct scmp_arg_cmp bits(unsigned arg, uint64_t value)
{
	return (struct scmp_arg_cmp){ arg, SCMP_CMP_MASKED_EQ, value, value };
}

/* socket(2) is left to socketcall(2) on x86: it is not restricted there. */
static void families(struct adder *a)
{
	const struct systemd_options *o = a->o;
	unsigned first = 0, last = 0;

	for (unsigned i = 1; i < SYSTEMD_FAMILIES; i++)
		if (o->family[i]) {
			first = first ? first : i;
			last = i;
		}
	if (o->families_allowed && !first)
		refuse_all(a, "socket", EAFNOSUPPORT);
	if (o->families_allowed && first) {
		refuse(a, "socket", EAFNOSUPPORT, cmp(0, SCMP_CMP_LT, first));
		refuse(a, "socket", EAFNOSUPPORT, cmp(0, SCMP_CMP_GT, last));
	}
	for (unsigned i = 1; i < SYSTEMD_FAMILIES; i++)
		if (o->families_allowed ? i > first && i < last && !o->family[i]
					: o->family[i])
			refuse(a, "socket", EAFNOSUPPORT,
				cmp(0, SCMP_CMP_EQ, i));
}

static void namespaces(struct adder *a)
{
	const uint32_t retained = a->o->retained;

	refuse_all(a, "clone3", ENOSYS);
	if (!(retained & SYSTEMD_NAMESPACES))
		refuse_all(a, "setns", EPERM);
	else
		refuse(a, "setns", EPERM, cmp(1, SCMP_CMP_EQ, 0));
	for (unsigned i = 0; i < 32; i++) {
		const uint32_t flag = 1u << i;

		if (!((SYSTEMD_NAMESPACES | SYSTEMD_NEWTIME) & flag) ||
			retained & flag)
			continue;
		refuse(a, "unshare", EPERM, bits(0, flag));
		refuse(a, "clone", EPERM, bits(0, flag));
		if (retained & SYSTEMD_NAMESPACES)
			refuse(a, "setns", EPERM, bits(1, flag));
	}
}

static void write_execute(struct adder *a)
{
	const uint64_t write = 2, exec = 4;

	refuse(a, "mmap", EPERM, bits(2, write | exec));
	refuse(a, "mprotect", EPERM, bits(2, exec));
	refuse(a, "pkey_mprotect", EPERM, bits(2, exec));
	refuse(a, "shmat", EPERM, bits(2, 0100000)); /* SHM_EXEC */
}

static void realtime(struct adder *a)
{
	/* SCHED_OTHER, _BATCH and _IDLE may be. */
	refuse(a, "sched_setscheduler", EPERM, cmp(1, SCMP_CMP_EQ, 1));
	refuse(a, "sched_setscheduler", EPERM, cmp(1, SCMP_CMP_EQ, 2));
	refuse(a, "sched_setscheduler", EPERM, cmp(1, SCMP_CMP_EQ, 4));
	refuse(a, "sched_setscheduler", EPERM, cmp(1, SCMP_CMP_GT, 5));
}

static void setid(struct adder *a)
{
	static const struct {
		const char *name;
		unsigned mode;
	} calls[] = { { "chmod", 1 }, { "fchmod", 1 }, { "fchmodat", 2 },
		{ "fchmodat2", 2 }, { "mkdir", 1 }, { "mkdirat", 2 },
		{ "mknod", 1 }, { "mknodat", 2 }, { "creat", 1 } };
	const uint64_t create = 0100; /* O_CREAT */

	refuse_all(a, "openat2", ENOSYS);
	for (uint64_t id = 02000; id <= 04000; id *= 2) {
		for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
			refuse(a, calls[i].name, EPERM,
				bits(calls[i].mode, id));
		refuse2(a, "open", EPERM, bits(1, create), bits(2, id), 2);
		refuse2(a, "openat", EPERM, bits(2, create), bits(3, id), 2);
	}
}

static int refuse_set(struct adder *a, const char *set)
{
	struct profile calls = { 0 };
	char why[SYSTEMD_WHY];
	int ret = systemd_put(&calls, a->at, set, NONE, true, why);

	for (size_t i = 0; i < calls.nrules; i++)
		refuse_all(a, calls.rules[i].name, EPERM);
	free(calls.rules);
	return ret;
}

static int add_switch(struct adder *a, enum systemd_switch which)
{
	switch (which) {
	case SWITCH_WRITE_EXECUTE:
		write_execute(a);
		return 0;
	case SWITCH_REALTIME:
		realtime(a);
		return 0;
	case SWITCH_SETID:
	case SWITCH_DYNAMIC_USER:
		setid(a);
		return 0;
	case SWITCH_TUNABLES:
		refuse_all(a, "_sysctl", EPERM);
		return 0;
	case SWITCH_MODULES:
		return refuse_set(a, "@module");
	case SWITCH_LOGS:
		refuse_all(a, "syslog", EPERM);
		return 0;
	case SWITCH_CLOCK:
		return refuse_set(a, "@clock");
	case SWITCH_HOSTNAME:
		refuse_all(a, "sethostname", EPERM);
		refuse_all(a, "setdomainname", EPERM);
		return 0;
	case SWITCH_DEVICES:
		return refuse_set(a, "@raw-io");
	default:
		refuse(a, "personality", EPERM,
			cmp(0, SCMP_CMP_NE, a->o->personality));
		return 0;
	}
}

/* The setting says something else of programs of x86 than of others, which
 * rules by the names of calls cannot. */
static bool is_apart(const struct adder *a, const char *key)
{
	bool x86 = false;
	char said[300];

	for (unsigned i = 0; i < a->p->narches; i++)
		x86 = x86 || a->p->arches[i] == SCMP_ARCH_X86;
	if (!x86)
		return false;
	snprintf(said, sizeof(said), "%s %s", a->p->where, key);
	if (!profile_said(said))
		failure_say("%s:%d: %s= is not read: it is another on x86, "
			    "which the unit lets in (SystemCallArchitectures="
			    "native would not); what is told here is without "
			    "what it refuses",
			a->at->where, a->at->line, key);
	return true;
}

static int collect(struct adder *a)
{
	const struct systemd_options *o = a->o;
	int ret = 0;

	for (int i = 0; i < NSWITCHES && !ret; i++) {
		a->at = &o->on[i];
		if (a->at->line &&
			!(i == SWITCH_WRITE_EXECUTE &&
				is_apart(a, "MemoryDenyWriteExecute")))
			ret = add_switch(a, (enum systemd_switch)i);
	}
	a->at = &o->namespaces;
	if (a->at->line &&
		(o->retained & SYSTEMD_NAMESPACES) != SYSTEMD_NAMESPACES)
		namespaces(a);
	a->at = &o->families;
	if (a->at->line && !is_apart(a, "RestrictAddressFamilies"))
		families(a);
	return ret;
}

/* Whether an earlier rule is for this call. */
static bool is_again(const struct adder *a, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (!strcmp(a->rules[i].name, a->rules[index].name))
			return true;
	return false;
}

static bool has_last_word(const struct profile *p)
{
	for (size_t i = 0; i < p->nrules; i++)
		if (!p->rules[i].nargs)
			return true;
	return false;
}

/* The list's rule BASE for a call, with what the settings refuse of it before:
 * those rules one after the other, the first that holds deciding. */
static int settle(struct adder *a, const struct profile_rule *base)
{
	struct profile one = { .default_action = a->p->default_action };
	struct policy r = { .p = &one, .err = a->err, .where = a->p->where };
	int ret = 0;

	for (size_t i = 0; i < a->n && !ret; i++)
		if (!strcmp(a->rules[i].name, base->name))
			ret = policy_add(&r, &a->rules[i]);
	/* A rule for all arguments leaves nothing to it. */
	if (!ret && !has_last_word(&one))
		ret = policy_add(&r, base);
	if (!ret)
		ret = policy_settle(&r);
	for (size_t i = 0; i < one.nrules && !ret; i++)
		ret = profile_add_rule(a->p, &one.rules[i]);
	free(one.rules);
	return ret ? -1 : 0;
}

static int add_call(struct adder *a, const char *name)
{
	struct profile_rule *old = systemd_find(a->p, name), base = { 0 };

	snprintf(base.name, sizeof(base.name), "%s", name);
	base.action = a->p->default_action;
	if (old)
		base = *old;
	if (base.action != SCMP_ACT_ALLOW && base.action != SCMP_ACT_LOG)
		return 0;
	if (old)
		*old = a->p->rules[--a->p->nrules];
	return settle(a, &base);
}

int systemd_options_add(const struct systemd_options *o, struct profile *p,
	struct profile_error *err)
{
	struct adder *a;
	int ret;

	if (!systemd_options_any(o))
		return 0;
	a = calloc(1, sizeof(*a));
	if (!a)
		return profile_refuse(p, (struct profile_place){ 0 }, NULL,
			"out of memory", err);
	*a = (struct adder){ .o = o, .p = p, .err = err };
	ret = collect(a);
	for (size_t i = 0; i < a->n && !ret; i++)
		if (!is_again(a, i))
			ret = add_call(a, a->rules[i].name);
	free(a);
	/* systemd loads them one by one. */
	p->silent = true;
	return ret;
}
