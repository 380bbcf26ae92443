/* SPDX-License-Identifier: MIT */
/* status.c: `quartet status`: how far a run is. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/state.h"
#include "suite/progress.h"
#include "sys/embed.h"
#include "sys/text.h"

EMBED(help, "harness/cmd/status.txt");

#define SILENT_S 10 /* it tells twice a second */

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ 0 },
};

static long number(const json_t *o, const char *key)
{
	return (long)json_integer_value(json_object_get(o, key));
}

/* It says that it runs, and has not said so for so many seconds; 0: it has. */
static long silent(const json_t *o)
{
	const char *state = json_string_value(json_object_get(o, "state"));
	long s = (long)time(NULL) - number(o, "updated");

	if (!state || strcmp(state, PROGRESS_RUNNING) != 0)
		return 0;
	return s > SILENT_S ? s : 0;
}

static void print(const char *dir, const json_t *o)
{
	const char *state = json_string_value(json_object_get(o, "state"));
	double rate = json_number_value(json_object_get(o, "a_second"));
	long cells = number(o, "cells"), done = number(o, "done");
	char shown[4096];

	text_show(state ? state : "?", shown, sizeof(shown));
	printf("%s: %ld of %ld cells (%ld %%), %ld differ, %ld broken, %ld "
	       "skipped, %.0f a second",
		silent(o) ? "silent" : shown, done, cells,
		cells > 0 ? done * 100 / cells : 0, number(o, "differ"),
		number(o, "broken"), number(o, "skipped"), rate);
	if (silent(o))
		printf("; no sign of life for %ld s: it was killed, or its "
		       "machine sleeps\n",
			silent(o));
	else if (state && !strcmp(state, PROGRESS_RUNNING) && rate > 0)
		printf(", %.0f s to go\n", (double)(cells - done) / rate);
	else
		putchar('\n');
	text_show(dir, shown, sizeof(shown));
	printf("records: %s/cells.jsonl\n", shown);
}

static int tell(const char *dir, bool json)
{
	json_t *o = progress_read(dir);
	int ret;

	if (!json_is_object(o)) {
		json_decref(o);
		return cmd_say("status", EXIT_USAGE, dir,
			"is no run that tells how far it is (no status.json)");
	}
	if (json) {
		json_dumpf(o, stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		print(dir, o);
	}
	ret = silent(o) ? EXIT_BROKEN : EXIT_AS_DECLARED;
	json_decref(o);
	return ret;
}

int cmd_status(int argc, char **argv)
{
	bool json = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case OPTION_JSON:
			json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	if (argc > optind + 1) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return tell(argc > optind ? argv[optind]
				  : state_path("results/latest", "latest"),
		json);
}
