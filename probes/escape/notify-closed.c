/* SPDX-License-Identifier: MIT */
/* escape/notify-closed.c: the supervisor went away. */
#include "probe.h"

static int armed, over;

static void close_listener(void *unused)
{
	(void)unused;
	probe_pass(&armed);
	sys(__NR_close, probe_listener());
}

static int setup(void)
{
	return probe_thread(close_listener, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	long ret;

	probe_open(&armed);
	probe_join(&over);
	ret = sys(__NR_getpid);
	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "call getpid after the supervisor closed its listener",
	.setup = setup,
	.run = run,
	.under = "four-notify",
	.expect = { { FAILS(ENOSYS), .why = "a call that nobody can answer "
					    "any more is answered ENOSYS" } },
	.covers = "seccomp_bpf/user_notification_closed_listener",
	.seen = { "linux: kernel/seccomp.c, seccomp_notify_detach" },
};
