/* SPDX-License-Identifier: MIT */
/* drive.c: --drive, --ready, --stop, --host-net. */
#include "cmd/drive.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/failure.h"

/* "TERM", "SIGTERM"; 0: it is none. */
static int signal_of(const char *name)
{
	if (!strncmp(name, "SIG", 3))
		name += 3;
	for (int sig = 1; sig < NSIG; sig++)
		if (sigabbrev_np(sig) && !strcmp(sigabbrev_np(sig), name))
			return sig;
	return 0;
}

int drive_take(struct explain_drive *d, int option, const char *value)
{
	switch (option) {
	case OPTION_DRIVE:
		d->cmd = value;
		return 1;
	case OPTION_READY:
		d->ready = !strcmp(value, "notify")	? READY_NOTIFY
			   : !strncmp(value, "pid:", 4) ? READY_PIDFILE
							: READY_ASKED;
		d->how = d->ready == READY_PIDFILE ? value + 4 : value;
		return 1;
	case OPTION_STOP:
		d->stop = signal_of(value);
		d->stop_cmd = d->stop ? NULL : value;
		return 1;
	case OPTION_HOST_NET:
		d->host_net = true;
		return 1;
	}
	return 0;
}

const struct explain_drive *drive_asked(const struct explain_drive *d)
{
	return d->cmd ? d : NULL;
}

int drive_check(const struct explain_drive *d, const char *verb)
{
	if (d->cmd ||
		(!d->how && !d->stop_cmd && !d->host_net && d->stop == SIGTERM))
		return 0;
	failure_say("%s: --ready, --stop and --host-net are for --drive", verb);
	return -1;
}

static bool may_have_network(void)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0)
		_exit(unshare(CLONE_NEWNET) != 0);
	return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

long drive_jobs(const struct explain_drive *d, long jobs, const char *verb)
{
	if (!d->cmd || jobs <= 1 || (!d->host_net && may_have_network()))
		return jobs;
	failure_say("%s: --drive: %s: one daemon at a time", verb,
		d->host_net ? "with --host-net they would meet"
			    : "a network of its own is not permitted here");
	return 1;
}
