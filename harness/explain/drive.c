/* SPDX-License-Identifier: MIT */
/* drive.c: from a daemon's start over its driver to its end. */
#include "explain/drive.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explain/tasks.h"
#include "sys/clock.h"
#include "sys/inherit.h"
#include "sys/listens.h"
#include "sys/proc.h"

#define PIDS	1024
#define ASK	50000	 /* microseconds between looks whether it is ready */
#define ASK_CMD 200000	 /* ... by a command */
#define STOP	10000000 /* from the word to end until it must have */

/* A socket that has a name in the file system is reached from another network
 * namespace, too. */
static int open_notify(struct pass_drive *d)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const char *tmp = getenv("TMPDIR");

	snprintf(d->dir, sizeof(d->dir), "%.60s/quartet-XXXXXX",
		tmp ? tmp : "/tmp");
	if (!mkdtemp(d->dir)) {
		d->dir[0] = '\0';
		return -errno;
	}
	/* The daemon may be somebody else by then. */
	chmod(d->dir, 0755);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/notify", d->dir);
	d->notify =
		socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (d->notify < 0 ||
		bind(d->notify, (struct sockaddr *)&at, sizeof(at)))
		return -errno;
	chmod(at.sun_path, 0777);
	return setenv("NOTIFY_SOCKET", at.sun_path, 1) ? -errno : 0;
}

int drive_open(struct pass *pass)
{
	struct pass_drive *d = &pass->drive;

	*d = (struct pass_drive){ .log = -1, .notify = -1, .ns = -1 };
	pass->seen->driven.is = true;
	d->log = memfd_create("daemon", MFD_CLOEXEC);
	if (d->log < 0)
		return -errno;
	return pass->plan->drive->ready == READY_NOTIFY ? open_notify(d) : 0;
}

/* Port 80 is free there, and nobody else's. */
static void own_network(void)
{
	struct ifreq lo = { .ifr_name = "lo" };
	int s;

	if (unshare(CLONE_NEWNET))
		return;
	s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return;
	lo.ifr_flags = IFF_UP | IFF_RUNNING;
	ioctl(s, SIOCSIFFLAGS, &lo);
	close(s);
}

void drive_enter(const struct pass *pass)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null >= 0)
		dup2(null, 0);
	dup2(pass->drive.log, 1);
	dup2(pass->drive.log, 2);
	if (!pass->plan->drive->host_net)
		own_network();
}

/* A command of the user's, in the daemon's network; SHOWN: with the pass's
 * streams, else with none. */
static pid_t start(struct pass *pass, const char *cmd, bool shown)
{
	const pid_t parent = getpid();
	char number[16];
	pid_t pid;
	int null;

	snprintf(number, sizeof(number), "%d", (int)pass->pid);
	setenv("DAEMON_PID", number, 1);
	pid = fork();
	if (pid)
		return pid;
	setpgid(0, 0);
	proc_die_with(parent, SIGKILL);
	if (pass->drive.ns >= 0)
		setns(pass->drive.ns, CLONE_NEWNET);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int i = 0; !shown && null >= 0 && i < 3; i++)
		dup2(null, i);
	if (shown)
		explain_io_enter(&pass->io);
	inherit_only();
	execl("/bin/sh", "sh", "-c", cmd, (char *)NULL);
	_exit(127);
}

/* Where a process of it is: so that others can go there, even when it ended. */
static void find_network(struct pass *pass)
{
	struct pass_drive *d = &pass->drive;
	struct stat ours, theirs;
	char path[48];

	for (const struct pass_process *p = pass->processes; p && d->ns < 0;
		p = p->next) {
		snprintf(path, sizeof(path), "/proc/%d/ns/net", p->pid);
		d->ns = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (d->ns < 0)
		return;
	pass->seen->driven.own_net = !fstat(d->ns, &theirs) &&
				     !stat("/proc/self/ns/net", &ours) &&
				     theirs.st_ino != ours.st_ino;
	if (pass->seen->driven.own_net)
		return;
	close(d->ns);
	d->ns = -1;
}

static bool wrote_pid(const struct pass *pass, const char *file)
{
	char text[32] = "";
	FILE *f = fopen(file, "re");
	pid_t pid = 0;

	if (f && fgets(text, sizeof(text), f))
		pid = (pid_t)atoi(text);
	if (f)
		fclose(f);
	for (const struct pass_process *p = pass->processes; pid > 0 && p;
		p = p->next)
		if (p->pid == pid || proc_own_tid(p->pid) == pid)
			return true;
	return false;
}

static bool was_notified(const struct pass *pass)
{
	char text[4096];
	ssize_t n;

	while ((n = recv(pass->drive.notify, text, sizeof(text) - 1, 0)) > 0) {
		text[n] = '\0';
		if (!strncmp(text, "READY=1", 7) || strstr(text, "\nREADY=1"))
			return true;
	}
	return false;
}

/* Twice, as a server may open one socket after the other. */
static bool listens(struct pass *pass)
{
	pid_t pids[PIDS];
	char what[48];
	int n = pass_pids(pass, pids, PIDS);

	if (!listens_any(pids, n < 0 ? PIDS : n, what, sizeof(what)))
		return false;
	snprintf(pass->seen->driven.how, sizeof(pass->seen->driven.how),
		"it listens: %s", what);
	return ++pass->drive.listening > 1;
}

static bool is_ready(struct pass *pass)
{
	const struct explain_drive *asked = pass->plan->drive;
	struct explain_driven *driven = &pass->seen->driven;

	switch (asked->ready) {
	case READY_LISTENS:
		return listens(pass);
	case READY_NOTIFY:
		snprintf(driven->how, sizeof(driven->how), "READY=1");
		return was_notified(pass);
	case READY_PIDFILE:
		snprintf(driven->how, sizeof(driven->how), "its pid file");
		return wrote_pid(pass, asked->how);
	case READY_ASKED:
		snprintf(driven->how, sizeof(driven->how), "--ready");
		if (!pass->drive.asks && !pass->drive.answered)
			pass->drive.asks = start(pass, asked->how, false);
		return pass->drive.answered;
	}
	return false;
}

static void begin(struct pass *pass)
{
	struct pass_drive *d = &pass->drive;

	pass->seen->driven.ready = true;
	pass->seen->driven.ready_us = clock_us() - pass->start;
	d->phase = DRIVE_RUNS;
	d->began = clock_us();
	d->pid = start(pass, pass->plan->drive->cmd, true);
	if (d->pid < 0 || explain_io_start(&pass->io))
		pass_broken(pass, "the driver cannot be started: %s",
			strerror(errno));
	d->streams = true;
}

static void tell_end(struct pass *pass)
{
	const struct explain_drive *asked = pass->plan->drive;
	struct pass_drive *d = &pass->drive;
	const struct pass_process *own = pass->processes;

	d->phase = DRIVE_ENDS;
	d->told = clock_us();
	if (asked->stop_cmd) {
		d->asks = start(pass, asked->stop_cmd, false);
		return;
	}
	while (own && own->pid != pass->pid)
		own = own->next;
	/* Who went into the background left others there. */
	for (const struct pass_process *p = pass->processes; p; p = p->next)
		if (!own || p == own)
			kill(p->pid, asked->stop);
}

/* Who left the driver's process group came to us, as his subreaper. */
static void end_others(void)
{
	pid_t pids[PIDS];
	int n = proc_children(getpid(), pids, PIDS);

	for (int i = 0; i < n; i++)
		kill(pids[i], SIGKILL);
}

void drive_tick(struct pass *pass)
{
	struct pass_drive *d = &pass->drive;
	uint64_t now = clock_us();

	if (pass->killed)
		return;
	if (d->phase == DRIVE_ENDS && now - d->told > STOP) {
		pass->seen->driven.stubborn = true;
		pass_kill_all(pass);
	}
	if (d->phase == DRIVE_ENDS && !pass->processes)
		end_others();
	if (d->phase != DRIVE_STARTS || now < d->next ||
		pass->phase == PASS_UNBORN)
		return;
	d->next =
		now + (pass->plan->drive->ready == READY_ASKED ? ASK_CMD : ASK);
	if (d->ns < 0)
		find_network(pass);
	if (is_ready(pass))
		begin(pass);
}

bool drive_ended(struct pass *pass, pid_t pid, int status)
{
	struct explain_driven *driven = &pass->seen->driven;
	struct pass_drive *d = &pass->drive;

	if (pid == pass->pid) {
		driven->ended = true;
		driven->daemon = status;
		/* The driver may see its death before we do. */
		driven->died =
			status && (d->phase != DRIVE_ENDS ||
					  (WIFSIGNALED(status) &&
						  WTERMSIG(status) == SIGSYS));
		return false;
	}
	if (d->asks && pid == d->asks) {
		d->asks = 0;
		d->answered = !status;
		return true;
	}
	if (!d->pid || pid != d->pid)
		return false;
	/* What it left behind holds its streams. */
	kill(-d->pid, SIGKILL);
	d->pid = 0;
	if (pass->killed)
		return true;
	driven->ran = true;
	driven->status = status;
	driven->us = clock_us() - d->began;
	tell_end(pass);
	return true;
}

/* What the daemon wrote, to our standard error: the end of it. */
static void show(int log)
{
	char text[65536];
	off_t size = lseek(log, 0, SEEK_END);
	ssize_t n = pread(log, text, sizeof(text),
		size > (off_t)sizeof(text) ? size - (off_t)sizeof(text) : 0);

	if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0)
		return;
}

void drive_close(struct pass *pass)
{
	struct explain_driven *driven = &pass->seen->driven;
	struct pass_drive *d = &pass->drive;
	char path[128];

	if (!d->streams)
		explain_io_start(&pass->io);
	if (driven->ran && !driven->died) {
		pass->seen->ended = true;
		pass->seen->status = driven->status;
	}
	if (pass->mode == EXPLAIN_REAL && !pass->plan->hidden &&
		!pass->plan->quiet)
		show(d->log);
	close(d->log);
	if (d->ns >= 0)
		close(d->ns);
	if (d->notify >= 0)
		close(d->notify);
	unsetenv("DAEMON_PID");
	if (!d->dir[0])
		return;
	unsetenv("NOTIFY_SOCKET");
	snprintf(path, sizeof(path), "%s/notify", d->dir);
	unlink(path);
	rmdir(d->dir);
}
