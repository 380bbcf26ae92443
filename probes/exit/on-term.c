/* SPDX-License-Identifier: MIT */
/* exit/on-term.c: the usual way to go when asked to. */
#include "probe.h"

#include <stdlib.h>

static int never;

static void handler(int sig)
{
	(void)sig;
	exit(7);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	return sigaction(SIGTERM, &sa, NULL) ? errno
					     : probe_signal_me(SIGTERM, NULL);
}

static int run(void)
{
	probe_pass(&never);
	return EBADE;
}

PROBE = {
	.about = "SIGTERM; its handler calls exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+exit_group",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ DIES("exit_group"), .under = "four four-process four-trap" },
		{ WORKS, .under = "four+exit_group" },
		{ WORKS, .why = "libc falls back to exit, and one thread is "
				"all there is" },
	},
	.seen = { "https://github.com/rsmarples/dhcpcd/issues/128" },
};
