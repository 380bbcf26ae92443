/* SPDX-License-Identifier: MIT */
/*
 * read_oci.c: reads OCI seccomp JSON: the "seccomp" object of the runtime
 * specification, config-linux.md.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "profile/json.h"

#define MAX_ERRNO 4095
#define MAX_RULES 65536

/* V is an errno's name, or a number. Errnos and trace data have 16 bits:
 * SECCOMP_RET_DATA; and what is more than MAX_ERRNO the kernel takes for that
 * (kernel/seccomp.c). */
static int add_data(
	struct json_reader *r, const json_t *v, bool name, uint32_t *action)
{
	const bool is_errno = *action == SCMP_ACT_ERRNO(0);
	uint32_t data = 0;
	uint64_t number = 0;

	if (*action != SCMP_ACT_ERRNO(0) && *action != SCMP_ACT_TRACE(0))
		return json_fail(r, 1,
			"an errno goes with SCMP_ACT_ERRNO or SCMP_ACT_TRACE "
			"alone");
	if (name) {
		if (podman_errno(r, v, 0xffff, &data))
			return -1;
	} else {
		if (json_read_number(r, v, 0xffff, &number))
			return -1;
		data = (uint32_t)number;
	}
	*action |= is_errno && data > MAX_ERRNO ? MAX_ERRNO : data;
	return 0;
}

/* Go's zero values, which its writers may leave in. */
static bool is_nothing(const json_t *v)
{
	const char *text = json_string_value(v);

	return !v || json_is_null(v) || (text && !*text);
}

/*
 * What goes with the action: O's member NAME, or else its NUMBER, or else what
 * runtimes give, EPERM.
 */
static int read_data(struct json_reader *r, const json_t *o, const char *name,
	const char *number, uint32_t *action)
{
	bool named = !is_nothing(json_object_get(o, name));
	const char *key = named ? name : number;
	const json_t *v = json_object_get(o, key);
	int ret;

	if (!v || json_is_null(v)) {
		if (*action == SCMP_ACT_ERRNO(0) ||
			*action == SCMP_ACT_TRACE(0))
			*action |= EPERM;
		return 0;
	}
	json_enter_key(r, key);
	ret = add_data(r, v, named, action);
	json_leave(r);
	return ret;
}

/*
 * The names of newer kernels come before those of libseccomp do, and runtimes
 * leave them out: profile_leave_out. What no terminal shows is none.
 */
static bool is_name(const char *name)
{
	size_t n = name ? strlen(name) : 0;

	for (size_t i = 0; i < n; i++)
		if (name[i] < ' ' || name[i] > '~')
			return false;
	return n && n < sizeof(((struct profile_rule *)0)->name);
}

static int add_one(struct json_reader *r, const struct profile_rule *rule)
{
	if (r->p->nrules == MAX_RULES)
		return json_fail(r, 0, "more than %d rules", MAX_RULES);
	if (profile_add_rule(r->p, rule))
		return json_fail(r, 0, "out of memory");
	return 0;
}

static int add_rule(
	struct json_reader *r, const json_t *v, const struct oci_rule *like)
{
	const char *name = json_string_value(v);
	struct profile_rule rule = like->rule;
	int ret = 0;

	if (!is_name(name))
		return json_fail(r, 0, "expected the name of a system call");
	snprintf(rule.name, sizeof(rule.name), "%s", name);
	json_place(r, 0, &rule.line, &rule.column);
	if (!like->apart) {
		rule.nargs = like->n;
		memcpy(rule.args, like->args, like->n * sizeof(*like->args));
		return add_one(r, &rule);
	}
	rule.nargs = 1;
	for (unsigned i = 0; i < like->n && !ret; i++) {
		rule.args[0] = like->args[i];
		ret = add_one(r, &rule);
	}
	return ret;
}

static int read_names(
	struct json_reader *r, const json_t *o, const struct oci_rule *like)
{
	const json_t *names = json_object_get(o, "names"), *name;
	const json_t *single = json_object_get(o, "name");
	size_t i;
	int ret = 0;

	if (single && !names) { /* Docker's before 17.05 */
		json_enter_key(r, "name");
		ret = add_rule(r, single, like);
		json_leave(r);
		return ret;
	}
	if (single)
		return json_fail(r, 0, "\"name\" and \"names\" in one rule");
	if (!json_is_array(names) || !json_array_size(names))
		return json_fail(r, 0,
			"a rule needs \"names\", an array of system "
			"calls");
	json_enter_key(r, "names");
	json_array_foreach(names, i, name)
	{
		json_enter_index(r, i);
		ret = add_rule(r, name, like);
		json_leave(r);
		if (ret)
			break;
	}
	json_leave(r);
	return ret;
}

static int read_rule_key(struct json_reader *r, const char *key,
	const json_t *v, struct oci_rule *rule)
{
	if (!strcmp(key, "action"))
		return json_read_name(
			r, v, words_actions, "an action", &rule->rule.action);
	if (!strcmp(key, "args"))
		return oci_args(r, v, rule);
	if (!strcmp(key, "comment") && (json_is_string(v) || json_is_null(v)))
		return 0;
	if (!strcmp(key, "names") || !strcmp(key, "name") ||
		!strcmp(key, "errnoRet") || !strcmp(key, "errno") ||
		!strcmp(key, "includes") || !strcmp(key, "excludes"))
		return 0; /* read once the others are known */
	return json_fail(r, 1,
		"unknown key \"%s\"; expected names, action, errnoRet, errno, "
		"args, comment, includes or excludes",
		key);
}

static int read_rule(struct json_reader *r, const json_t *o)
{
	struct oci_rule rule = { .rule.action = UINT32_MAX };
	uint32_t *action = &rule.rule.action;
	const char *key;
	bool applies = true;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return json_fail(
			r, 0, "expected an object: names, action, ...");
	json_object_foreach((json_t *)o, key, v)
	{
		json_enter_key(r, key);
		ret = read_rule_key(r, key, v, &rule);
		json_leave(r);
		if (ret)
			return ret;
	}
	if (*action == UINT32_MAX)
		return json_fail(r, 0, "a rule needs an action");
	ret = read_data(r, o, "errno", "errnoRet", action);
	if (!ret)
		ret = docker_applies(r, o, &applies);
	return ret || !applies ? ret : read_names(r, o, &rule);
}

static int read_rules(struct json_reader *r, const json_t *v)
{
	const json_t *rule;
	size_t i;

	if (json_is_null(v))
		return 0;
	if (!json_is_array(v))
		return json_fail(r, 0, "expected an array of rules");
	json_array_foreach(v, i, rule)
	{
		int ret;

		json_enter_index(r, i);
		ret = read_rule(r, rule);
		json_leave(r);
		if (ret)
			return ret;
	}
	return 0;
}

static int read_set(struct json_reader *r, const json_t *v,
	const struct name_value *table, const char *what)
{
	const json_t *e;
	uint32_t value;
	size_t i;

	if (json_is_null(v))
		return 0;
	if (!json_is_array(v) || json_array_size(v) > 16)
		return json_fail(
			r, 0, "expected an array of names, 16 at most");
	json_array_foreach(v, i, e)
	{
		int ret;

		json_enter_index(r, i);
		ret = json_read_name(r, e, table, what, &value);
		json_leave(r);
		if (ret)
			return ret;
		if (table == words_flags)
			r->p->flags |= value;
		else
			profile_add_arch(r->p, value);
	}
	return 0;
}

static void keep_place(struct json_reader *r, struct profile_place *at)
{
	json_place(r, 0, &at->line, &at->column);
}

/* What the writers of other forms may have to refuse. */
static void keep_places(struct json_reader *r, const char *key)
{
	if (!strcmp(key, "defaultAction"))
		keep_place(r, &r->p->of_default);
	else if (!strcmp(key, "architectures") || !strcmp(key, "archMap"))
		keep_place(r, &r->p->of_arches);
	else if (!strcmp(key, "flags"))
		keep_place(r, &r->p->of_flags);
}

static int read_key(struct json_reader *r, const char *key, const json_t *v)
{
	keep_places(r, key);
	if (!strcmp(key, "defaultAction"))
		return json_read_name(r, v, words_actions, "an action",
			&r->p->default_action);
	if (!strcmp(key, "defaultErrnoRet") || !strcmp(key, "defaultErrno"))
		return 0; /* read once the action is known */
	if (!strcmp(key, "architectures"))
		return read_set(r, v, words_arches, "an architecture");
	if (!strcmp(key, "archMap"))
		return docker_arch_map(r, v);
	if (!strcmp(key, "flags"))
		return read_set(r, v, words_flags, "a filter flag");
	if (!strcmp(key, "syscalls"))
		return read_rules(r, v);
	if (!strcmp(key, "comment") && (json_is_string(v) || json_is_null(v)))
		return 0;
	if (!strcmp(key, "disabled")) /* the operator's */
		return json_is_false(v)
			       ? 0
			       : json_fail(r, 0,
					 "it is disabled: no node has it");
	return json_fail(r, 1,
		"unknown key \"%s\"; expected defaultAction, defaultErrnoRet, "
		"defaultErrno, architectures, archMap, flags, syscalls or "
		"comment",
		key);
}

static int read_profile(struct json_reader *r, const json_t *o)
{
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return json_fail(r, 0, "expected an object: a seccomp profile");
	if (json_object_get(o, "architectures") &&
		json_object_get(o, "archMap"))
		return json_fail(r, 0,
			"\"architectures\" and \"archMap\" in one profile");
	r->podman = podman_wrote(o);
	r->p->default_action = UINT32_MAX;
	json_object_foreach((json_t *)o, key, v)
	{
		json_enter_key(r, key);
		ret = read_key(r, key, v);
		json_leave(r);
		if (ret)
			return ret;
	}
	if (r->p->default_action == UINT32_MAX)
		return json_fail(r, 0, "a profile needs a defaultAction");
	return read_data(
		r, o, "defaultErrno", "defaultErrnoRet", &r->p->default_action);
}

/* The member KEY of a bundle's configuration, entered. NULL, and the error. */
static const json_t *enter(
	struct json_reader *r, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	if (v)
		json_enter_key(r, key);
	else
		json_fail(r, 0,
			"a bundle's configuration without linux.seccomp: no "
			"filter");
	return v;
}

/* The Security Profiles Operator's SeccompProfile: the profile is its spec. */
static int read_operator(struct json_reader *r, const json_t *o)
{
	static const char *const refused[] = { "baseProfileName",
		"listenerPath", "listenerMetadata" };
	const char *kind = json_string_value(json_object_get(o, "kind"));
	const json_t *spec = json_object_get(o, "spec");

	if (!kind || strcmp(kind, "SeccompProfile") != 0) {
		json_enter_key(r, "kind");
		return json_fail(r, 0,
			"expected kind SeccompProfile; other objects have no "
			"filter that is read here");
	}
	if (!spec)
		return json_fail(r, 0, "a SeccompProfile without a spec");
	json_enter_key(r, "spec");
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (json_object_get(spec, refused[i])) {
			json_enter_key(r, refused[i]);
			return json_fail(r, 1,
				"%s is not read: what it names is elsewhere",
				refused[i]);
		}
	return read_profile(r, spec);
}

int oci_read(struct json_reader *r, const json_t *o)
{
	if (json_object_get(o, "apiVersion") || json_object_get(o, "kind"))
		return read_operator(r, o);
	if (!json_object_get(o, "ociVersion"))
		return read_profile(r, o);
	o = enter(r, o, "linux");
	o = o ? enter(r, o, "seccomp") : NULL;
	return o ? read_profile(r, o) : -1;
}
