/* SPDX-License-Identifier: MIT */
/* gvisor.c: workers on gVisor, a kernel in Go that is an ordinary program. Its
 * root is the host's, what is written to it lies in memory; its line is
 * standard input and output. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite/guest.h"
#include "suite/machine.h"
#include "sys/beside.h"
#include "sys/failure.h"

#define INSTALLED "/usr/bin/runsc"
#define HOW                                                                    \
	"scripts/kernel fetch gvisor:trixie and -k gvisor:trixie, or name "    \
	"one: -k gvisor:./FILE"
/* What uname(2) says there, of every release: pkg/sentry/kernel/version.go. */
#define RELEASE "4.4.0"

static char runsc[PATH_MAX];

/* A name without a / is that of one that scripts/kernel keeps. */
static void choose(const char *file)
{
	char name[200];

	snprintf(name, sizeof(name), "gvisor/%s/runsc", file);
	if (strchr(file, '/'))
		snprintf(runsc, sizeof(runsc), "%s", file);
	else
		kernel_cached(name, runsc, sizeof(runsc));
}

static int prepare(void)
{
	if (!runsc[0])
		snprintf(runsc, sizeof(runsc), INSTALLED);
	if (!access(runsc, X_OK)) {
		kernel_set_release(RELEASE);
		return 0;
	}
	failure_say("gvisor: %s: %s: " HOW, runsc, strerror(errno));
	return 111;
}

static void become_runsc(const struct machine_ends *e)
{
	char tmp[PATH_MAX], quartet[PATH_MAX], *dir = tmp + strlen("TMPDIR=");
	char *argv[] = { runsc, "--platform=systrap", "--network=none",
		"--ignore-cgroups",
		geteuid() ? "--rootless" : "--rootless=false", "do", quartet,
		"guest", GUEST_STANDARD, NULL };
	/* It leaves its files where it was ended. */
	char *envp[] = { tmp, "HOME=/", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
		NULL };

	snprintf(tmp, sizeof(tmp), "TMPDIR=%s/boxgvi%03d", e->st->base,
		e->st->no);
	if (beside_path(quartet, sizeof(quartet), "quartet") ||
		(mkdir(dir, 0700) && errno != EEXIST))
		return;
	machine_put_descriptors(e);
	dup2(3, 0);
	dup2(4, 1);
	execve(runsc, argv, envp);
}

static const struct machine_kind gvisor_kind = {
	.program = "runsc",
	.become = become_runsc,
};

static int keep(const struct kernel_start *st, int out)
{
	return machine_keep(st, &gvisor_kind, out);
}

static pid_t start_gvisor(const struct kernel_start *st, int *records)
{
	return kernel_fork(keep, st, records);
}

const struct kernel kernel_gvisor = {
	.name = "gvisor",
	.about = "gVisor's runsc; gvisor:trixie is what scripts/kernel "
		 "fetched, gvisor:./FILE another build of it",
	.choose = choose,
	.prepare = prepare,
	.start = start_gvisor,
	.machine = &gvisor_kind,
};
