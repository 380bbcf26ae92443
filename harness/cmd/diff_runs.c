/* SPDX-License-Identifier: MIT */
/* diff_runs.c: `quartet diff` of two recorded runs. */
#include "cmd/diff_runs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "suite/changes.h"

#define SHOWN 8 /* of a group */

bool diff_is_run(const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	snprintf(path, sizeof(path), "%s/cells.jsonl", name);
	return !stat(path, &st);
}

int diff_runs(const struct diff_runs *runs)
{
	struct changes c = { .across = runs->across };
	int ret = changes_find(&c, runs->then, runs->now), code;

	if (!ret)
		ret = runs->json
			      ? changes_json(&c, stdout)
			      : changes_print(&c, runs->all ? SIZE_MAX : SHOWN,
					stdout);
	code = changes_news(&c) ? EXIT_DIFFERS : EXIT_AS_DECLARED;
	/* Any other was said. */
	if (ret == -ENOMEM)
		code = cmd_say("diff", EXIT_SYSTEM, runs->then, strerror(-ret));
	else if (ret)
		code = ret == -EINVAL ? EXIT_BROKEN : EXIT_SYSTEM;
	changes_free(&c);
	return code;
}
