/* SPDX-License-Identifier: MIT */
/*
 * closed.c: why a process cannot be looked into.
 *
 * Its maps are opened with what the kernel asks of a reader, its memory with
 * what it asks of a tracer (fs/proc/base.c), and Yama forbids the latter alone
 * (Documentation/admin-guide/LSM/Yama.rst).
 */
#include "explain/closed.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explain/explain.h"
#include "sys/proc.h"

static int refuse(struct failure *f, pid_t pid, const char *why)
{
	return failure_set(f, FAILURE_USAGE, "process %d: %s", pid, why);
}

int closed_ended(pid_t pid, struct failure *f)
{
	return refuse(f, pid, "it ended while it was looked at");
}

/* It has no memory: there is nothing that a filter could see of it. */
static int refuse_empty(pid_t pid, struct failure *f)
{
	long parent = proc_status(pid, "PPid");
	char why[160];

	if (proc_is_kernel(pid))
		return refuse(f, pid,
			"is a thread of the kernel's: no filter is on it");
	if (proc_state(pid, pid) != 'Z' || parent < 0)
		return closed_ended(pid, f);
	snprintf(why, sizeof(why),
		"has ended; its parent, process %ld, has not asked for its "
		"status yet",
		parent);
	return refuse(f, pid, why);
}

const char *closed_why(const struct closed *c)
{
	if (c->scope == 3)
		return "its memory may not be read by anybody: "
		       "kernel.yama.ptrace_scope is 3 until the machine starts "
		       "anew";
	if (c->root && !c->trace)
		return "its memory may not be read, even by root, as "
		       "CAP_SYS_PTRACE is missing: give it (docker run "
		       "--cap-add SYS_PTRACE), or run quartet outside the "
		       "container";
	if (c->root)
		return "its memory may not be read, even by root: it has a "
		       "user namespace that root has no rights in, or a "
		       "security module forbids it: run quartet where the "
		       "process was started";
	if (c->maps && c->scope == 2)
		return "its memory may be read by root alone, as "
		       "kernel.yama.ptrace_scope is 2: be root";
	if (c->maps && c->scope == 1)
		return "its memory may be read by its ancestors and by root "
		       "alone, as kernel.yama.ptrace_scope is 1: be root, or "
		       "let root set that to 0";
	if (c->maps)
		return "its memory may not be read, though it is of the same "
		       "user: a security module forbids it: be root";
	return "its memory may not be read, though it is of the same user: it "
	       "has rights of its own, or closed itself (PR_SET_DUMPABLE), or "
	       "its program may not be read: be root";
}

static bool opens(pid_t living, const char *what)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", living, what);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int yama_scope(void)
{
	char text[16];

	return proc_read(text, sizeof(text), "sys/kernel/yama/ptrace_scope") > 0
		       ? atoi(text)
		       : -1;
}

static int check_memory(pid_t pid, pid_t living, struct failure *f)
{
	struct closed c = { .root = geteuid() == 0 };

	if (opens(living, "mem"))
		return 0;
	if (errno != EACCES && errno != EPERM)
		return closed_ended(pid, f);
	c.maps = opens(living, "maps");
	c.scope = yama_scope();
	c.trace = proc_has_capability(getpid(), CAP_SYS_PTRACE);
	return refuse(f, pid, closed_why(&c));
}

/* Ours, of all that may be mounted there. */
static int check_proc(pid_t pid, struct failure *f)
{
	char own[16] = "";

	if (access("/proc/self/status", R_OK) && access("/proc/stat", R_OK))
		return failure_set(f, FAILURE_SYSTEM,
			"process %d: /proc is not there: mount -t proc proc "
			"/proc",
			pid);
	if (readlink("/proc/self", own, sizeof(own) - 1) < 0 ||
		atoi(own) != getpid())
		return failure_set(f, FAILURE_SYSTEM,
			"process %d: /proc is another PID namespace's, where "
			"numbers mean others: mount -t proc proc /proc",
			pid);
	return 0;
}

int closed_check(pid_t pid, pid_t living, struct failure *f)
{
	uid_t me = geteuid();
	char path[64], why[120];
	struct stat st;

	if (check_proc(pid, f))
		return -1;
	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (stat(path, &st))
		return refuse(f, pid, "no such process");
	if (me && st.st_uid != me) {
		snprintf(why, sizeof(why), "belongs to user %u: be root",
			st.st_uid);
		return refuse(f, pid, why);
	}
	if (!living || proc_status(living, "VmSize") < 0)
		return refuse_empty(pid, f);
	if (check_memory(pid, living, f))
		return -1;
	snprintf(path, sizeof(path), "/proc/%d/exe", living);
	return explain_check_machine(path, f);
}
