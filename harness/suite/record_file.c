/* SPDX-License-Identifier: MIT */
/* record_file.c: where the lines are kept. */
#include "suite/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "suite/about.h"
#include "sys/failure.h"

static int say(const char *what, int err)
{
	failure_say("%s: %s", what, strerror(-err));
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

static int link_latest(const struct record *r, const char *dir)
{
	char link[300], temp[300];

	snprintf(link, sizeof(link), "%s/latest", dir);
	snprintf(temp, sizeof(temp), "%s/latest.%d", dir, getpid());
	unlink(temp);
	if (symlink(r->dir + strlen(dir) + 1, temp) || rename(temp, link))
		return say(link, -errno);
	return 0;
}

int record_newest(struct record *r, const char *dir)
{
	char link[300], real[PATH_MAX];

	snprintf(link, sizeof(link), "%s/latest", dir);
	if (!realpath(link, real))
		return errno == ENOENT ? -ENOENT : say(link, -errno);
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

int record_go_on(struct record *r)
{
	char path[PATH_MAX];
	int ret;

	snprintf(path, sizeof(path), "%s/cells.jsonl", r->dir);
	r->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (r->fd < 0)
		return say(path, -errno);
	ret = cut_tail(r->fd);
	return ret ? say(path, ret) : 0;
}

int record_open(struct record *r, const char *dir, const struct suite *s,
	int argc, char **argv)
{
	int ret = make_dirs(dir);

	if (!ret)
		ret = make_own_dir(r, dir);
	if (!ret)
		ret = about_write(r->dir, s, argc, argv);
	/* Only now is it one that can be gone on with. */
	if (!ret)
		ret = link_latest(r, dir);
	return ret ? ret : record_go_on(r);
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

/* Line NO of PATH, which may be any JSON; NULL, said, where it is no object. */
static json_t *load_line(const char *path, size_t no, const char *text)
{
	json_error_t error;
	json_t *o = json_loads(text, 0, &error);

	if (json_is_object(o))
		return o;
	failure_say("%s:%zu: no record: %s", path, no,
		error.text[0] ? error.text : "it is no object");
	json_decref(o);
	return NULL;
}

struct reader {
	struct known *known;
	int (*fn)(const struct line *l, void *arg);
	void *arg;
	const char *path;
	size_t no; /* of the line */
};

static int hand_one(const struct reader *r, struct line *l)
{
	if (r->known)
		known_judge(r->known, l);
	return r->fn(l, r->arg);
}

/* A line of a baseline stands for many: "four/glibc,musl three/raw". */
static int hand_all(const struct reader *r, const struct line *l)
{
	const char *at = l->cells;
	char name[512];
	int ret = 0;

	while (!ret && *at) {
		int profile = (int)strcspn(at, "/ ");
		const char *flavour = at + profile;

		while (!ret && *flavour && *flavour != ' ') {
			struct line one = *l;
			int n = (int)strcspn(++flavour, ", ");

			snprintf(name, sizeof(name), "%s@%.*s/%.*s", l->probe,
				profile, at, n, flavour);
			one.cell = name;
			ret = hand_one(r, &one);
			flavour += n;
		}
		at = flavour + strspn(flavour, " ");
	}
	return ret;
}

static int hand(const struct reader *r, struct line *l)
{
	return l->cells[0] ? hand_all(r, l) : hand_one(r, l);
}

static int each_json(const struct reader *r, const char *text)
{
	json_t *o = load_line(r->path, r->no, text);
	struct line l;
	int ret = -EINVAL;

	if (o) {
		line_from_json(o, &l);
		ret = hand(r, &l);
	}
	json_decref(o);
	return ret;
}

int record_each(const char *dir, struct known *k,
	int (*fn)(const struct line *l, void *arg), void *arg)
{
	char path[PATH_MAX], *text = NULL;
	struct reader r = { k, fn, arg, path, 0 };
	size_t size = 0;
	struct line l;
	ssize_t n;
	int ret = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	f = fopen(path, "re");
	if (!f)
		return say(path, -errno);
	while (!ret && (n = getline(&text, &size, f)) > 0 &&
		text[n - 1] == '\n') {
		r.no++;
		ret = line_scan(text, (size_t)n, &l) ? hand(&r, &l)
						     : each_json(&r, text);
	}
	free(text);
	fclose(f);
	return ret;
}

int record_each_whole(
	const char *dir, int (*fn)(json_t *cell, void *arg), void *arg)
{
	char path[PATH_MAX], *text = NULL;
	size_t size = 0, no = 0;
	ssize_t n;
	int ret = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	f = fopen(path, "re");
	if (!f)
		return say(path, -errno);
	while (!ret && (n = getline(&text, &size, f)) > 0 &&
		text[n - 1] == '\n') {
		json_t *o = load_line(path, ++no, text);

		ret = o ? fn(o, arg) : -EINVAL;
		json_decref(o);
	}
	free(text);
	fclose(f);
	return ret;
}

static int count_verdict(const struct line *l, void *arg)
{
	size_t *verdicts = arg;

	verdicts[judge_verdict_named(l->verdict)]++;
	return 0;
}

int record_totals(const char *dir, size_t verdicts[VERDICT_MISSING + 1])
{
	json_t *about = about_read(dir);
	json_int_t planned =
		json_integer_value(json_object_get(about, "cells"));
	struct known known;
	size_t n = 0;
	int ret;

	json_decref(about);
	memset(verdicts, 0, (VERDICT_MISSING + 1) * sizeof(*verdicts));
	ret = known_of_run(&known, dir);
	if (!ret)
		ret = record_each(dir, &known, count_verdict, verdicts);
	known_free(&known);
	for (int v = 0; v < VERDICT_MISSING; v++)
		n += verdicts[v];
	if (planned > 0 && (size_t)planned > n)
		verdicts[VERDICT_MISSING] = (size_t)planned - n;
	return ret;
}
