/* SPDX-License-Identifier: MIT */
/* io/getline.c: getline allocates its line. */
#include "probe.h"

#include <stdio.h>

static int setup(void)
{
	char b[16];

	return fgets(b, sizeof(b), stdin) ? 0 : EIO;
}

static int run(void)
{
	char *line = NULL;
	size_t size = 0;

	return getline(&line, &size, stdin) == 4 ? 0 : errno;
}

PROBE = {
	.about = "getline into no buffer, the stream warm",
	.setup = setup,
	.run = run,
	.under = "four four+heap",
	.stdin_text = "one\ntwo\n",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .flavour = "!musl",
			.why = "the stream's buffer warmed the heap" },
		{ DIES("brk") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/getline.3.html" },
};
