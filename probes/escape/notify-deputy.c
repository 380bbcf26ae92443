/* SPDX-License-Identifier: MIT */
/*
 * escape/notify-deputy.c: a supervisor that does for the program what the
 * filter refused: its rights are the sandbox's rights.
 */
#include "probe.h"

#include <fcntl.h>
#include <linux/ioctl.h>
#include <linux/seccomp.h>

static int armed, over;

static void supervise(void *unused)
{
	struct seccomp_notif call = { 0 };
	struct seccomp_notif_resp answer = { 0 };
	const char *path;

	(void)unused;
	probe_pass(&armed);
	if (sys(__NR_ioctl, probe_listener(), SECCOMP_IOCTL_NOTIF_RECV, &call))
		return;
	path = (const char *)(uintptr_t)call.data.args[0];
	sys(__NR_open, path, O_CREAT | O_WRONLY, 0600);
	answer.id = call.id;
	answer.val = 77;
	sys(__NR_ioctl, probe_listener(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static int setup(void)
{
	return probe_thread(supervise, NULL, &over) < 0 ? ENOMEM : 0;
}

static int run(void)
{
	long ret;

	probe_open(&armed);
	ret = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);
	probe_join(&over);
	if (ret < 0)
		return (int)-ret;
	CHECK(probe_unfiltered() || ret == 77);
	return 0;
}

PROBE_RAW = {
	.about = "open a file through a supervisor that opens what it is asked",
	.setup = setup,
	.run = run,
	.under = "four-notify",
	.expect = { { ESCAPES("file proof"), .why = "the supervisor is the "
						    "policy" } },
	.seen = { "https://man7.org/linux/man-pages/man2/"
		  "seccomp_unotify.2.html" },
};
