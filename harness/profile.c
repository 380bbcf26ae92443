/* SPDX-License-Identifier: MIT */
/*
 * profile.c: reads OCI seccomp JSON: the "seccomp" object of the runtime
 * specification, config-linux.md. Raw BPF goes to profile_raw.c.
 */
#include "profile.h"

#include <errno.h>
#include <jansson.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "jsonpos.h"
#include "profile_int.h"

#define MAX_SIZE  (4 << 20) /* Docker's own is 20 KB */
#define MAX_RULES 65536
#define MAX_DEPTH 6

struct reader {
	struct profile *p;
	const char *text;
	size_t size;
	struct jsonpos_step path[MAX_DEPTH];
	size_t depth;
	struct profile_error *err;
};

struct name_value {
	const char *name;
	uint32_t value;
};

static const struct name_value actions[] = {
	{ "SCMP_ACT_KILL", SCMP_ACT_KILL_THREAD },
	{ "SCMP_ACT_KILL_THREAD", SCMP_ACT_KILL_THREAD },
	{ "SCMP_ACT_KILL_PROCESS", SCMP_ACT_KILL_PROCESS },
	{ "SCMP_ACT_TRAP", SCMP_ACT_TRAP },
	{ "SCMP_ACT_ERRNO", SCMP_ACT_ERRNO(0) },
	{ "SCMP_ACT_TRACE", SCMP_ACT_TRACE(0) },
	{ "SCMP_ACT_ALLOW", SCMP_ACT_ALLOW },
	{ "SCMP_ACT_LOG", SCMP_ACT_LOG },
	{ "SCMP_ACT_NOTIFY", SCMP_ACT_NOTIFY },
	{ 0 },
};

static const struct name_value operators[] = {
	{ "SCMP_CMP_NE", SCMP_CMP_NE },
	{ "SCMP_CMP_LT", SCMP_CMP_LT },
	{ "SCMP_CMP_LE", SCMP_CMP_LE },
	{ "SCMP_CMP_EQ", SCMP_CMP_EQ },
	{ "SCMP_CMP_GE", SCMP_CMP_GE },
	{ "SCMP_CMP_GT", SCMP_CMP_GT },
	{ "SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ },
	{ 0 },
};

static const struct name_value flags[] = {
	{ "SECCOMP_FILTER_FLAG_TSYNC", 1 << 0 },
	{ "SECCOMP_FILTER_FLAG_LOG", 1 << 1 },
	{ "SECCOMP_FILTER_FLAG_SPEC_ALLOW", 1 << 2 },
	{ "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 1 << 5 },
	{ 0 },
};

static const struct name_value architectures[] = {
	{ "SCMP_ARCH_X86_64", SCMP_ARCH_X86_64 },
	{ "SCMP_ARCH_X86", SCMP_ARCH_X86 },
	{ "SCMP_ARCH_X32", SCMP_ARCH_X32 },
	{ "SCMP_ARCH_AARCH64", SCMP_ARCH_AARCH64 },
	{ "SCMP_ARCH_ARM", SCMP_ARCH_ARM },
	{ "SCMP_ARCH_RISCV64", SCMP_ARCH_RISCV64 },
	{ "SCMP_ARCH_PPC64LE", SCMP_ARCH_PPC64LE },
	{ "SCMP_ARCH_S390X", SCMP_ARCH_S390X },
	{ "SCMP_ARCH_MIPS64EL", SCMP_ARCH_MIPSEL64 },
	{ 0 },
};

const char *profile_word(enum profile_words what, uint32_t value)
{
	static const struct name_value *const tables[] = {
		[WORDS_ACTIONS] = actions,
		[WORDS_OPERATORS] = operators,
		[WORDS_FLAGS] = flags,
		[WORDS_ARCHES] = architectures,
	};
	const struct name_value *e = tables[what];

	while (e->name && e->value != value)
		e++;
	return e->name;
}

__attribute__((format(printf, 3, 4))) static int fail(
	struct reader *r, int on_key, const char *format, ...)
{
	int line, column, n;
	va_list ap;

	jsonpos_find(
		r->text, r->size, r->path, r->depth, on_key, &line, &column);
	n = snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:%d: ", r->p->where, line, column);
	va_start(ap, format);
	vsnprintf(
		r->err->text + n, sizeof(r->err->text) - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

static void enter_key(struct reader *r, const char *key)
{
	r->path[r->depth++] = (struct jsonpos_step){ .key = key };
}

static void enter_index(struct reader *r, size_t index)
{
	r->path[r->depth++] = (struct jsonpos_step){ .index = index };
}

static void leave(struct reader *r)
{
	r->depth--;
}

static int read_name(struct reader *r, const json_t *v,
	const struct name_value *table, const char *what, uint32_t *value)
{
	const char *name = json_string_value(v);

	if (!name)
		return fail(r, 0, "expected the name of %s, as a string", what);
	for (; table->name; table++)
		if (!strcmp(table->name, name)) {
			*value = table->value;
			return 0;
		}
	return fail(r, 0, "%s is not the name of %s", name, what);
}

static int read_number(
	struct reader *r, const json_t *v, json_int_t max, uint64_t *value)
{
	json_int_t n = json_integer_value(v);

	if (!json_is_integer(v) || n < 0 || n > max)
		return fail(r, 0, "expected a whole number from 0 to %lld",
			(long long)max);
	*value = (uint64_t)n;
	return 0;
}

/* errno values and trace data have 16 bits: SECCOMP_RET_DATA. */
static int add_data(struct reader *r, const json_t *v, uint32_t *action)
{
	uint64_t data = 0;

	if (*action != SCMP_ACT_ERRNO(0) && *action != SCMP_ACT_TRACE(0))
		return fail(r, 1,
			"an errno goes with SCMP_ACT_ERRNO or SCMP_ACT_TRACE "
			"alone");
	if (read_number(
		    r, v, *action == SCMP_ACT_ERRNO(0) ? 4095 : 0xffff, &data))
		return -1;
	*action |= (uint32_t)data;
	return 0;
}

/* The runtime's default: runc, crun and Docker give EPERM. */
static void default_data(uint32_t *action)
{
	if (*action == SCMP_ACT_ERRNO(0) || *action == SCMP_ACT_TRACE(0))
		*action |= EPERM;
}

static int read_arg(struct reader *r, const json_t *o, struct scmp_arg_cmp *a)
{
	uint64_t index = 0, value = 0, two = 0;
	uint32_t op = _SCMP_CMP_MIN;
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return fail(r, 0, "expected an object: index, value, op");
	json_object_foreach((json_t *)o, key, v)
	{
		enter_key(r, key);
		if (!strcmp(key, "index"))
			ret = read_number(r, v, 5, &index);
		else if (!strcmp(key, "value"))
			ret = read_number(r, v, INT64_MAX, &value);
		else if (!strcmp(key, "valueTwo"))
			ret = read_number(r, v, INT64_MAX, &two);
		else if (!strcmp(key, "op"))
			ret = read_name(r, v, operators, "an operator", &op);
		else
			ret = fail(r, 1,
				"unknown key \"%s\"; expected index, value, "
				"valueTwo or op",
				key);
		leave(r);
		if (ret)
			return ret;
	}
	if (!json_object_get(o, "index") || !json_object_get(o, "value") ||
		op == _SCMP_CMP_MIN)
		return fail(r, 0, "an argument needs index, value and op");
	if ((op == SCMP_CMP_MASKED_EQ) != !!json_object_get(o, "valueTwo"))
		return fail(r, 0,
			"valueTwo goes with SCMP_CMP_MASKED_EQ, and it needs "
			"one: (argument & value) == valueTwo");
	*a = (struct scmp_arg_cmp){ (unsigned)index, (enum scmp_compare)op,
		value, two };
	return 0;
}

static int read_args(
	struct reader *r, const json_t *v, struct profile_rule *rule)
{
	const json_t *arg;
	unsigned used = 0;
	size_t i;

	if (json_is_null(v))
		return 0;
	if (!json_is_array(v) || json_array_size(v) > PROFILE_ARGS)
		return fail(r, 0, "expected an array of at most 6 arguments");
	json_array_foreach(v, i, arg)
	{
		int ret;

		enter_index(r, i);
		ret = read_arg(r, arg, &rule->args[i]);
		if (!ret && used & 1 << rule->args[i].arg)
			ret = fail(r, 0,
				"argument %u is checked twice in one rule; "
				"write two rules",
				rule->args[i].arg);
		leave(r);
		if (ret)
			return ret;
		used |= 1u << rule->args[i].arg;
		rule->nargs++;
	}
	return 0;
}

/*
 * A name that this libseccomp knows on no architecture is an error: a typing
 * error that goes unseen opens or closes the wrong call.
 */
static int check_call(struct reader *r, const char *name)
{
	if (seccomp_syscall_resolve_name(name) != __NR_SCMP_ERROR ||
		calls_number(SCMP_ARCH_X86_64, name) >= 0)
		return 0;
	return fail(r, 0,
		"%s is not the name of a system call that libseccomp "
		"%u.%u.%u knows",
		name, seccomp_version()->major, seccomp_version()->minor,
		seccomp_version()->micro);
}

static int add_rule(
	struct reader *r, const json_t *v, const struct profile_rule *like)
{
	const char *name = json_string_value(v);
	struct profile *p = r->p;
	struct profile_rule *rule;

	if (!name || strlen(name) >= sizeof(rule->name))
		return fail(r, 0, "expected the name of a system call");
	if (check_call(r, name))
		return -1;
	if (p->nrules == MAX_RULES)
		return fail(r, 0, "more than %d rules", MAX_RULES);
	if (!(p->nrules & (p->nrules + 63) & 63)) {
		rule = realloc(p->rules, (p->nrules + 64) * sizeof(*p->rules));
		if (!rule)
			return fail(r, 0, "out of memory");
		p->rules = rule;
	}
	rule = &p->rules[p->nrules++];
	*rule = *like;
	snprintf(rule->name, sizeof(rule->name), "%s", name);
	jsonpos_find(r->text, r->size, r->path, r->depth, 0, &rule->line,
		&rule->column);
	return 0;
}

static int read_names(
	struct reader *r, const json_t *o, const struct profile_rule *like)
{
	const json_t *names = json_object_get(o, "names"), *name;
	size_t i;
	int ret = 0;

	if (!json_is_array(names) || !json_array_size(names))
		return fail(r, 0,
			"a rule needs \"names\", an array of system "
			"calls");
	enter_key(r, "names");
	json_array_foreach(names, i, name)
	{
		enter_index(r, i);
		ret = add_rule(r, name, like);
		leave(r);
		if (ret)
			break;
	}
	leave(r);
	return ret;
}

static int read_rule_key(struct reader *r, const char *key, const json_t *v,
	struct profile_rule *rule)
{
	if (!strcmp(key, "action"))
		return read_name(r, v, actions, "an action", &rule->action);
	if (!strcmp(key, "args"))
		return read_args(r, v, rule);
	if (!strcmp(key, "comment") && json_is_string(v))
		return 0;
	if (!strcmp(key, "names") || !strcmp(key, "errnoRet"))
		return 0; /* read once the others are known */
	return fail(r, 1,
		"unknown key \"%s\"; expected names, action, errnoRet, args or "
		"comment",
		key);
}

static int read_rule(struct reader *r, const json_t *o)
{
	struct profile_rule rule = { .action = UINT32_MAX };
	const json_t *data = json_object_get(o, "errnoRet");
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return fail(r, 0, "expected an object: names, action, ...");
	json_object_foreach((json_t *)o, key, v)
	{
		enter_key(r, key);
		ret = read_rule_key(r, key, v, &rule);
		leave(r);
		if (ret)
			return ret;
	}
	if (rule.action == UINT32_MAX)
		return fail(r, 0, "a rule needs an action");
	if (data) {
		enter_key(r, "errnoRet");
		ret = add_data(r, data, &rule.action);
		leave(r);
	} else {
		default_data(&rule.action);
	}
	return ret ? ret : read_names(r, o, &rule);
}

static int read_rules(struct reader *r, const json_t *v)
{
	const json_t *rule;
	size_t i;

	if (!json_is_array(v))
		return fail(r, 0, "expected an array of rules");
	json_array_foreach(v, i, rule)
	{
		int ret;

		enter_index(r, i);
		ret = read_rule(r, rule);
		leave(r);
		if (ret)
			return ret;
	}
	return 0;
}

static int read_set(struct reader *r, const json_t *v,
	const struct name_value *table, const char *what)
{
	const json_t *e;
	uint32_t value;
	size_t i;

	if (!json_is_array(v) || json_array_size(v) > 16)
		return fail(r, 0, "expected an array of names, 16 at most");
	json_array_foreach(v, i, e)
	{
		int ret;

		enter_index(r, i);
		ret = read_name(r, e, table, what, &value);
		leave(r);
		if (ret)
			return ret;
		if (table == flags)
			r->p->flags |= value;
		else
			r->p->arches[r->p->narches++] = value;
	}
	return 0;
}

static int read_key(struct reader *r, const char *key, const json_t *v)
{
	if (!strcmp(key, "defaultAction"))
		return read_name(
			r, v, actions, "an action", &r->p->default_action);
	if (!strcmp(key, "defaultErrnoRet"))
		return 0; /* read once the action is known */
	if (!strcmp(key, "architectures"))
		return read_set(r, v, architectures, "an architecture");
	if (!strcmp(key, "flags"))
		return read_set(r, v, flags, "a filter flag");
	if (!strcmp(key, "syscalls"))
		return read_rules(r, v);
	if (!strcmp(key, "comment") && json_is_string(v))
		return 0;
	return fail(r, 1,
		"unknown key \"%s\"; expected defaultAction, defaultErrnoRet, "
		"architectures, flags, syscalls or comment",
		key);
}

static int read_profile(struct reader *r, const json_t *o)
{
	const json_t *data = json_object_get(o, "defaultErrnoRet");
	const char *key;
	json_t *v;
	int ret = 0;

	if (!json_is_object(o))
		return fail(r, 0, "expected an object: a seccomp profile");
	r->p->default_action = UINT32_MAX;
	json_object_foreach((json_t *)o, key, v)
	{
		enter_key(r, key);
		ret = read_key(r, key, v);
		leave(r);
		if (ret)
			return ret;
	}
	if (r->p->default_action == UINT32_MAX)
		return fail(r, 0, "a profile needs a defaultAction");
	if (data) {
		enter_key(r, "defaultErrnoRet");
		ret = add_data(r, data, &r->p->default_action);
		leave(r);
	} else {
		default_data(&r->p->default_action);
	}
	return ret;
}

static void set_names(struct profile *p, const char *name)
{
	const char *base = strrchr(name, '/');

	snprintf(p->where, sizeof(p->where), "%s", name);
	base = base ? base + 1 : name;
	snprintf(p->name, sizeof(p->name), "%.*s", (int)strcspn(base, "."),
		base);
}

struct profile *profile_parse(const char *name, const char *text, size_t size,
	struct profile_error *err)
{
	struct profile *p = calloc(1, sizeof(*p));
	struct reader r = { .p = p, .text = text, .size = size, .err = err };
	json_error_t e;
	json_t *o;

	if (!p) {
		snprintf(err->text, sizeof(err->text), "%s: out of memory",
			name);
		return NULL;
	}
	set_names(p, name);
	p->mode = PROFILE_FILTER;
	if (profile_is_raw(text, size)) {
		if (!profile_read_raw(p, text, size, err))
			return p;
		profile_free(p);
		return NULL;
	}
	o = json_loadb(text, size, JSON_REJECT_DUPLICATES, &e);
	if (!o) {
		snprintf(err->text, sizeof(err->text), "%s:%d:%d: %s", p->where,
			e.line, e.column, e.text);
		profile_free(p);
		return NULL;
	}
	if (read_profile(&r, o)) {
		profile_free(p);
		p = NULL;
	}
	json_decref(o);
	return p;
}

static struct profile *built_in(const char *name, enum profile_mode mode)
{
	struct profile *p = calloc(1, sizeof(*p));

	if (p) {
		set_names(p, name);
		p->mode = mode;
	}
	return p;
}

static char *read_file(const char *path, size_t *size, const char **why)
{
	FILE *f = fopen(path, "re");
	char *text = malloc(MAX_SIZE + 1);

	*why = NULL;
	*size = 0;
	if (!f || !text) {
		*why = strerror(errno);
	} else {
		*size = fread(text, 1, MAX_SIZE + 1, f);
		if (ferror(f))
			*why = strerror(errno);
		else if (*size > MAX_SIZE)
			*why = "more than 4 MiB: no profile";
	}
	if (f)
		fclose(f);
	if (*why) {
		free(text);
		return NULL;
	}
	return text;
}

struct profile *profile_load(
	const char *dir, const char *name_or_path, struct profile_error *err)
{
	bool shipped = !strpbrk(name_or_path, "/.");
	const char *why, *path = name_or_path;
	struct profile *p;
	char buf[512], *text;
	size_t size;

	if (!strcmp(name_or_path, "none"))
		return built_in(name_or_path, PROFILE_NONE);
	if (!strcmp(name_or_path, "strict"))
		return built_in(name_or_path, PROFILE_STRICT);
	if (shipped) {
		snprintf(buf, sizeof(buf), "%s/%s.json", dir, name_or_path);
		path = buf;
	}
	text = read_file(path, &size, &why);
	if (!text) {
		snprintf(err->text, sizeof(err->text), "%s: %s%s", name_or_path,
			why,
			shipped ? " (no shipped profile has that name; a file "
				  "needs a '/' or a suffix)"
				: "");
		return NULL;
	}
	p = profile_parse(path, text, size, err);
	free(text);
	return p;
}

void profile_free(struct profile *p)
{
	if (p) {
		free(p->rules);
		free(p->insns);
	}
	free(p);
}

const char *profile_name(const struct profile *p)
{
	return p->name;
}
