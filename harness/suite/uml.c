/* SPDX-License-Identifier: MIT */
/* uml.c: workers on a user-mode Linux, which is an ordinary program. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/keeper.h"
#include "suite/worker.h"
#include "sys/beside.h"
#include "sys/failure.h"
#include "sys/text.h"

#define INSTALLED "/usr/bin/linux.uml"
#define MEMORY_MB 512

static char uml_file[PATH_MAX];

static void choose(const char *file)
{
	snprintf(uml_file, sizeof(uml_file), "%s", file);
}

/* It says its release, and no more. */
static int ask_release(void)
{
	char line[80] = "";
	int fds[2], status = -1;
	pid_t pid;
	FILE *f;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid == 0) {
		dup2(fds[1], 1);
		execl(uml_file, uml_file, "--version", NULL);
		_exit(127);
	}
	close(fds[1]);
	f = fdopen(fds[0], "r");
	if (f && !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		fclose(f);
	if (pid > 0)
		waitpid(pid, &status, 0);
	line[strcspn(line, "\n")] = '\0';
	kernel_set_release(line);
	return line[0] >= '1' && line[0] <= '9' ? 0 : -ENOEXEC;
}

static int prepare(void)
{
	int err;

	if (!uml_file[0])
		snprintf(uml_file, sizeof(uml_file), INSTALLED);
	if (access(uml_file, X_OK)) {
		failure_say("uml: %s: %s: install user-mode-linux, or name a "
			    "kernel: -k uml:FILE",
			uml_file, strerror(errno));
		return 111;
	}
	err = ask_release();
	if (!err)
		return 0;
	failure_say("uml: %s: %s", uml_file,
		err == -ENOEXEC ? "no user-mode Linux that runs here"
				: strerror(-err));
	return 111;
}

struct uml {
	const struct kernel_start *st;
	int in, out; /* the kernel's end of its line */
	int said;    /* and of its console */
	int alive;   /* closed at the other end when its keeper is gone */
	pid_t *pid;  /* of the kernel, shared with its keeper */
	char tmp[PATH_MAX]; /* for its memory */
};

/* Its descriptors, and no other: 3 to 5, by way of where none of them lies. */
static void put_descriptors(const struct uml *u)
{
	int fds[] = { open("/dev/null", O_RDONLY), u->said, u->said, u->in,
		u->out, u->said };

	for (int i = 0; i < 6; i++)
		fds[i] = fcntl(fds[i], F_DUPFD, 10);
	for (int i = 0; i < 6; i++)
		dup2(fds[i], i);
	close_range(6, ~0U, 0);
}

static void exec_kernel(const struct uml *u)
{
	char init[PATH_MAX + 8], dir[200], umid[40], mem[20], quartet[PATH_MAX];
	char *argv[] = { uml_file, mem, "rootfstype=hostfs", "rootflags=/",
		"ro", init, "con=null", "con0=null,fd:5", "ssl=null",
		"ssl0=fd:3,fd:4", "loglevel=5", "panic=-1", dir, umid, "--",
		"guest", NULL };
	char *envp[] = { (char *)u->tmp, "HOME=/", NULL };

	if (beside_path(quartet, sizeof(quartet), "quartet"))
		_exit(127);
	snprintf(init, sizeof(init), "init=%s", quartet);
	snprintf(mem, sizeof(mem), "mem=%dM", MEMORY_MB);
	snprintf(dir, sizeof(dir), "uml_dir=%s", u->st->base);
	snprintf(umid, sizeof(umid), "umid=boxuml%03d", u->st->no);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	put_descriptors(u);
	execve(uml_file, argv, envp);
	_exit(127);
}

/* To its console, where it could not say it itself. */
static void tell_end(const struct uml *u, int status)
{
	char name[TEXT_SIGNAL];

	if (WIFSIGNALED(status))
		dprintf(u->said, "quartet: linux.uml was ended by %s\n",
			text_signal(WTERMSIG(status), name));
	else if (WEXITSTATUS(status))
		dprintf(u->said, "quartet: linux.uml ended with status %d\n",
			WEXITSTATUS(status));
}

/*
 * The kernel has a process for each of its own, and they outlive it, rid of
 * their tracer: they would make their calls to this kernel. They are all in its
 * process group, which is ended when it is, or the keeper.
 */
static void stand_guard(const struct uml *u)
{
	struct pollfd alive = { .fd = u->alive, .events = POLLIN };
	int status = 0;
	pid_t pid;

	setsid();
	signal(SIGTERM, SIG_DFL);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		exec_kernel(u);
	}
	*u->pid = pid;
	close(u->in);
	close(u->out);
	while (pid > 0 && !waitpid(pid, &status, WNOHANG) &&
		poll(&alive, 1, 50) == 0)
		;
	if (pid > 0)
		kill(-pid, SIGKILL);
	tell_end(u, status);
	_exit(0);
}

static bool has_room(const char *dir)
{
	struct statvfs v;

	return !statvfs(dir, &v) &&
	       (uint64_t)v.f_bavail * v.f_bsize > (uint64_t)MEMORY_MB << 20;
}

/* A kernel that has no room for its memory dies of SIGBUS, some time later. */
static int choose_tmp(const char *base, char *tmp, size_t size)
{
	const char *dirs[] = { "/dev/shm", base };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++)
		if (has_room(dirs[i])) {
			snprintf(tmp, size, "TMPDIR=%s", dirs[i]);
			return 0;
		}
	return -ENOSPC;
}

static int open_pipes(int down[2], int up[2], int said[2], int alive[2])
{
	if (pipe2(down, O_CLOEXEC) || pipe2(up, O_CLOEXEC) ||
		pipe2(said, O_CLOEXEC) || pipe2(alive, O_CLOEXEC))
		return -errno;
	fcntl(down[1], F_SETPIPE_SZ, 1 << 20);
	fcntl(down[1], F_SETFL, O_NONBLOCK);
	return 0;
}

/* The kernel, in a process of its own. A child, or a negative errno. */
static pid_t start_kernel(struct uml *u, struct machine *m)
{
	int down[2], up[2], said[2], alive[2];
	int err = choose_tmp(u->st->base, u->tmp, sizeof(u->tmp));
	pid_t pid;

	u->pid = mmap(NULL, sizeof(*u->pid), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!err && u->pid == MAP_FAILED)
		err = -errno;
	if (!err)
		err = open_pipes(down, up, said, alive);
	if (err)
		return err;
	u->in = down[0];
	u->out = up[1];
	u->said = said[1];
	u->alive = alive[0];
	pid = fork();
	err = -errno;
	if (pid == 0) {
		close(down[1]);
		close(alive[1]);
		stand_guard(u);
	}
	close(down[0]);
	close(up[1]);
	close(said[1]);
	close(alive[0]);
	*m = (struct machine){ .guard = pid,
		.alive = alive[1],
		.pid = u->pid,
		.in = up[0],
		.out = down[1],
		.said = said[0] };
	return pid < 0 ? err : pid;
}

static int keep(const struct kernel_start *st, int out)
{
	char console[PATH_MAX];
	struct uml u = { .st = st };
	struct machine m;
	pid_t pid;

	/* The runner's death is ours, and ours the kernel's. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	pid = start_kernel(&u, &m);
	if (pid < 0) {
		if (!__atomic_exchange_n(&st->share->told, 1, __ATOMIC_SEQ_CST))
			failure_say(pid == -ENOSPC
					    ? "uml: %d MB for its memory: %s"
					    : "uml: %d MB: %s",
				MEMORY_MB, strerror(-pid));
		return 111;
	}
	snprintf(console, sizeof(console), "%s/console-%d.txt",
		st->keep ? st->keep : "", st->no);
	m.console = st->keep ? console : NULL;
	return keeper_main(st, &m, out);
}

static pid_t start_uml(const struct kernel_start *st, int *records)
{
	return kernel_fork(keep, st, records);
}

const struct kernel kernel_uml = {
	.name = "uml",
	.about = "Debian's user-mode Linux; uml:FILE is another build of it",
	.choose = choose,
	.prepare = prepare,
	.start = start_uml,
};
