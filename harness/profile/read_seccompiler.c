/* SPDX-License-Identifier: MIT */
/*
 * read_seccompiler.c: reads the JSON of rust-vmm's seccompiler (Firecracker,
 * Cloud Hypervisor), as its src/frontend/json.rs and src/backend do: a filter
 * for each kind of thread, for one architecture; all others kill the process,
 * and numbers with the x32 bit are numbers like others, which no rule names.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "profile/json.h"
#include "profile/narrow.h"
#include "profile/read_seccompiler.h"
#include "sys/failure.h"
#include "sys/text.h"

#define MAX_RULES 65536

bool seccompiler_is(const json_t *o)
{
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)o, key, v)
	{
		if (json_is_array(json_object_get(v, "filter")))
			return true;
	}
	return false;
}

static int read_action(struct json_reader *r, const json_t *v, uint32_t *action)
{
	static const struct name_value plain[] = {
		{ "allow", SCMP_ACT_ALLOW },
		{ "kill_thread", SCMP_ACT_KILL_THREAD },
		{ "kill_process", SCMP_ACT_KILL_PROCESS },
		{ "log", SCMP_ACT_LOG },
		{ "trap", SCMP_ACT_TRAP },
		{ 0 },
	};
	const char *name = "";
	const json_t *data = seccompiler_member(v, &name);
	const bool is_errno = !strcmp(name, "errno");
	uint64_t number;
	int ret;

	if (json_is_string(v))
		return json_read_name(
			r, v, plain, "an action of seccompiler's", action);
	if (!data || (!is_errno && strcmp(name, "trace") != 0))
		return json_fail(r, 0,
			"expected allow, kill_thread, kill_process, log, trap, "
			"{\"errno\": N} or {\"trace\": N}");
	json_enter_key(r, name);
	ret = json_read_number(r, data, UINT32_MAX, &number);
	json_leave(r);
	number &= 0xffff; /* SECCOMP_RET_DATA */
	if (is_errno && number > 4095)
		number = 4095; /* the kernel's MAX_ERRNO */
	*action = is_errno ? SCMP_ACT_ERRNO(number) : SCMP_ACT_TRACE(number);
	return ret;
}

struct adding {
	struct json_reader *r;
	struct profile_rule rule;
};

static int add(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	struct adding *a = to;

	if (a->r->p->nrules == MAX_RULES)
		return -E2BIG;
	a->rule.nargs = n;
	if (n)
		memcpy(a->rule.args, args, n * sizeof(*args));
	return profile_add_rule(a->r->p, &a->rule);
}

static int read_checks(struct json_reader *r, const json_t *v, struct adding *a)
{
	struct narrow list[SECCOMPILER_CHECKS] = { 0 };
	int ret = seccompiler_checks(r, v, list);

	if (ret < 0)
		return ret;
	ret = narrow(list, (unsigned)ret, add, a);
	if (!ret)
		return 0;
	return json_fail(r, 0,
		ret == -E2BIG ? "these are more rules than are read: more than "
				"4096 masks and values for it"
			      : "out of memory");
}

static int read_name(
	struct json_reader *r, const json_t *o, struct profile_rule *rule)
{
	const char *name = json_string_value(json_object_get(o, "syscall"));

	if (!name)
		return json_fail(
			r, 0, "a rule needs \"syscall\", the name of a call");
	json_enter_key(r, "syscall");
	json_place(r, 0, &rule->line, &rule->column);
	if (strlen(name) >= sizeof(rule->name) || !profile_knows_call(name))
		return json_fail(r, 0,
			"%.80s is not the name of a system call known here",
			name);
	json_leave(r);
	snprintf(rule->name, sizeof(rule->name), "%s", name);
	return 0;
}

/* The names of RULES that have checks, as the keys of an object. */
static json_t *checked_names(const json_t *rules)
{
	json_t *names = json_object();
	const json_t *o;
	size_t i;

	json_array_foreach(rules, i, o)
	{
		const json_t *args = json_object_get(o, "args");
		const char *name =
			json_string_value(json_object_get(o, "syscall"));

		if (name && args && !json_is_null(args))
			json_object_set_new(names, name, json_true());
	}
	return names;
}

/* A rule without checks beside others with some adds nothing to the chain of
 * the call (make_seccomp_filter). */
static void say_void(const struct json_reader *r, const struct profile_rule *p)
{
	char key[sizeof(r->p->where) + 16];

	snprintf(key, sizeof(key), "%s: void", r->p->where);
	if (!profile_said(key))
		failure_say("%s:%d:%d: %s: a rule without args beside one with "
			    "args: seccompiler leaves it out, and so only what "
			    "passes the checks matches",
			r->p->where, p->line, p->column, p->name);
}

static int check_keys(struct json_reader *r, const json_t *o)
{
	const char *key;
	json_t *v;

	if (!json_is_object(o))
		return json_fail(r, 0, "expected an object: syscall, args");
	json_object_foreach((json_t *)o, key, v)
	{
		const bool comment = !strcmp(key, "comment") &&
				     (json_is_string(v) || json_is_null(v));

		if (comment || !strcmp(key, "syscall") || !strcmp(key, "args"))
			continue;
		json_enter_key(r, key);
		return json_fail(r, 1,
			"unknown \"%s\"; expected syscall, args, or comment, a "
			"text",
			key);
	}
	return 0;
}

static int read_rule(struct json_reader *r, const json_t *o,
	const json_t *checked, uint32_t action)
{
	struct adding a = { .r = r, .rule.action = action };
	const json_t *args = json_object_get(o, "args");
	int ret;

	if (check_keys(r, o) || read_name(r, o, &a.rule))
		return -1;
	if (args && !json_is_null(args)) {
		json_enter_key(r, "args");
		ret = read_checks(r, args, &a);
		json_leave(r);
		return ret;
	}
	if (json_object_get(checked, a.rule.name)) {
		say_void(r, &a.rule);
		return 0;
	}
	return add(&a, NULL, 0)
		       ? json_fail(r, 0, "more than %d rules", MAX_RULES)
		       : 0;
}

static int read_rules(
	struct json_reader *r, const json_t *rules, uint32_t action)
{
	json_t *checked;
	const json_t *o;
	size_t i;
	int ret = 0;

	if (!json_is_array(rules))
		return json_fail(r, 0, "expected an array of rules");
	checked = checked_names(rules);
	json_array_foreach(rules, i, o)
	{
		json_enter_index(r, i);
		ret = read_rule(r, o, checked, action);
		json_leave(r);
		if (ret)
			break;
	}
	json_decref(checked);
	return ret;
}

struct members {
	const char *other, *match, *rules; /* their keys, or NULL */
};

/* Both names that each of them has had. */
static int find_members(
	struct json_reader *r, const json_t *o, struct members *m)
{
	const char *key;
	json_t *v;

	if (!json_is_object(o))
		return json_fail(r, 0, "expected the filter of a thread");
	json_object_foreach((json_t *)o, key, v)
	{
		const char **to = NULL;

		if (!strcmp(key, "default_action") ||
			!strcmp(key, "mismatch_action"))
			to = &m->other;
		else if (!strcmp(key, "filter_action") ||
			 !strcmp(key, "match_action"))
			to = &m->match;
		else if (!strcmp(key, "filter"))
			to = &m->rules;
		if (to && !*to) {
			*to = key;
			continue;
		}
		json_enter_key(r, key);
		return json_fail(r, 1,
			"%s \"%s\"; expected default_action, filter_action "
			"and filter, each once",
			to ? "again" : "unknown", key);
	}
	if (m->other && m->match && m->rules)
		return 0;
	return json_fail(r, 0,
		"a filter needs default_action, filter_action and filter");
}

static int read_filter(struct json_reader *r, const json_t *o)
{
	struct members m = { 0 };
	uint32_t match = 0;
	struct profile *p = r->p;
	int ret;

	if (find_members(r, o, &m))
		return -1;
	json_enter_key(r, m.other);
	json_place(r, 0, &p->of_default.line, &p->of_default.column);
	ret = read_action(r, json_object_get(o, m.other), &p->default_action);
	json_leave(r);
	if (ret)
		return ret;
	json_enter_key(r, m.match);
	ret = read_action(r, json_object_get(o, m.match), &match);
	if (!ret && match == p->default_action)
		ret = json_fail(r, 0,
			"the same action for what matches and what does not: "
			"seccompiler refuses that");
	json_leave(r);
	if (ret)
		return ret;
	json_enter_key(r, m.rules);
	ret = read_rules(r, json_object_get(o, m.rules), match);
	json_leave(r);
	return ret;
}

/* "vmm, api, vcpu", as far as there is room. */
static int fail_thread(
	struct json_reader *r, const json_t *o, const char *thread)
{
	char names[200];
	struct text t = text_in(names, sizeof(names));
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)o, key, v)
	{
		text_put(&t, t.n ? ", " : "");
		text_put_shown(&t, key);
	}
	if (thread)
		return json_fail(
			r, 0, "no thread %s; there are: %s", thread, names);
	return json_fail(r, 0,
		"a filter for each thread; -t THREAD chooses one of: %s",
		names);
}

int seccompiler_read(struct json_reader *r, const json_t *o)
{
	const char *thread = r->thread;
	struct profile *p = r->p;

	if (!thread && json_object_size(o) == 1)
		thread = json_object_iter_key(json_object_iter((json_t *)o));
	if (!thread || !json_object_get(o, thread))
		return fail_thread(r, o, thread);
	p->foreign = SCMP_ACT_KILL_PROCESS;
	p->x32_default = true;
	profile_add_arch(p, seccomp_arch_native());
	json_enter_key(r, thread);
	if (read_filter(r, json_object_get(o, thread)))
		return -1;
	json_leave(r);
	return 0;
}
