/* SPDX-License-Identifier: MIT */
/* io/exit-seek.c: exit gives back what standard input has read ahead: a seek.
 * */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>

static int setup(void)
{
	char b[16];

	return fgets(b, sizeof(b), stdin) ? 0 : EIO;
}

static int run(void)
{
	exit(7);
}

PROBE = {
	.about = "return to exit with unread input in the buffer",
	.setup = setup,
	.run = run,
	.under = "four four+exit_group four+stdio",
	.stdin_text = "one\ntwo\n",
	.exits = 7,
	.exits_set = true,
	.expect = {
		{ DIES("exit_group"), .under = "four+stdio" },
		{ DIES("_llseek"), .flavour = "i386" },
		{ DIES("lseek") },
	},
	.seen = { "glibc 2.36 libio/genops.c, _IO_unbuffer_all",
		"musl 1.2.3 src/stdio/__stdio_exit.c",
		"https://pubs.opengroup.org/onlinepubs/9699919799/functions/exit.html" },
};
