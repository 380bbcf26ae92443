/* SPDX-License-Identifier: MIT */
/* needs.c: calls that programs need, and calls that give much. Pure. */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "sys/calls.h"
#include "lint/needs.h"

/* What libc and event loops try first, and what they fall back to on ENOSYS. */
static const struct {
	const char *newer, *older;
} fallbacks[] = {
	{ "clone3", "clone" },
	{ "faccessat2", "faccessat" },
	{ "fchmodat2", "fchmodat" },
	{ "close_range", "close" },
	{ "statx", "newfstatat" },
	{ "statx", "fstatat64" },
	{ "epoll_pwait2", "epoll_pwait" },
	{ "preadv2", "preadv" },
	{ "pwritev2", "pwritev" },
	{ "renameat2", "renameat" },
	{ "futex_time64", "futex" },
	{ "clock_gettime64", "clock_gettime" },
	{ "clock_nanosleep_time64", "clock_nanosleep" },
	{ "ppoll_time64", "ppoll" },
	{ "pselect6_time64", "pselect6" },
	{ "sched_rr_get_interval_time64", "sched_rr_get_interval" },
};

static void check_ends(struct linter *l)
{
	bool one = lint_call_passes(l, "exit");

	if (lint_call_passes(l, "exit_group"))
		return;
	if (one)
		lint_add(l, RULE_EXIT_GROUP, "exit", "exit_group is refused");
	else
		lint_add(l, RULE_NO_EXIT, NULL,
			"exit and exit_group are refused");
}

static void check_signals(struct linter *l)
{
	static const char *const timed[] = { "futex", "futex_time64", "poll",
		"nanosleep", "clock_nanosleep", "clock_nanosleep_time64" };

	if (lint_call_refused(l, "rt_sigreturn"))
		lint_add(l, RULE_SIGRETURN, "rt_sigaction",
			"rt_sigreturn is refused; handlers set before the "
			"filter%s can run",
			lint_call_passes(l, "rt_sigaction") ? ", or under it,"
							    : "");
	for (size_t i = 0; i < sizeof(timed) / sizeof(*timed); i++)
		if (lint_call_refused(l, "restart_syscall") &&
			lint_call_passes(l, timed[i])) {
			lint_add(l, RULE_RESTART, timed[i],
				"restart_syscall is refused, %s passes",
				timed[i]);
			break;
		}
}

/*
 * runc puts an answer of its own, ENOSYS, before the filter: for each number
 * above all that the profile names on an architecture that it lists
 * (libcontainer/seccomp/patchbpf). crun does not. The highest of those it
 * names; INT_MAX: there is no such answer.
 */
static int runc_highest(const struct linter *l)
{
	const struct profile *p = l->p;
	int highest = -1;
	bool listed = false;

	for (unsigned i = 0; i < p->narches; i++)
		listed = listed || p->arches[i] == l->arch;
	if (!listed || !p->by_name ||
		lint_action(p->default_action) == SECCOMP_RET_TRACE)
		return INT_MAX;
	for (size_t i = 0; i < p->nrules; i++) {
		int nr = seccomp_syscall_resolve_name_arch(
			l->arch, p->rules[i].name);

		if (nr > highest)
			highest = nr;
	}
	return highest;
}

static void check_fallbacks(struct linter *l)
{
	const int highest = runc_highest(l);

	for (size_t i = 0; i < sizeof(fallbacks) / sizeof(*fallbacks); i++) {
		const struct bpf_reach *r = lint_reach(l, fallbacks[i].newer);
		const uint32_t want = SECCOMP_RET_ERRNO | ENOSYS;
		char buf[64];

		if (!r || lint_may_pass(r) ||
			!lint_call_passes(l, fallbacks[i].older) ||
			(r->n == 1 && r->verdicts[0] == want))
			continue;
		lint_add(l, RULE_ENOSYS, fallbacks[i].older,
			"%s meets %s%s; %s passes", fallbacks[i].newer,
			lint_words(r->verdicts[0], buf, sizeof(buf)),
			calls_number(l->arch, fallbacks[i].newer) > highest
				? ", but under runc its own ENOSYS"
				: "",
			fallbacks[i].older);
	}
}

void lint_check_needs(struct linter *l)
{
	check_ends(l);
	check_signals(l);
	check_fallbacks(l);
}

void lint_check_rights(struct linter *l)
{
	const struct bpf_reach *write = lint_reach(l, "write");
	const struct bpf_reach *futex = lint_reach(l, "futex");

	if (lint_call_refused(l, "rt_sigprocmask") ||
		lint_call_refused(l, "tgkill"))
		lint_add(l, RULE_ABORT, NULL, "%s is refused",
			lint_call_refused(l, "rt_sigprocmask")
				? "rt_sigprocmask"
				: "tgkill");
	if (lint_call_refused(l, "clock_gettime"))
		lint_add(l, RULE_CLOCK, NULL, "clock_gettime is refused");
	if (write && lint_may_pass(write) && !(write->loads & LINT_LOW(0)))
		lint_add(l, RULE_WRITE, "write",
			"write passes for any descriptor");
	if (futex && lint_always_passes(futex) && !(futex->loads & LINT_LOW(1)))
		lint_add(l, RULE_FUTEX, "futex",
			"futex passes for any operation");
	if (!l->p->ninsns && !(l->bpf->flags & SECCOMP_FILTER_FLAG_TSYNC))
		lint_add(l, RULE_TSYNC, NULL,
			"\"flags\" lacks SECCOMP_FILTER_FLAG_TSYNC");
	if (calls_number(l->arch, "uprobe") >= 0)
		lint_add(l, RULE_UPROBE, NULL, "335 and 336 are out of reach");
}
