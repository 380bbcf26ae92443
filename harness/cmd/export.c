/* SPDX-License-Identifier: MIT */
/* export.c: `quartet export`: a run in the form of other people's tools. */
#include "suite/export.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/options.h"
#include "cmd/quartet.h"
#include "cmd/state.h"
#include "suite/record.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/export.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "known", required_argument, NULL, OPTION_KNOWN },
	{ 0 },
};

static int write_run(const struct exporter *to, const char *dir)
{
	size_t verdicts[VERDICT_MISSING + 1], missing;

	if (record_totals(dir, verdicts))
		return EXIT_SYSTEM;
	missing = verdicts[VERDICT_MISSING];
	if (export_run(to, dir, missing, stdout))
		return EXIT_SYSTEM;
	return missing ? EXIT_BROKEN : EXIT_AS_DECLARED;
}

/* The formats are options of one word each, so that they can stand anywhere. */
int cmd_export(int argc, char **argv)
{
	const struct exporter *to = NULL;
	int c, n = 1;

	for (int i = 1; i < argc; i++) {
		const struct exporter *found = export_find(argv[i]);

		if (found && to) {
			failure_say("export: %s and %s: one format at a time",
				to->option, found->option);
			return EXIT_USAGE;
		}
		if (found)
			to = found;
		else
			argv[n++] = argv[i];
	}
	argv[n] = NULL;
	while ((c = getopt_long(n, argv, "h", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case OPTION_KNOWN:
			if (options_known(optarg))
				return EXIT_USAGE;
			break;
		default:
			return EXIT_USAGE;
		}
	if (!to || n > optind + 1) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return write_run(to, n > optind
				     ? argv[optind]
				     : state_path("results/latest", "latest"));
}
