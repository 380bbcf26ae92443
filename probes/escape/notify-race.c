/* SPDX-License-Identifier: MIT */
/*
 * escape/notify-race.c: a supervisor reads the path, finds it harmless and
 * lets the call go on; the kernel then reads the path again.
 */
#include "probe.h"

#include <fcntl.h>
#include <linux/ioctl.h>
#include <linux/seccomp.h>

static char path[] = "/dev/null\0\0\0\0";
static int armed, looked, changed, over, changer_over;

static void supervise(void *unused)
{
	struct seccomp_notif call = { 0 };
	struct seccomp_notif_resp answer = { 0 };
	const char *seen;

	(void)unused;
	probe_pass(&armed);
	if (sys(__NR_ioctl, probe_listener(), SECCOMP_IOCTL_NOTIF_RECV, &call))
		return;
	seen = (const char *)(uintptr_t)call.data.args[0];
	answer.id = call.id;
	answer.error = -EACCES;
	if (seen[1] == 'd' && seen[2] == 'e' && seen[3] == 'v') {
		answer.error = 0;
		answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	}
	probe_open(&looked);
	probe_pass(&changed);
	sys(__NR_ioctl, probe_listener(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/* Any other thread of the sandbox, between the look and the call. */
static void change(void *unused)
{
	static const char other[] = "outside/proof";

	(void)unused;
	probe_pass(&looked);
	for (size_t i = 0; i < sizeof(other); i++)
		((volatile char *)path)[i] = other[i];
	probe_open(&changed);
}

static int setup(void)
{
	return probe_thread(supervise, NULL, &over) < 0 ||
			       probe_thread(change, NULL, &changer_over) < 0
		       ? ENOMEM
		       : 0;
}

static int run(void)
{
	long ret;

	probe_open(&armed);
	ret = sys(__NR_open, path, O_CREAT | O_WRONLY, 0600);
	probe_open(&looked);
	probe_open(&changed);
	probe_join(&over);
	probe_join(&changer_over);
	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "open /dev/null, and change the path while it is judged",
	.setup = setup,
	.run = run,
	.under = "four-notify",
	.expect = { { ESCAPES("file proof"),
		.why = "what a supervisor saw "
		       "behind a pointer is not what the kernel will see" } },
	.seen = { "https://man7.org/linux/man-pages/man2/"
		  "seccomp_unotify.2.html",
		"linux: include/uapi/linux/seccomp.h, "
		"SECCOMP_USER_NOTIF_FLAG_CONTINUE" },
};
