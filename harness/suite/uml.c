/* SPDX-License-Identifier: MIT */
/* uml.c: workers on a user-mode Linux, which is an ordinary program. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite/machine.h"
#include "suite/worker.h"
#include "sys/beside.h"
#include "sys/failure.h"
#include "sys/text.h"

#define INSTALLED "/usr/bin/linux.uml"
#define MEMORY_MB 512

static char uml_file[PATH_MAX];

/* A name without a / is that of one that scripts/kernel keeps. */
static void choose(const char *file)
{
	char name[200];

	snprintf(name, sizeof(name), "uml/%s/linux.uml", file);
	if (strchr(file, '/'))
		snprintf(uml_file, sizeof(uml_file), "%s", file);
	else
		kernel_cached(name, uml_file, sizeof(uml_file));
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
		failure_say("uml: %s: %s: install user-mode-linux, or "
			    "scripts/kernel fetch uml:sid and -k uml:sid, or "
			    "name a kernel: -k uml:./FILE",
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

static char uml_tmp[PATH_MAX + 8]; /* TMPDIR=, for its memory */

static bool has_room(const char *dir)
{
	struct statvfs v;

	return !access(dir, W_OK | X_OK) && !statvfs(dir, &v) &&
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

static void become_uml(const struct machine_ends *e)
{
	char init[PATH_MAX + 8], dir[200], umid[40], mem[20], quartet[PATH_MAX];
	char *argv[] = { uml_file, mem, "root=host", "rootfstype=hostfs",
		"rootflags=/", "ro", init, "con=null", "con0=null,fd:5",
		"ssl=null", "ssl0=fd:3,fd:4", "loglevel=5", "panic=-1", dir,
		umid, "--", "guest", "/dev/ttyS0", NULL };
	char *envp[] = { uml_tmp, "HOME=/", NULL };

	if (beside_path(quartet, sizeof(quartet), "quartet"))
		return;
	/* Whoever keeps cells has asked before. */
	if (!uml_tmp[0] && choose_tmp(e->st->base, uml_tmp, sizeof(uml_tmp))) {
		dprintf(e->said, "no %d MB for its memory\n", MEMORY_MB);
		return;
	}
	snprintf(init, sizeof(init), "init=%s", quartet);
	snprintf(mem, sizeof(mem), "mem=%dM", MEMORY_MB);
	snprintf(dir, sizeof(dir), "uml_dir=%s", e->st->base);
	snprintf(umid, sizeof(umid), "umid=boxuml%03d", e->st->no);
	machine_put_descriptors(e);
	execve(uml_file, argv, envp);
}

static const struct machine_kind uml_kind = {
	.program = "linux.uml",
	.become = become_uml,
};

static int keep(const struct kernel_start *st, int out)
{
	if (!choose_tmp(st->base, uml_tmp, sizeof(uml_tmp)))
		return machine_keep(st, &uml_kind, out);
	if (!__atomic_exchange_n(&st->share->told, 1, __ATOMIC_SEQ_CST))
		failure_say("uml: %d MB for its memory: %s", MEMORY_MB,
			strerror(ENOSPC));
	return 111;
}

static pid_t start_uml(const struct kernel_start *st, int *records)
{
	return kernel_fork(keep, st, records);
}

const struct kernel kernel_uml = {
	.name = "uml",
	.about = "Debian's user-mode Linux; uml:sid is what scripts/kernel "
		 "fetched, uml:./FILE another build of it",
	.choose = choose,
	.prepare = prepare,
	.start = start_uml,
	.machine = &uml_kind,
};
