/* SPDX-License-Identifier: MIT */
/* report.c: `quartet report`: the summary of a run again. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/quartet.h"
#include "suite/report.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/report.txt");

int cmd_report(int argc, char **argv)
{
	if (argc > 1 && argv[1][0] == '-') {
		bool asked = !strcmp(argv[1], "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? 0 : EXIT_USAGE;
	}
	if (argc > 2) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return report_print(
		       argc > 1 ? argv[1] : "results/latest", stdout, false)
		       ? EXIT_SYSTEM
		       : 0;
}
