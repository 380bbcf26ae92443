/* SPDX-License-Identifier: MIT */
/* campaign.c: reads what a folder of `quartet fuzz` has of its campaign. */
#include "session/campaign.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/session.h"
#include "sys/text.h"

static int is_tally(const struct dirent *e)
{
	return !strncmp(e->d_name, "tally-", 6);
}

static int is_name(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void free_names(struct dirent **v, int n)
{
	for (int i = 0; i < n; i++)
		free(v[i]);
	if (n >= 0)
		free(v);
}

bool campaign_is(const char *dir)
{
	struct dirent **v;
	int n = scandir(dir, &v, is_tally, alphasort);

	free_names(v, n);
	return n > 0;
}

/* Not tally_open: that would make the file as long as it should be. */
static int add_tally(struct tally *sum, const char *path, struct failure *f)
{
	static struct tally t;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, &t, sizeof(t));
	int err = errno;

	if (fd >= 0)
		close(fd);
	if (n < 0)
		return failure_set(
			f, FAILURE_SYSTEM, "%s: %s", path, strerror(err));
	if (n != (ssize_t)sizeof(t))
		return failure_set(f, FAILURE_USAGE,
			"%s: no counts of this quartet's fuzzer", path);
	tally_join(sum, &t);
	return 0;
}

static int read_tallies(struct campaign *c, struct failure *f)
{
	char path[PATH_MAX];
	struct dirent **v;
	int ret = 0, n = scandir(c->dir, &v, is_tally, alphasort);

	if (n < 0)
		return failure_set(
			f, FAILURE_USAGE, "%s: %s", c->dir, strerror(errno));
	for (int i = 0; i < n && !ret; i++) {
		fuzz_path(path, "%s/%s", c->dir, v[i]->d_name);
		ret = add_tally(&c->sum, path, f);
	}
	free_names(v, n);
	return ret;
}

/* DIR/NAME's first line; none: empty. Nobody has to write it: not to wait. */
static void first_line(const char *dir, const char *name, char *to, size_t size)
{
	char path[PATH_MAX];
	FILE *from = NULL;
	int fd;

	fuzz_path(path, "%s/%s", dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0)
		from = fdopen(fd, "r");
	*to = 0;
	if (from && fgets(to, (int)size, from))
		to[strcspn(to, "\n")] = 0;
	if (from)
		fclose(from);
	else if (fd >= 0)
		close(fd);
}

/* A finding whose report is not there yet is one all the same. */
static int read_findings(struct campaign *c, struct failure *f)
{
	char path[PATH_MAX], inner[NAME_MAX + 32];
	struct dirent **v;
	int n;

	fuzz_path(path, "%s/findings", c->dir);
	n = scandir(path, &v, is_name, alphasort);
	if (n > CAMPAIGN_FINDINGS) {
		free_names(v, n);
		return failure_set(f, FAILURE_USAGE,
			"%s: more than %d findings", path, CAMPAIGN_FINDINGS);
	}
	c->findings = n > 0 ? calloc((size_t)n, sizeof(*c->findings)) : NULL;
	for (int i = 0; i < n && c->findings; i++) {
		struct campaign_finding *to = &c->findings[c->nfindings++];

		strcpy(to->name, v[i]->d_name);
		snprintf(inner, sizeof(inner), "%s/report.txt", to->name);
		first_line(path, inner, to->text, sizeof(to->text));
	}
	free_names(v, n);
	return n > 0 && !c->findings
		       ? failure_set(f, FAILURE_SYSTEM, "out of memory")
		       : 0;
}

/* As print.c begins a report. One that never ended has none: the default. */
static void read_profile(struct campaign *c)
{
	static const char begins[] = "futex programs under ";
	char line[PATH_MAX + 100], *end;

	first_line(c->dir, "report.txt", line, sizeof(line));
	end = strstr(line, " job");
	while (end && end > line && *end != ',')
		end--;
	if (strncmp(line, begins, strlen(begins)) != 0 || !end || *end != ',')
		strcpy(c->profile, "four");
	else
		snprintf(c->profile, sizeof(c->profile), "%.*s",
			(int)(end - line - (long)strlen(begins)),
			line + strlen(begins));
}

int campaign_load(struct campaign *c, const char *dir, struct failure *f)
{
	memset(c, 0, sizeof(*c));
	c->dir = dir;
	read_profile(c);
	return read_tallies(c, f) || read_findings(c, f) ? -1 : 0;
}

void campaign_free(struct campaign *c)
{
	free(c->findings);
	c->findings = NULL;
}
