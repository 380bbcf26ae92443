/* SPDX-License-Identifier: MIT */
/*
 * fix.c: what each finding that has a repair changes in the rules. What is
 * dangerous and let pass on purpose stays: nobody but its author knows what it
 * is for. Pure.
 */
#include "lint/fix.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lint/find.h"
#include "lint/siblings.h"
#include "sys/calls.h"

#define ENOSYS_VERDICT (SECCOMP_RET_ERRNO | ENOSYS)
#define RULES	       8192 /* more are not written */

struct fixer {
	struct profile *p;
	const struct filter *bpf;
	uint32_t arch;
	const struct lint_finding *f;
	struct fix *fix;
};

__attribute__((format(printf, 4, 5))) static struct fix_change *add(
	struct fixer *t, enum fix_effect effect, const char *call,
	const char *format, ...)
{
	static struct fix_change none;
	struct fix_change *c = &none;
	va_list ap;

	if (t->fix && t->fix->n < FIX_CHANGES)
		c = &t->fix->list[t->fix->n++];
	*c = (struct fix_change){ .rule = t->f->rule, .effect = effect };
	snprintf(c->call, sizeof(c->call), "%s", call);
	va_start(ap, format);
	vsnprintf(c->text, sizeof(c->text), format, ap);
	va_end(ap);
	return c;
}

/* Takes out the rules of CALL, of those with ACTION's effect or all. */
static bool drop(struct profile *p, const char *call, bool all)
{
	size_t n = 0;
	bool some;

	for (size_t i = 0; i < p->nrules; i++)
		if (strcmp(p->rules[i].name, call) != 0 ||
			(!all && lint_passes(p->rules[i].action)))
			p->rules[n++] = p->rules[i];
	some = n < p->nrules;
	p->nrules = n;
	return some;
}

/* CALL meets ACTION, whatever its arguments. */
static bool put(struct profile *p, const char *call, uint32_t action)
{
	struct profile_rule rule = { .action = action };
	const bool dropped = drop(p, call, true);

	snprintf(rule.name, sizeof(rule.name), "%s", call);
	if (action == p->default_action)
		return dropped;
	return !profile_add_rule(p, &rule);
}

static bool open_call(struct fixer *t, const char *call)
{
	if (!lint_passes(t->p->default_action)) {
		if (!put(t->p, call, SCMP_ACT_ALLOW))
			return false;
	} else if (!drop(t->p, call, false)) {
		return false;
	}
	add(t, FIX_OPENS, call, "%s is let pass", call);
	return true;
}

/* The next word of the finding's subjects. False: there is none. */
static bool next(const struct lint_finding *f, const char **at, char word[64])
{
	const char *s = *at ? *at : f->subjects;
	size_t n;

	s += strspn(s, " ");
	n = strcspn(s, " ");
	snprintf(word, 64, "%.*s", (int)(n < 63 ? n : 63), s);
	*at = s + n;
	return n > 0;
}

static bool say_enosys(struct fixer *t)
{
	const char *at = NULL;
	bool some = false;
	char call[64];

	while (next(t->f, &at, call))
		if (put(t->p, call, ENOSYS_VERDICT)) {
			add(t, FIX_SAYS, call, "%s meets ENOSYS", call)->to =
				ENOSYS_VERDICT;
			some = true;
		}
	return some;
}

/* FROM, wherever it is said, becomes TO. */
static bool say_other(
	struct fixer *t, uint32_t from, uint32_t to, const char *text)
{
	struct profile *p = t->p;
	struct fix_change *c;
	bool some = p->default_action == from;

	if (some)
		p->default_action = to;
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action == from) {
			p->rules[i].action = to;
			some = true;
		}
	if (!some)
		return false;
	c = add(t, FIX_SAYS, "", "%s", text);
	c->from = from;
	c->to = to;
	return true;
}

/* Reads "CALL[ARG]". */
static bool read_argument(
	const struct lint_finding *f, char call[64], unsigned *arg)
{
	const char *at = NULL;
	char *bracket;

	if (!next(f, &at, call))
		return false;
	bracket = strchr(call, '[');
	if (!bracket)
		return false;
	*arg = (unsigned)strtoul(bracket + 1, NULL, 10);
	*bracket = '\0';
	return true;
}

static bool cut_masks(struct fixer *t)
{
	bool some = false;
	char call[64];
	unsigned arg;

	if (!read_argument(t->f, call, &arg))
		return false;
	for (size_t i = 0; i < t->p->nrules; i++) {
		struct profile_rule *rule = &t->p->rules[i];

		for (unsigned k = 0; k < rule->nargs; k++) {
			struct scmp_arg_cmp *c = &rule->args[k];

			if (strcmp(rule->name, call) != 0 || c->arg != arg ||
				c->op != SCMP_CMP_MASKED_EQ || !c->datum_a ||
				!(c->datum_b & ~c->datum_a))
				continue;
			c->datum_b &= c->datum_a;
			some = true;
		}
	}
	if (some)
		add(t, FIX_SAYS, call,
			"%s, argument %u: of the value what is in the mask",
			call, arg);
	return some;
}

/* Rule INDEX with each of N comparisons in place of its Kth. */
static bool replace(struct profile *p, size_t index, unsigned k,
	const struct scmp_arg_cmp *by, size_t n)
{
	struct profile_rule rule = p->rules[index];

	p->rules[index].args[k] = by[0];
	for (size_t i = 1; i < n; i++) {
		rule.args[k] = by[i];
		if (p->nrules >= RULES || profile_add_rule(p, &rule))
			return false;
	}
	return true;
}

/* Where all of the flags are set, others beside them. */
static void add_flags(struct fixer *t, const char *call, unsigned arg,
	const struct scmp_arg_cmp *by, size_t n)
{
	struct fix_change *c = add(t, FIX_SHUTS, call,
		"%s, argument %u: its flags are compared one by one", call,
		arg);

	c->arg = arg;
	c->all = true;
	for (size_t i = 0; i < n; i++)
		c->mask |= by[i].datum_a;
}

/* BITS: 0 for flags. */
static bool narrow(
	struct fixer *t, const char *call, unsigned arg, unsigned bits)
{
	const size_t nrules = t->p->nrules;
	bool some = false;

	for (size_t i = 0; i < nrules; i++)
		for (unsigned k = 0; k < t->p->rules[i].nargs; k++) {
			const struct profile_rule *rule = &t->p->rules[i];
			const bool opens = lint_passes(rule->action);
			struct scmp_arg_cmp by[FIX_CUBES];
			size_t n;

			if (rule->args[k].arg != arg ||
				strcmp(rule->name, call) != 0)
				continue;
			n = bits ? fix_cubes(&rule->args[k], bits, opens, by)
				 : fix_flags(&rule->args[k], opens, by);
			if (n && !bits)
				add_flags(t, call, arg, by, n);
			if (n && !replace(t->p, i, k, by, n))
				return false;
			some = some || n;
		}
	return some;
}

static bool narrow_argument(struct fixer *t, bool flags)
{
	struct fix_change *c;
	char call[64];
	unsigned arg, bits;

	if (!read_argument(t->f, call, &arg))
		return false;
	bits = calls_bits(call, arg) == 16 ? 16 : 32;
	if (!narrow(t, call, arg, flags ? 0 : bits))
		return false;
	if (flags)
		return true;
	c = add(t, FIX_SHUTS, call,
		"%s, argument %u: compared by its lower %u bits", call, arg,
		bits);
	c->arg = arg;
	c->mask = ~((UINT64_C(1) << bits) - 1);
	return true;
}

/* The group that a finding tells of: its text ends with what they do. */
static const struct sibling_group *group_of(const struct lint_finding *f)
{
	const size_t n = strlen(f->text);

	for (size_t i = 0; i < sibling_ngroups; i++) {
		const size_t k = strlen(sibling_groups[i].what);

		if (n > k && !strcmp(f->text + n - k, sibling_groups[i].what))
			return &sibling_groups[i];
	}
	return NULL;
}

static void reach(const struct fixer *t, const char *call, struct bpf_reach *r)
{
	bpf_reach(t->bpf->insns, t->bpf->ninsns, t->arch,
		calls_number(t->arch, call), r);
}

/* What those that are refused meet, that the others shall meet, too; false:
 * none is, but for some arguments. */
static bool refusal(const struct fixer *t, uint32_t *verdict)
{
	const char *at = NULL;
	char call[64];

	while (next(t->f, &at, call)) {
		struct bpf_reach r;

		reach(t, call, &r);
		*verdict = r.verdicts[0];
		if (r.n && !lint_may_pass(&r))
			return true;
	}
	return false;
}

/* Those whose arguments are behind a pointer; libc goes on without them. */
static bool has_no_arguments(const char *call)
{
	return !strcmp(call, "clone3") || !strcmp(call, "openat2");
}

static bool treat_alike(struct fixer *t)
{
	const struct sibling_group *g = group_of(t->f);
	const char *at = NULL;
	uint32_t verdict = 0;
	bool whole, some = false;
	char call[64];

	/* The others of these do more than that. */
	if (!g || g->how & SIBLING_ONE_WAY)
		return false;
	whole = refusal(t, &verdict);
	while (next(t->f, &at, call)) {
		struct bpf_reach r;

		reach(t, call, &r);
		if (!lint_always_passes(&r) ||
			(!whole && !has_no_arguments(call)))
			continue;
		if (has_no_arguments(call))
			verdict = ENOSYS_VERDICT;
		if (!put(t->p, call, verdict))
			continue;
		add(t, FIX_SHUTS, call, "%s is refused", call);
		some = true;
	}
	return some;
}

bool fix_finding(struct profile *p, const struct filter *bpf, uint32_t arch,
	const struct lint_finding *f, struct fix *fix)
{
	struct fixer t = { p, bpf, arch, f, fix };

	switch (f->rule - lint_rules) {
	case RULE_EXIT_GROUP:
		return open_call(&t, "exit_group");
	case RULE_NO_EXIT:
		/* Either may be open. */
		open_call(&t, "exit");
		return open_call(&t, "exit_group");
	case RULE_SIGRETURN:
		return open_call(&t, "rt_sigreturn");
	case RULE_RESTART:
		return open_call(&t, "restart_syscall");
	case RULE_ENOSYS:
		return say_enosys(&t);
	case RULE_KILL_THREAD:
		return say_other(&t, SCMP_ACT_KILL_THREAD,
			SCMP_ACT_KILL_PROCESS,
			"the process is killed, not the thread");
	case RULE_ERRNO_ZERO:
		return say_other(&t, SCMP_ACT_ERRNO(0), SCMP_ACT_ERRNO(EPERM),
			"EPERM, not errno 0");
	case RULE_MASK:
		return cut_masks(&t);
	case RULE_HIGH_BITS:
		return narrow_argument(&t, false);
	case RULE_WHOLE_FLAGS:
		return narrow_argument(&t, true);
	case RULE_SIBLING:
		return treat_alike(&t);
	}
	return false;
}
