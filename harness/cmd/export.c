/* SPDX-License-Identifier: MIT */
/* export.c: `quartet export`: a run in the form of other people's tools. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/quartet.h"
#include "cmd/state.h"
#include "suite/export.h"
#include "suite/record.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/export.txt");

int cmd_export(int argc, char **argv)
{
	const char *dir =
		argc > 2 ? argv[2] : state_path("results/latest", "latest");
	const char *format = argc > 1 ? argv[1] : "";
	size_t verdicts[VERDICT_MISSING + 1], missing;
	int (*export)(const char *, size_t, FILE *);

	if (argc > 3 || !format[0] || !strcmp(format, "--help")) {
		bool asked = !strcmp(format, "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? 0 : EXIT_USAGE;
	}
	export = !strcmp(format, "--ktap")    ? export_ktap
		 : !strcmp(format, "--junit") ? export_junit
					      : NULL;
	if (!export) {
		failure_say("export: %s: expected --ktap or --junit", format);
		return EXIT_USAGE;
	}
	if (record_totals(dir, verdicts))
		return EXIT_SYSTEM;
	missing = verdicts[VERDICT_MISSING];
	if (export(dir, missing, stdout))
		return EXIT_SYSTEM;
	return missing ? EXIT_BROKEN : 0;
}
