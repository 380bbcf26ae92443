/* SPDX-License-Identifier: MIT */
/* page_fuzz.c: a campaign of the fuzzer, as its folder has it. */
#include "suite/page_fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite/page_probes.h"
#include "sys/failure.h"

#define REPORT_MAX   (64 << 10)
#define PROGRESS_MAX (256 << 10)
#define FINDINGS_MAX 200

/* DIR/NAME as a text of JSON; NULL with errno set. What is no UTF-8 is EILSEQ.
 */
static json_t *text_of(const char *dir, const char *name, size_t max)
{
	char path[PATH_MAX], *text;
	json_t *o;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	text = page_read(path, max);
	if (!text)
		return NULL;
	o = json_string(text);
	free(text);
	if (!o)
		errno = EILSEQ;
	return o;
}

static int is_name(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* One whose report is not there yet, or no text, is named all the same. */
static void add_finding(const char *dir, const char *name, json_t *all)
{
	char inner[NAME_MAX + sizeof("findings//report.txt")];
	json_t *text;

	snprintf(inner, sizeof(inner), "findings/%s/report.txt", name);
	text = text_of(dir, inner, REPORT_MAX);
	if (!text)
		text = json_string("");
	json_array_append_new(
		all, json_pack("{s:s,s:o}", "name", name, "text", text));
}

static json_t *findings(const char *dir)
{
	char path[PATH_MAX];
	struct dirent **found;
	json_t *all = json_array();
	int n;

	snprintf(path, sizeof(path), "%s/findings", dir);
	n = scandir(path, &found, is_name, alphasort);
	for (int i = 0; i < n; i++) {
		if (i < FINDINGS_MAX)
			add_finding(dir, found[i]->d_name, all);
		free(found[i]);
	}
	if (n >= 0)
		free(found);
	return all;
}

static int add_campaign(const char *dir, json_t *all)
{
	json_t *report = text_of(dir, "report.txt", REPORT_MAX), *progress, *o;

	if (!report) {
		failure_say("report: %s/report.txt: %s", dir, strerror(errno));
		return -EINVAL;
	}
	progress = text_of(dir, "progress", PROGRESS_MAX);
	o = json_pack("{s:s,s:o,s:o,s:o}", "name", dir, "report", report,
		"progress", progress ? progress : json_string(""), "findings",
		findings(dir));
	return json_array_append_new(all, o) ? -ENOMEM : 0;
}

int page_campaigns(const char *const *dirs, size_t n, json_t *data)
{
	json_t *all = json_array();
	int ret = 0;

	if (!all || json_object_set_new(data, "campaigns", all))
		return -ENOMEM;
	for (size_t i = 0; i < n && !ret; i++)
		ret = add_campaign(dirs[i], all);
	return ret;
}
