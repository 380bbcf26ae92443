/* SPDX-License-Identifier: MIT */
/* guest.c: `quartet guest`: the first process of a kernel that cells run on. */
#include <getopt.h>
#include <stdio.h>

#include "cmd/quartet.h"
#include "suite/guest.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/guest.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int cmd_guest(int argc, char **argv)
{
	int c;

	while ((c = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
		if (c != 'h')
			return EXIT_USAGE;
		fputs(help, stdout);
		return 0;
	}
	if (optind < argc)
		guest_main(argv[optind]);
	failure_say("guest: this is not the first process of a kernel: "
		    "`quartet run -k` starts it there");
	return EXIT_USAGE;
}
