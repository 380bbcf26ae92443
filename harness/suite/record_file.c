/* SPDX-License-Identifier: MIT */
/* record_file.c: where the lines are kept. */
#include "suite/record.h"

#include <errno.h>
#include <fcntl.h>
#include <gnu/libc-version.h>
#include <limits.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "sys/proc.h"
#include "version.h"

static int say(const char *what, int err)
{
	fprintf(stderr, "quartet: %s: %s\n", what, strerror(-err));
	return err;
}

static int make_dirs(const char *dir)
{
	char path[300];

	snprintf(path, sizeof(path), "%s/runs", dir);
	if ((mkdir(dir, 0777) && errno != EEXIST) ||
		(mkdir(path, 0777) && errno != EEXIST))
		return say(path, -errno);
	return 0;
}

static void format_now(char *text, size_t size, const char *format)
{
	time_t now = time(NULL);
	struct tm tm;

	strftime(text, size, format, gmtime_r(&now, &tm));
}

/* What a reader must know to repeat the run or to doubt it. */
static json_t *about_run(const struct suite *s, int argc, char **argv)
{
	const struct scmp_version *v = seccomp_version();
	struct utsname u;
	char start[32], lib[32];
	json_t *o = json_object(), *args = json_array();
	json_t *flavours = json_object();

	uname(&u);
	format_now(start, sizeof(start), "%FT%TZ");
	snprintf(lib, sizeof(lib), "%u.%u.%u", v->major, v->minor, v->micro);
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
	return o;
}

static int write_about(
	const char *dir, const struct suite *s, int argc, char **argv)
{
	json_t *o = about_run(s, argc, argv);
	char path[PATH_MAX];
	int ret = 0;

	snprintf(path, sizeof(path), "%s/run.json", dir);
	if (json_dump_file(o, path, JSON_INDENT(2)))
		ret = say(path, errno ? -errno : -EIO);
	json_decref(o);
	return ret;
}

/* Containers number their processes alike: the name may be taken. */
static int make_own_dir(struct record *r, const char *dir)
{
	char id[64];

	format_now(id, sizeof(id), "%Y%m%dT%H%M%SZ");
	for (int i = 0; i < 1000; i++) {
		snprintf(r->dir, sizeof(r->dir), "%s/runs/%s-%d", dir, id,
			getpid() + i);
		if (!mkdir(r->dir, 0777))
			return 0;
		if (errno != EEXIST)
			break;
	}
	return say(r->dir, -errno);
}

static int new_run(struct record *r, const char *dir)
{
	char link[300], temp[300];
	int ret = make_own_dir(r, dir);

	if (ret)
		return ret;
	snprintf(link, sizeof(link), "%s/latest", dir);
	snprintf(temp, sizeof(temp), "%s/latest.%d", dir, getpid());
	unlink(temp);
	if (symlink(r->dir + strlen(dir) + 1, temp) || rename(temp, link))
		return say(link, -errno);
	return 0;
}

static int newest_run(struct record *r, const char *dir)
{
	char link[300], real[PATH_MAX];

	snprintf(link, sizeof(link), "%s/latest", dir);
	if (!realpath(link, real))
		return say(link, -errno);
	if ((size_t)snprintf(r->dir, sizeof(r->dir), "%s", real) >=
		sizeof(r->dir))
		return say(real, -ENAMETOOLONG);
	return 0;
}

/* Cuts what stands behind the last newline. */
static int cut_tail(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char c;

	while (end > 0 && pread(fd, &c, 1, end - 1) == 1 && c != '\n')
		end--;
	return ftruncate(fd, end) ? -errno : 0;
}

int record_open(struct record *r, const char *dir, bool resume,
	const struct suite *s, int argc, char **argv)
{
	char path[PATH_MAX];
	int ret = make_dirs(dir);

	if (!ret)
		ret = resume ? newest_run(r, dir) : new_run(r, dir);
	if (!ret && !resume)
		ret = write_about(r->dir, s, argc, argv);
	if (ret)
		return ret;
	snprintf(path, sizeof(path), "%s/cells.jsonl", r->dir);
	r->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (r->fd < 0)
		return say(path, -errno);
	ret = cut_tail(r->fd);
	return ret ? say(path, ret) : 0;
}

int record_add(struct record *r, const char *line, size_t size)
{
	ssize_t n = write(r->fd, line, size);

	if (n == (ssize_t)size)
		return 0;
	n = n < 0 ? -errno : -ENOSPC;
	cut_tail(r->fd);
	return say(r->dir, (int)n);
}

void record_close(struct record *r)
{
	close(r->fd);
}

int record_each(const char *dir, int (*fn)(json_t *cell, void *arg), void *arg)
{
	char path[PATH_MAX], *line = NULL;
	size_t size = 0, no = 0;
	json_error_t error;
	ssize_t n;
	int ret = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	f = fopen(path, "re");
	if (!f)
		return say(path, -errno);
	while (!ret && (n = getline(&line, &size, f)) > 0) {
		json_t *o;

		no++;
		if (line[n - 1] != '\n')
			break;
		o = json_loads(line, 0, &error);
		if (!o || !json_is_object(o)) {
			fprintf(stderr, "quartet: %s:%zu: no record: %s\n",
				path, no, error.text);
			ret = -EINVAL;
		} else {
			ret = fn(o, arg);
		}
		json_decref(o);
	}
	free(line);
	fclose(f);
	return ret;
}

static int compare_cells(const void *a, const void *b)
{
	return strcmp((*(struct cell *const *)a)->name,
		(*(struct cell *const *)b)->name);
}

struct resume {
	const struct suite *s;
	struct cell **sorted;
	char *done;
};

static int mark_done(json_t *o, void *arg)
{
	struct resume *r = arg;
	const char *name = json_string_value(json_object_get(o, "cell"));
	struct cell key, *keyp = &key, **hit;

	if (!name)
		return 0;
	snprintf(key.name, sizeof(key.name), "%s", name);
	hit = bsearch(
		&keyp, r->sorted, r->s->ncells, sizeof(*hit), compare_cells);
	if (hit)
		r->done[*hit - r->s->cells] = 1;
	return 0;
}

int record_find_done(const char *dir, const struct suite *s, char **done)
{
	struct resume r = { .s = s };
	int ret;

	r.done = calloc(s->ncells, 1);
	r.sorted = calloc(s->ncells, sizeof(*r.sorted));
	if (!r.done || !r.sorted) {
		free(r.sorted);
		free(r.done);
		return -ENOMEM;
	}
	for (size_t i = 0; i < s->ncells; i++)
		r.sorted[i] = &s->cells[i];
	qsort(r.sorted, s->ncells, sizeof(*r.sorted), compare_cells);
	ret = record_each(dir, mark_done, &r);
	free(r.sorted);
	*done = r.done;
	return ret;
}
