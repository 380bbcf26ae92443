/* SPDX-License-Identifier: MIT */
/* signal/fd.c: signals taken by read: no handler, no rt_sigreturn. */
#include "probe.h"

#include <sys/signalfd.h>
#include <unistd.h>

static int fd;

static int setup(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	fd = signalfd(-1, &set, 0);
	if (fd < 0 || sigprocmask(SIG_BLOCK, &set, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	struct signalfd_siginfo info;

	CHECK(read(fd, &info, sizeof(info)) == sizeof(info));
	CHECK(info.ssi_signo == SIGUSR1);
	return 0;
}

PROBE = {
	.about = "read a signalfd that was made before the filter",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS, .why = "the whole life of a signal within one of the "
				"four calls" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/signalfd.2.html" },
};
