/* SPDX-License-Identifier: MIT */
/*
 * profile.c: finds a profile, and the reader that its contents ask for:
 * read_bpf.c for BPF, bpftext_read.c for BPF as text, read_minijail.c for
 * minijail, read_lxc.c for LXC, read_kafel.c for kafel, read_oci.c for JSON,
 * read_seccompiler.c for JSON with threads.
 */
#include "profile/profile.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/calls.h"
#include "profile/bpftext.h"
#include "profile/json.h"
#include "profile/other.h"
#include "profile/read_kafel.h"
#include "profile/read_lxc.h"
#include "profile/read_minijail.h"
#include "profile/read_seccompiler.h"
#include "profile/read_systemd.h"
#include "profile/systemd_dropins.h"
#include "profile/unit.h"
#include "profile/yaml.h"

static void set_names(struct profile *p, const char *name)
{
	const char *base = strrchr(name, '/');

	snprintf(p->where, sizeof(p->where), "%s", name);
	base = base ? base + 1 : name;
	snprintf(p->name, sizeof(p->name), "%.*s", (int)strcspn(base, "."),
		base);
}

static const char *thread_wanted;

void profile_thread(const char *name)
{
	thread_wanted = name;
}

static int read_json(struct profile *p, const char *text, size_t size,
	struct profile_error *err)
{
	struct json_reader r = { .p = p,
		.text = text,
		.size = size,
		.err = err,
		.thread = thread_wanted };
	json_error_t e;
	json_t *o = json_loadb(text, size, JSON_REJECT_DUPLICATES, &e);
	int ret;

	/* An integer above 2^63 - 1 is none to jansson. */
	if (!o && json_error_code(&e) == json_error_numeric_overflow)
		o = json_loadb(text, size,
			JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &e);
	if (!o) {
		snprintf(err->text, sizeof(err->text), "%s:%d:%d: %s", p->where,
			e.line, e.column, e.text);
		return -1;
	}
	p->by_name = !seccompiler_is(o);
	ret = p->by_name ? oci_read(&r, o) : seccompiler_read(&r, o);
	json_decref(o);
	return ret;
}

/* As JSON of the same lines. */
static int read_yaml(struct profile *p, const char *text, size_t size,
	struct profile_error *err)
{
	size_t n = 0;
	char *json = yaml_to_json(p->where, text, size, &n, err);
	int ret = json ? read_json(p, json, n, err) : -1;

	free(json);
	return ret;
}

/* JSON begins with a bracket; "{ read, write }: 1" is a policy's line. */
static bool is_policy(const char *name, const char *text, size_t size)
{
	size_t n = strlen(name), i = 0;

	if (n > 5 && !strcmp(name + n - 5, ".json"))
		return false;
	while (i < size && strchr(" \t\r\n", text[i]))
		i++;
	if (i < size && text[i] == '{')
		for (i++; i < size && strchr(" \t\r\n", text[i]);)
			i++;
	return i < size &&
	       (isalpha((unsigned char)text[i]) || strchr("_#@", text[i]));
}

/* What begins with a bracket is JSON, or a policy's list of names. */
static bool is_object(const char *text, size_t size)
{
	while (size && strchr(" \t\r\n", *text)) {
		text++;
		size--;
	}
	return size && *text == '{';
}

static enum profile_form form_of(
	const char *name, const char *text, size_t size)
{
	if (unit_is(text, size))
		return PROFILE_UNIT;
	if (yaml_is(text, size) || lxc_is(text, size) || kafel_is(text, size))
		return PROFILE_OTHER;
	if (is_policy(name, text, size))
		return PROFILE_POLICY;
	return PROFILE_JSON;
}

static struct profile *parse(const char *name, const char *text, size_t size,
	bool files, struct profile_error *err)
{
	const enum bpftext kind = bpftext_kind(text, size);
	struct profile *p = calloc(1, sizeof(*p));
	int ret;

	if (!p) {
		snprintf(err->text, sizeof(err->text), "%s: out of memory",
			name);
		return NULL;
	}
	set_names(p, name);
	p->mode = FILTER_BPF;
	if (profile_is_raw(text, size))
		ret = profile_read_raw(p, text, size, err);
	else if (kind != BPFTEXT_NONE)
		ret = bpftext_read(p, kind, text, size, err);
	else if (unit_is(text, size))
		ret = systemd_read(
			p, seccomp_arch_native(), text, size, files, err);
	else if (yaml_is(text, size))
		ret = read_yaml(p, text, size, err);
	else if (lxc_is(text, size))
		ret = lxc_read(p, text, size, err);
	else if (kafel_is(text, size))
		ret = kafel_read(p, text, size, files, err);
	else if (!is_object(text, size) && other_form(text, size))
		ret = profile_refuse(p, (struct profile_place){ 1, 1 }, NULL,
			other_form(text, size), err);
	else if (is_policy(name, text, size))
		ret = policy_read(p, text, size, files, err);
	else
		ret = read_json(p, text, size, err);
	p->form = form_of(name, text, size);
	if (p->ninsns || (p->form == PROFILE_JSON && !p->by_name))
		p->form = PROFILE_OTHER;
	if (!ret)
		return p;
	profile_free(p);
	return NULL;
}

struct profile *profile_parse(const char *name, const char *text, size_t size,
	struct profile_error *err)
{
	return parse(name, text, size, false, err);
}

static struct profile *built_in(const char *name, enum filter_mode mode)
{
	struct profile *p = calloc(1, sizeof(*p));

	if (p) {
		set_names(p, name);
		p->mode = mode;
	}
	return p;
}

static struct profile *load_without(const char *name, struct profile_error *err)
{
	struct profile *p = built_in(name, FILTER_BPF);

	if (!p)
		snprintf(err->text, sizeof(err->text), "out of memory");
	else if (!profile_without(p, name, err))
		return p;
	profile_free(p);
	return NULL;
}

static struct profile *load_pid(const char *name, struct profile_error *err)
{
	struct profile *p = built_in(name, FILTER_BPF);

	if (!p)
		snprintf(err->text, sizeof(err->text), "out of memory");
	else if (!profile_read_pid(p, name, err))
		return p;
	profile_free(p);
	return NULL;
}

#define KNOWN "known-"

/* Leaves out the rules for calls that this libseccomp has no name for. */
static struct profile *load_known(
	const char *dir, const char *name, struct profile_error *err)
{
	struct profile *p = profile_load(dir, name + strlen(KNOWN), err);
	size_t n = 0;

	if (!p)
		return NULL;
	snprintf(p->name, sizeof(p->name), "%s", name);
	for (size_t i = 0; i < p->nrules; i++)
		if (seccomp_syscall_resolve_name(p->rules[i].name) !=
			__NR_SCMP_ERROR)
			p->rules[n++] = p->rules[i];
	p->nrules = n;
	return p;
}

#define PLAIN "plain-"

static struct profile *load_plain(
	const char *dir, const char *name, struct profile_error *err)
{
	struct profile *p = profile_load(dir, name + strlen(PLAIN), err);

	if (p) {
		snprintf(p->name, sizeof(p->name), "%s", name);
		p->plain = true;
	}
	return p;
}

static bool is_shipped(const char *name)
{
	return !strpbrk(name, "/.") && strcmp(name, "-") != 0;
}

struct profile *profile_load_whole(
	const char *dir, const char *name_or_path, struct profile_error *err)
{
	bool shipped = is_shipped(name_or_path);
	const char *why, *path = name_or_path;
	struct profile *p;
	char buf[512], *text;
	size_t size;

	if (profile_is_pid(name_or_path))
		return load_pid(name_or_path, err);
	if (shipped && !strncmp(name_or_path, KNOWN, strlen(KNOWN)))
		return load_known(dir, name_or_path, err);
	if (shipped && !strncmp(name_or_path, PLAIN, strlen(PLAIN)))
		return load_plain(dir, name_or_path, err);
	if (shipped && profile_is_without(name_or_path))
		return load_without(name_or_path, err);
	if (!strcmp(name_or_path, "none"))
		return built_in(name_or_path, FILTER_NONE);
	if (!strcmp(name_or_path, "strict"))
		return built_in(name_or_path, FILTER_STRICT);
	if (shipped) {
		snprintf(buf, sizeof(buf), "%s/%s.json", dir, name_or_path);
		path = buf;
	}
	errno = 0;
	/* A folder of drop-ins is a unit without a file of its own. */
	if (systemd_is_dropins(path))
		return parse(path, "[Unit]\n", 7, true, err);
	text = profile_read_file(path, &size, &why);
	if (!text) {
		err->system = profile_error_is_system(errno);
		snprintf(err->text, sizeof(err->text), "%s: %s%s", name_or_path,
			why,
			shipped && !err->system
				? " (no shipped profile has that name; a file "
				  "needs a '/' or a suffix)"
				: "");
		return NULL;
	}
	p = parse(path, text, size, true, err);
	free(text);
	if (p)
		p->silent = shipped; /* by the cells that use it */
	return p;
}

struct profile *profile_load(
	const char *dir, const char *name_or_path, struct profile_error *err)
{
	struct profile *p = profile_load_whole(dir, name_or_path, err);

	if (!p || !p->by_name || is_shipped(name_or_path))
		return p;
	if (!profile_leave_out(p, err)) {
		profile_say_left(p);
		return p;
	}
	profile_free(p);
	return NULL;
}

void profile_free(struct profile *p)
{
	if (p) {
		free(p->rules);
		free(p->left);
		free(p->insns);
		for (unsigned i = 0; i < p->nfiles; i++)
			free(p->files[i]);
		free(p->files);
	}
	free(p);
}

const char *profile_name(const struct profile *p)
{
	return p->name;
}
