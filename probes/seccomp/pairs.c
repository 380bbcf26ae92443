/* SPDX-License-Identifier: MIT */
/*
 * seccomp/pairs.c: of two filters the sterner answer counts, whichever was
 * loaded first; of two equal ones the younger's data. Each ordered pair.
 */
#include "filters.h"

/* By their sternness. */
static const uint32_t actions[] = { SECCOMP_RET_KILL_PROCESS,
	SECCOMP_RET_KILL_THREAD, SECCOMP_RET_TRAP, SECCOMP_RET_ERRNO,
	SECCOMP_RET_USER_NOTIF, SECCOMP_RET_TRACE, SECCOMP_RET_LOG,
	SECCOMP_RET_ALLOW };
enum { PROCESS, THREAD, TRAP, ERRNO, NOTIF, TRACE, LOG, ALLOW, ACTIONS };

/* What the child exits with; killed whole, it exits with none. */
enum { REAL = 20, TRAPPED, LOST, TOLD, NO_TRACER, OTHER, OLDER = 40, YOUNGER };

static long listener;
static volatile int seen;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	for (;;)
		sys(__NR_exit_group, info->si_errno == YOUNGER ? TRAPPED
				     : info->si_errno == OLDER ? OLDER
							       : OTHER);
}

static void supervise(void *unused)
{
	struct seccomp_notif call = { 0 };
	struct seccomp_notif_resp answer = { .error = -TOLD };

	(void)unused;
	if (sys(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, &call))
		return;
	answer.id = call.id;
	sys(__NR_ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

static void caller(void *pid)
{
	long ret = sys(TRIED);

	if (ret == (long)pid)
		seen = REAL;
	else if (ret == -ENOSYS)
		seen = NO_TRACER;
	else
		seen = ret < 0 && ret > -100 ? (int)-ret : OTHER;
}

static long load(int action, int data)
{
	long fd = filter_answer(actions[action] | (uint32_t)data,
		action == NOTIF ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0);

	if (action == NOTIF && fd > 0)
		listener = fd;
	return fd < 0 ? fd : 0;
}

static int child(long pair)
{
	long pid = sys(__NR_getpid);
	int done, unused;

	filter_handle(SIGSYS, handler);
	if (load((int)pair / ACTIONS, OLDER) ||
		load((int)pair % ACTIONS, YOUNGER))
		return OTHER;
	if (listener && probe_thread(supervise, NULL, &unused) < 0)
		return OTHER;
	if (probe_thread(caller, (void *)pid, &done) < 0)
		return OTHER;
	probe_join(&done);
	return seen ? seen : LOST;
}

/* How the pair ends, of which the sterner is ACTION. */
static bool is_right(int action, int status)
{
	static const int ends[] = { [THREAD] = LOST,
		[TRAP] = TRAPPED,
		[ERRNO] = YOUNGER,
		[NOTIF] = TOLD,
		[TRACE] = NO_TRACER,
		[LOG] = REAL,
		[ALLOW] = REAL };

	if (action == PROCESS)
		return filter_killed(status, SIGSYS);
	return status == FILTER_EXITED(ends[action]);
}

static int run(void)
{
	for (int pair = 0; pair < ACTIONS * ACTIONS; pair++) {
		int older = pair / ACTIONS, younger = pair % ACTIONS;
		int sterner = older < younger ? older : younger;
		int status;

		/* There can be one listener. */
		if (older == NOTIF && younger == NOTIF)
			continue;
		status = filter_child(child, pair);
		/* The older one's data, where it is the sterner. */
		if (older < younger && (older == TRAP || older == ERRNO))
			CHECK_AT(pair, status == FILTER_EXITED(OLDER));
		else
			CHECK_AT(pair, is_right(sterner, status));
	}
	return 0;
}

PROBE_RAW = {
	.about = "call getpid under two filters, in each pair of actions",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "seccomp_bpf/ERRNO_order "
		  "seccomp_bpf/precedence.allow_ok "
		  "seccomp_bpf/precedence.kill_is_highest "
		  "seccomp_bpf/precedence.trap_is_second "
		  "seccomp_bpf/precedence.errno_is_third "
		  "seccomp_bpf/precedence.trace_is_fourth "
		  "seccomp_bpf/precedence.log_is_fifth "
		  "gvisor-seccomp/LeastPermissiveFilterReturnValueApplies",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: \"the "
		  "first-seen action value of highest precedence\"",
		"Linux kernel/seccomp.c, seccomp_run_filters" },
};
