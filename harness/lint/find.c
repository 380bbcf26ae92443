/* SPDX-License-Identifier: MIT */
/* find.c: what the checks ask of a filter, and how they tell. Pure. */
#include "lint/find.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"

uint32_t lint_action(uint32_t verdict)
{
	return verdict & SECCOMP_RET_ACTION_FULL;
}

bool lint_passes(uint32_t verdict)
{
	return lint_action(verdict) == SECCOMP_RET_ALLOW ||
	       lint_action(verdict) == SECCOMP_RET_LOG;
}

bool lint_may_pass(const struct bpf_reach *r)
{
	for (unsigned i = 0; i < r->n; i++)
		if (lint_passes(r->verdicts[i]))
			return true;
	return !r->whole;
}

bool lint_always_passes(const struct bpf_reach *r)
{
	for (unsigned i = 0; i < r->n; i++)
		if (!lint_passes(r->verdicts[i]))
			return false;
	return r->whole;
}

const struct bpf_reach *lint_reach(const struct linter *l, const char *call)
{
	int nr = calls_number(l->arch, call);

	return nr < 0 || nr >= LINT_CALLS ? NULL : &l->reach[WAY_HOME][nr];
}

bool lint_call_passes(const struct linter *l, const char *call)
{
	const struct bpf_reach *r = lint_reach(l, call);

	return r && lint_may_pass(r);
}

bool lint_call_refused(const struct linter *l, const char *call)
{
	const struct bpf_reach *r = lint_reach(l, call);

	return r && !lint_may_pass(r);
}

void lint_take_arguments(
	const struct linter *l, const char *call, struct seccomp_data *data)
{
	for (size_t i = 0; i < l->p->nrules; i++) {
		const struct profile_rule *rule = &l->p->rules[i];

		for (unsigned k = 0; k < rule->nargs; k++)
			if (!strcmp(rule->name, call))
				data->args[rule->args[k].arg] =
					rule->args[k].op == SCMP_CMP_MASKED_EQ
						? rule->args[k].datum_b
						: rule->args[k].datum_a;
	}
}

static struct lint_finding *add(struct linter *l, enum lint_id id,
	const char *call, const struct profile_rule *rule, const char *format,
	va_list ap)
{
	struct lint *out = l->out;
	struct lint_finding *f = &out->findings[out->n];

	out->lost = out->n == sizeof(out->findings) / sizeof(*out->findings);
	if (out->lost)
		return NULL;
	*f = (struct lint_finding){
		.rule = &lint_rules[id],
		.level = lint_rules[id].level,
		.arch = l->arch,
		.line = rule ? rule->line : 1,
		.column = rule ? rule->column : 1,
	};
	if (call)
		lint_subject(f, call);
	if (rule && rule->file)
		snprintf(f->file, sizeof(f->file), "%s",
			profile_rule_file(l->p, rule));
	vsnprintf(f->text, sizeof(f->text), format, ap);
	out->n++;
	return f;
}

struct lint_finding *lint_add_at(struct linter *l, enum lint_id id,
	const struct profile_rule *rule, const char *format, ...)
{
	struct lint_finding *f;
	va_list ap;

	va_start(ap, format);
	f = add(l, id, rule ? rule->name : NULL, rule, format, ap);
	va_end(ap);
	return f;
}

struct lint_finding *lint_add(struct linter *l, enum lint_id id,
	const char *call, const char *format, ...)
{
	const struct profile_rule *rule = NULL;
	struct lint_finding *f;
	va_list ap;

	for (size_t i = 0; call && !rule && i < l->p->nrules; i++)
		if (!strcmp(l->p->rules[i].name, call))
			rule = &l->p->rules[i];
	va_start(ap, format);
	f = add(l, id, call, rule, format, ap);
	va_end(ap);
	return f;
}

void lint_lower(struct lint_finding *f, enum lint_level level)
{
	if (f && f->level > level)
		f->level = level;
}

void lint_subject(struct lint_finding *f, const char *call)
{
	struct text t;

	if (!f)
		return;
	t = text_in(f->subjects + strlen(f->subjects),
		sizeof(f->subjects) - strlen(f->subjects));
	if (*f->subjects)
		text_put(&t, " ");
	text_put_shown(&t, call);
}

void lint_add_argument(struct linter *l, enum lint_id id, const char *call,
	unsigned arg, const char *format, ...)
{
	struct lint_finding *f;
	char more[200];
	va_list ap;

	va_start(ap, format);
	vsnprintf(more, sizeof(more), format, ap);
	va_end(ap);
	f = lint_add(l, id, call, "%s, argument %u%s", call, arg, more);
	if (f)
		snprintf(f->subjects, sizeof(f->subjects), "%s[%u]", call, arg);
}

const char *lint_words(uint32_t verdict, char *buf, size_t size)
{
	unsigned data = verdict & SECCOMP_RET_DATA;

	switch (lint_action(verdict)) {
	case SECCOMP_RET_KILL_PROCESS:
		return "death of the process";
	case SECCOMP_RET_KILL_THREAD:
		return "death of the thread";
	case SECCOMP_RET_TRAP:
		return "SIGSYS";
	case SECCOMP_RET_ERRNO:
		snprintf(buf, size, "errno %u%s%s", data,
			strerrorname_np((int)data) ? " " : "",
			strerrorname_np((int)data) ? strerrorname_np((int)data)
						   : "");
		return buf;
	case SECCOMP_RET_USER_NOTIF:
		return "a supervisor";
	case SECCOMP_RET_TRACE:
		return "a tracer";
	case SECCOMP_RET_LOG:
		return "leave, logged";
	case SECCOMP_RET_ALLOW:
		return "leave";
	}
	return "death of the process"; /* unknown actions, kernel/seccomp.c */
}
