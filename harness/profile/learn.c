/* SPDX-License-Identifier: MIT */
/* learn.c: a profile from evidence of many runs and machines. */
#include "profile/learn.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/text.h"

static bool is_rule(const struct profile_rule *a, const struct profile_rule *b)
{
	if (strcmp(a->name, b->name) != 0 || a->nargs != b->nargs)
		return false;
	for (unsigned i = 0; i < a->nargs; i++)
		if (a->args[i].arg != b->args[i].arg ||
			a->args[i].op != b->args[i].op ||
			a->args[i].datum_a != b->args[i].datum_a ||
			a->args[i].datum_b != b->args[i].datum_b)
			return false;
	return true;
}

static void add_who(struct learned_call *c, const char *who)
{
	char shown[sizeof(c->who[0])];

	text_show(who, shown, sizeof(shown));
	for (unsigned i = 0; i < c->nwho && i < LEARNED_WHO; i++)
		if (!strcmp(c->who[i], shown))
			return;
	if (c->nwho < LEARNED_WHO)
		memcpy(c->who[c->nwho], shown, sizeof(shown));
	c->nwho++;
}

/* NULL: no room, or the call has no name here; that is told. */
static struct learned_call *add(
	struct learned *l, const struct profile_rule *rule)
{
	struct learned_call *c;

	for (unsigned i = 0; i < l->n; i++)
		if (is_rule(&l->calls[i].rule, rule))
			return &l->calls[i];
	if (!profile_knows_call(rule->name)) {
		if (!l->unknown++)
			text_show(rule->name, l->first_unknown,
				sizeof(l->first_unknown));
		return NULL;
	}
	if (l->n == LEARNED) {
		l->full = true;
		return NULL;
	}
	c = &l->calls[l->n++];
	c->rule = *rule;
	c->rule.comment = NULL;
	c->rule.action = SCMP_ACT_ALLOW;
	return c;
}

/* A call by name, of the length N. WHO and NEED may be NULL. */
static void see(struct learned *l, const char *name, size_t n,
	unsigned long count, const char *who, const char *need)
{
	struct profile_rule rule = { 0 };
	struct learned_call *c;

	snprintf(rule.name, sizeof(rule.name), "%.*s", (int)n, name);
	c = add(l, &rule);
	l->lines++;
	if (!c)
		return;
	c->count += count;
	if (who && *who)
		add_who(c, who);
	if (need && *need && !c->need[0])
		text_show(need, c->need, sizeof(c->need));
}

/* What stands behind " KEY=", or NULL. */
static const char *field(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at ? at + strlen(key) : NULL;
}

/* comm="NAME", or comm=HEX where a byte of it would not do there. */
static void read_comm(const char *at, char *comm, size_t size)
{
	size_t n = 0;
	unsigned byte;

	comm[0] = '\0';
	if (!at)
		return;
	if (*at == '"') {
		snprintf(
			comm, size, "%.*s", (int)strcspn(at + 1, "\""), at + 1);
		return;
	}
	while (n + 1 < size && isxdigit((unsigned char)at[0]) &&
		isxdigit((unsigned char)at[1]) &&
		sscanf(at, "%2x", &byte) == 1) {
		comm[n++] = (char)byte;
		at += 2;
	}
	comm[n] = '\0';
}

/* arch=c000003e, or as ausearch -i has it: arch=x86_64. */
static uint32_t read_arch(const char *at)
{
	unsigned long arch = at ? strtoul(at, NULL, 16) : 0;

	if (at && !strncmp(at, "i386", 4))
		return ARCH_COMPAT;
	return arch > 0xffff ? (uint32_t)arch : ARCH_NATIVE;
}

static bool learn_audit(struct learned *l, const char *line)
{
	const char *call = field(line, " syscall=");
	uint32_t arch = read_arch(field(line, " arch="));
	char name[64], comm[32];
	unsigned long nr;
	char *end;

	if (!call)
		return false;
	nr = strtoul(call, &end, 10);
	if (end == call && isspace((unsigned char)*call))
		return false;
	if (end == call)
		snprintf(name, sizeof(name), "%.*s",
			(int)strcspn(call, " \t\n"), call);
	else if (nr > INT32_MAX)
		return false;
	else
		calls_name(arch, (int)nr, name, sizeof(name));
	read_comm(field(line, " comm="), comm, sizeof(comm));
	l->compat = l->compat || arch == ARCH_COMPAT;
	see(l, name, strlen(name), 1, comm, NULL);
	return true;
}

/* [pid N] TIME NAME(ARGUMENTS, as strace prints it, with or without the two. */
static bool learn_strace(struct learned *l, const char *line)
{
	const char *at = line, *end;

	if (!strncmp(at, "[pid ", 5)) {
		at = strchr(at, ']');
		at = at ? at + 1 : line;
	}
	while (isdigit((unsigned char)*at) || strchr(" \t:.", *at)) {
		if (!*at)
			return false;
		at++;
	}
	end = at + strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_");
	if (end == at || *end != '(')
		return false;
	see(l, at, (size_t)(end - at), 1, NULL, NULL);
	return true;
}

bool learn_line(struct learned *l, const char *line)
{
	if (strstr(line, "type=SECCOMP ") || strstr(line, "type=1326 "))
		return learn_audit(l, line);
	/* What it was interrupted in has been told. */
	if (strstr(line, "<... "))
		return false;
	return learn_strace(l, line);
}

/* The names of the calls of PLACES, as keys. */
static json_t *calls_of(const json_t *places)
{
	json_t *calls = json_object();

	for (size_t i = 0; i < json_array_size(places); i++) {
		const char *name = json_string_value(
			json_object_get(json_array_get(places, i), "call"));

		if (name)
			json_object_set_new(calls, name, json_true());
	}
	return calls;
}

/* Those of PLACES whose calls are no keys of KNOWN. */
static void learn_places(
	struct learned *l, const json_t *places, const json_t *known)
{
	for (size_t i = 0; i < json_array_size(places); i++) {
		const json_t *p = json_array_get(places, i);
		const char *name =
			json_string_value(json_object_get(p, "call"));
		const char *arch =
			json_string_value(json_object_get(p, "arch"));
		json_int_t n = json_integer_value(json_object_get(p, "count"));

		if (!name || json_object_get(known, name))
			continue;
		l->compat = l->compat || (arch && !strcmp(arch, "i386"));
		see(l, name, strlen(name), n > 0 ? (unsigned long)n : 1,
			json_string_value(json_object_get(p, "comm")),
			json_string_value(json_object_get(p, "need")));
	}
}

/* A call is told by both passes: it was made by the same run. */
static bool learn_record(struct learned *l, const json_t *record)
{
	const json_t *let = json_object_get(record, "let_through");
	const json_t *real = json_object_get(record, "filtered");
	json_t *known;

	if (!json_is_object(let) && !json_is_object(real))
		return false;
	let = json_object_get(let, "places");
	learn_places(l, let, NULL);
	known = calls_of(let);
	learn_places(l, json_object_get(real, "places"), known);
	json_decref(known);
	return true;
}

static long fail(struct profile_error *err, const char *path, const char *why)
{
	char shown[256];

	text_show(path, shown, sizeof(shown));
	snprintf(err->text, sizeof(err->text), "learn: %s: %s", shown, why);
	return -1;
}

/* Records, one behind the other. */
static long learn_records(struct learned *l, const char *path, const char *text,
	size_t size, struct profile_error *err)
{
	size_t at = 0;

	while (at < size && text[at]) {
		json_error_t e;
		json_t *record = json_loadb(
			text + at, size - at, JSON_DISABLE_EOF_CHECK, &e);
		bool took = learn_record(l, record);

		json_decref(record);
		if (!took)
			return fail(err, path,
				record ? "is JSON, but no record of explain "
					 "--json, and no profile"
				       : "is no JSON from some byte on");
		at += (size_t)e.position;
		at += strspn(text + at, " \t\r\n");
	}
	return 0;
}

static long learn_profile(struct learned *l, const char *dir, const char *path,
	struct profile_error *err)
{
	struct profile *p = profile_load(dir, path, err);

	if (!p)
		return -1;
	if (p->mode != FILTER_BPF || p->ninsns ||
		p->default_action == SCMP_ACT_ALLOW ||
		p->default_action == SCMP_ACT_LOG) {
		profile_free(p);
		return fail(err, path, "does not name what it allows");
	}
	for (size_t i = 0; i < p->nrules; i++)
		if (p->rules[i].action == SCMP_ACT_ALLOW ||
			p->rules[i].action == SCMP_ACT_LOG) {
			l->lines++;
			add(l, &p->rules[i]);
		}
	for (unsigned i = 0; i < p->narches; i++)
		l->compat = l->compat || p->arches[i] == ARCH_COMPAT;
	profile_free(p);
	return 0;
}

static void learn_lines(struct learned *l, char *text, size_t size)
{
	char *save = NULL;

	for (size_t i = 0; i < size; i++)
		if (!text[i])
			text[i] = ' ';
	for (char *line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save))
		learn_line(l, line);
}

static bool is_record(const char *text)
{
	return strstr(text, "\"filtered\"") || strstr(text, "\"let_through\"");
}

int learn_text(struct learned *l, const char *path, char *text, size_t size,
	struct profile_error *err)
{
	if (text[strspn(text, " \t\r\n")] != '{') {
		learn_lines(l, text, size);
		return 0;
	}
	if (!is_record(text))
		return 1;
	return learn_records(l, path, text, size, err) ? -1 : 0;
}

long learn_file(struct learned *l, const char *dir, const char *path,
	struct profile_error *err)
{
	unsigned long before = l->lines;
	const char *why = NULL;
	size_t size;
	char *text = profile_read_file(path, &size, &why);
	long ret;

	if (!text)
		return learn_profile(l, dir, path, err);
	ret = learn_text(l, path, text, size, err);
	if (ret > 0)
		ret = learn_profile(l, dir, path, err);
	free(text);
	if (!ret && l->lines == before)
		ret = fail(err, path, "tells of no call");
	return ret ? -1 : (long)(l->lines - before);
}

static void put_comment(struct learned_call *c)
{
	struct text t = text_in(c->comment, sizeof(c->comment));

	if (!c->count)
		return;
	text_put(&t, "seen %lu times", c->count);
	for (unsigned i = 0; i < c->nwho && i < LEARNED_WHO; i++)
		text_put(&t, "%s%s", i ? ", " : " by ", c->who[i]);
	if (c->nwho > LEARNED_WHO)
		text_put(&t, " and others");
	if (c->need[0])
		text_put(&t, ", for %s", c->need);
	text_mark_cut(&t);
	c->rule.comment = c->comment;
}

/* Some rule allows the call whatever its arguments. */
static bool is_covered(const struct learned *l, const struct learned_call *c)
{
	for (unsigned i = 0; i < l->n && c->rule.nargs; i++)
		if (!l->calls[i].rule.nargs &&
			!strcmp(l->calls[i].rule.name, c->rule.name))
			return true;
	return false;
}

struct profile *learn_build(struct learned *l, uint32_t action)
{
	struct profile *p = calloc(1, sizeof(*p));
	int ret = 0;

	if (!p)
		return NULL;
	snprintf(p->name, sizeof(p->name), "learned");
	snprintf(p->where, sizeof(p->where), "learned");
	p->mode = FILTER_BPF;
	p->default_action = action;
	if (l->compat) {
		p->narches = 2;
		p->arches[0] = ARCH_NATIVE;
		p->arches[1] = ARCH_COMPAT;
	}
	for (unsigned i = 0; i < l->n && !ret; i++) {
		put_comment(&l->calls[i]);
		if (!is_covered(l, &l->calls[i]))
			ret = profile_add_rule(p, &l->calls[i].rule);
	}
	if (!ret)
		return p;
	profile_free(p);
	return NULL;
}
