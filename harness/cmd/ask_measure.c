/* SPDX-License-Identifier: MIT */
/* ask_measure.c: how long a call takes, without a filter and with it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/ask_cost.h"
#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "sys/arch.h"
#include "sys/timed.h"

/* Calls that do nothing when all arguments are -1: that is no descriptor, no
 * address and no process, or they take none. */
static const char *const harmless[] = {
	"access",
	"close",
	"dup",
	"epoll_wait",
	"fchmod",
	"fcntl",
	"fstat",
	"fsync",
	"futex",
	"getdents64",
	"getegid",
	"geteuid",
	"getgid",
	"getpgid",
	"getpgrp",
	"getpid",
	"getppid",
	"getsid",
	"gettid",
	"getuid",
	"ioctl",
	"lseek",
	"mprotect",
	"munmap",
	"newfstatat",
	"openat",
	"pread64",
	"pwrite64",
	"read",
	"readv",
	"recvfrom",
	"sendto",
	"socket",
	"stat",
	"write",
	"writev",
};

static bool is_harmless(const char *name)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (!strcmp(harmless[i], name))
			return true;
	return false;
}

static const char *why_not(const struct asking *a, const struct ask_call *call,
	const struct seccomp_data *data, const char *name)
{
	const uint32_t verdict = bpf_run(a->bpf->insns, a->bpf->ninsns, data) &
				 SECCOMP_RET_ACTION_FULL;

	if (call->arch != ARCH_NATIVE || call->nr >= ARCH_X32_BIT)
		return "is measured for this machine's own programs alone";
	if (!is_harmless(name))
		return "is not measured: it would be made, and may do "
		       "something";
	if (verdict == SECCOMP_RET_LOG)
		return "is not measured: it would fill the kernel's log";
	if (verdict != SECCOMP_RET_ALLOW && verdict != SECCOMP_RET_ERRNO)
		return "is not measured: who makes it does not come back";
	return NULL;
}

int ask_measure(
	const struct asking *a, const struct ask_call *call, const char *name)
{
	struct seccomp_data data = { .nr = call->nr, .arch = call->arch };
	uint64_t args[PROFILE_ARGS];
	struct timed t;
	const char *why;
	int ret;

	for (unsigned i = 0; i < PROFILE_ARGS; i++)
		data.args[i] = args[i] =
			call->known[i] ? call->args[i] : UINT64_MAX;
	why = why_not(a, call, &data, name);
	if (why)
		return cmd_say("ask", EXIT_USAGE, name, why);
	ret = timed_call(a->bpf, call->nr, args, &t);
	if (ret)
		return cmd_say("ask", EXIT_SYSTEM, name,
			ret == -EPERM ? "it did not come to an end"
				      : strerror(-ret));
	if (a->json)
		printf("{\"call\":\"%s\",\"ns_bare\":%.1f,\"ns\":%.1f,"
		       "\"ratio\":%.3f}\n",
			name, t.bare, t.filtered, t.ratio);
	else
		printf("%-7s %-14s %.1f ns without a filter, %.1f with it: "
		       "%.2f times\n",
			"", "measured", t.bare, t.filtered, t.ratio);
	return EXIT_AS_DECLARED;
}
