/* SPDX-License-Identifier: MIT */
/* made.c: what a call that a task made says of the task. Pure. */
#include "surface/made.h"

#include <linux/audit.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>

#include "sys/calls.h"

static bool is(const struct made *m, const char *name)
{
	return (int)m->nr ==
	       calls_number(
		       m->is_32 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64, name);
}

bool made_is_exec(const struct made *m)
{
	return is(m, "execve") || is(m, "execveat");
}

bool made_loads_filter(const struct made *m)
{
	return (is(m, "seccomp") &&
		       (m->args[0] == SECCOMP_SET_MODE_FILTER ||
			       m->args[0] == SECCOMP_SET_MODE_STRICT)) ||
	       (is(m, "prctl") && m->args[0] == PR_SET_SECCOMP);
}

bool made_is_for_all(const struct made *m)
{
	return is(m, "seccomp") && m->args[0] == SECCOMP_SET_MODE_FILTER &&
	       m->args[1] & SECCOMP_FILTER_FLAG_TSYNC;
}

bool made_is_thread(const struct made *m)
{
	return is(m, "clone3") || (is(m, "clone") && m->args[0] & CLONE_THREAD);
}
