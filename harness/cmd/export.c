/* SPDX-License-Identifier: MIT */
/* export.c: `quartet export`: a run in the form of other people's tools. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/quartet.h"
#include "suite/export.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/export.txt");

int cmd_export(int argc, char **argv)
{
	const char *dir = argc > 2 ? argv[2] : "results/latest";
	const char *format = argc > 1 ? argv[1] : "";
	int ret;

	if (argc > 3 || !format[0] || !strcmp(format, "--help")) {
		bool asked = !strcmp(format, "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? 0 : EXIT_USAGE;
	}
	if (!strcmp(format, "--ktap"))
		ret = export_ktap(dir, stdout);
	else if (!strcmp(format, "--junit"))
		ret = export_junit(dir, stdout);
	else {
		fprintf(stderr,
			"quartet: export: %s: expected --ktap or --junit\n",
			format);
		return EXIT_USAGE;
	}
	return ret ? EXIT_SYSTEM : 0;
}
