/* SPDX-License-Identifier: MIT */
/* report.c: `quartet report`: the summary of a run again. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/quartet.h"
#include "cmd/state.h"
#include "suite/record.h"
#include "suite/report.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/report.txt");

int cmd_report(int argc, char **argv)
{
	size_t verdicts[VERDICT_MISSING + 1];
	const char *dir;

	if (argc > 1 && argv[1][0] == '-') {
		bool asked = !strcmp(argv[1], "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? 0 : EXIT_USAGE;
	}
	if (argc > 2) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	dir = argc > 1 ? argv[1] : state_path("results/latest", "latest");
	if (report_print(dir, stdout, false) || record_totals(dir, verdicts))
		return EXIT_SYSTEM;
	if (verdicts[VERDICT_BROKEN] || verdicts[VERDICT_MISSING])
		return EXIT_BROKEN;
	return verdicts[VERDICT_FAIL] ? EXIT_DIFFERS : EXIT_AS_DECLARED;
}
