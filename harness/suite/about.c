/* SPDX-License-Identifier: MIT */
/* about.c: what was run on what. */
#include "suite/about.h"

#include <errno.h>
#include <gnu/libc-version.h>
#include <limits.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "suite/record.h"
#include "sys/hash.h"
#include "sys/proc.h"
#include "version.h"
#include "sys/failure.h"

static void format_now(char *text, size_t size)
{
	time_t now = time(NULL);
	struct tm tm;

	strftime(text, size, "%FT%TZ", gmtime_r(&now, &tm));
}

/* Of the cells in their order, and of their filters. */
static uint64_t hash_cells(const struct suite *s)
{
	uint64_t h = HASH64;

	for (size_t i = 0; i < s->ncells; i++)
		h = hash64(h, s->cells[i].name, strlen(s->cells[i].name) + 1);
	for (size_t i = 0; i < s->nbuilts; i++) {
		const struct filter *f = &s->builts[i]->bpf;

		h = hash64(h, f->insns, f->ninsns * sizeof(*f->insns));
	}
	return h;
}

/* What a reader must know to repeat the run or to doubt it. */
json_t *about_make(const struct suite *s, int argc, char **argv)
{
	const struct scmp_version *v = seccomp_version();
	struct utsname u;
	char start[32], lib[32], hash[32];
	json_t *o = json_object(), *args = json_array();
	json_t *flavours = json_object();

	uname(&u);
	format_now(start, sizeof(start));
	snprintf(lib, sizeof(lib), "%u.%u.%u", v->major, v->minor, v->micro);
	snprintf(hash, sizeof(hash), "%016llx",
		(unsigned long long)hash_cells(s));
	for (int i = 0; i < argc; i++)
		json_array_append_new(args, json_string(argv[i]));
	for (size_t i = 0; i < s->nflavours; i++)
		json_object_set_new(flavours, s->flavours[i].name,
			json_string(s->flavours[i].version));
	json_object_set_new(o, "v", json_integer(RECORD_VERSION));
	json_object_set_new(o, "quartet", json_string(QUARTET_VERSION));
	json_object_set_new(o, "started", json_string(start));
	json_object_set_new(o, "args", args);
	json_object_set_new(o, "kernel", json_string(u.release));
	json_object_set_new(o, "kernel_build", json_string(u.version));
	json_object_set_new(o, "machine", json_string(u.machine));
	json_object_set_new(o, "libseccomp", json_string(lib));
	json_object_set_new(
		o, "runner_libc", json_string(gnu_get_libc_version()));
	json_object_set_new(o, "flavours", flavours);
	json_object_set_new(o, "outer_filters",
		json_integer(proc_status(getpid(), "Seccomp_filters")));
	json_object_set_new(o, "cells", json_integer((json_int_t)s->ncells));
	json_object_set_new(o, "cells_hash", json_string(hash));
	return o;
}

int about_write(const char *dir, const struct suite *s, int argc, char **argv)
{
	json_t *o = about_make(s, argc, argv);
	char path[PATH_MAX], part[PATH_MAX];
	int err = 0;

	snprintf(path, sizeof(path), "%s/run.json", dir);
	snprintf(part, sizeof(part), "%s/run.json.new", dir);
	errno = 0;
	if (json_dump_file(o, part, JSON_INDENT(2)) || rename(part, path))
		err = errno ? -errno : -EIO;
	if (err)
		failure_say("%s: %s", path, strerror(-err));
	json_decref(o);
	return err;
}

json_t *about_read(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/run.json", dir);
	return json_load_file(path, 0, NULL);
}

bool about_same(const json_t *then, const json_t *now, char *why, size_t size)
{
	static const char *const keys[] = { "quartet", "kernel", "kernel_build",
		"libseccomp", "flavours", "outer_filters", "cells",
		"cells_hash" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const json_t *a = json_object_get(then, keys[i]);
		const json_t *b = json_object_get(now, keys[i]);
		char *was, *is;

		if (json_equal(a, b))
			continue;
		was = a ? json_dumps(a, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
		is = json_dumps(b, JSON_ENCODE_ANY | JSON_COMPACT);
		snprintf(why, size, "\"%s\" was %s and is %s", keys[i],
			was ? was : "not told", is ? is : "?");
		free(was);
		free(is);
		return false;
	}
	return true;
}
