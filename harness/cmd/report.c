/* SPDX-License-Identifier: MIT */
/* report.c: `quartet report` and `quartet export`: a run read again. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "suite/export.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "suite/report.h"

static const char report_help[] =
	"usage: quartet report [RUN]\n"
	"Prints the summary of a recorded run, a folder under results/runs; "
	"the newest\nwithout one.\n";

static const char export_help[] =
	"usage: quartet export --ktap|--junit [RUN]\n"
	"Writes a recorded run to standard output: KTAP, which prove(1) reads, "
	"or JUnit\nXML. RUN as for `quartet report`.\n";

int cmd_report(int argc, char **argv)
{
	if (argc > 1 && argv[1][0] == '-') {
		bool help = !strcmp(argv[1], "--help");

		fputs(report_help, help ? stdout : stderr);
		return help ? 0 : EXIT_USAGE;
	}
	if (argc > 2) {
		fputs(report_help, stderr);
		return EXIT_USAGE;
	}
	return report_print(
		       argc > 1 ? argv[1] : "results/latest", stdout, false)
		       ? EXIT_SYSTEM
		       : 0;
}

int cmd_export(int argc, char **argv)
{
	const char *dir = argc > 2 ? argv[2] : "results/latest";
	const char *format = argc > 1 ? argv[1] : "";
	int ret;

	if (argc > 3 || !format[0] || !strcmp(format, "--help")) {
		bool help = !strcmp(format, "--help");

		fputs(export_help, help ? stdout : stderr);
		return help ? 0 : EXIT_USAGE;
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
