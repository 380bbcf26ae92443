/* SPDX-License-Identifier: MIT */
/* needs.c: calls that programs need, and calls that give much. Pure. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"
#include "lint/forecast.h"
#include "lint/needs.h"
#include "lint/runc.h"

/*
 * What libc and event loops try first, and what they fall back to on ENOSYS.
 * BY_LIBC: it does so in what programs call for other ends, as threads, times
 * and permissions; the others are made by those who ask for them.
 */
static const struct {
	const char *newer, *older;
	bool by_libc;
} fallbacks[] = {
	{ "clone3", "clone", true },
	{ "faccessat2", "faccessat", true },
	{ "fchmodat2", "fchmodat", true },
	{ "close_range", "close", false },
	{ "statx", "newfstatat", false },
	{ "statx", "fstatat64", true },
	{ "epoll_pwait2", "epoll_pwait", false },
	{ "preadv2", "preadv", false },
	{ "pwritev2", "pwritev", false },
	{ "renameat2", "renameat", false },
	{ "futex_time64", "futex", true },
	{ "clock_gettime64", "clock_gettime", true },
	{ "clock_nanosleep_time64", "clock_nanosleep", true },
	{ "ppoll_time64", "ppoll", true },
	{ "pselect6_time64", "pselect6", true },
	{ "sched_rr_get_interval_time64", "sched_rr_get_interval", true },
};

#define FALLBACKS (sizeof(fallbacks) / sizeof(*fallbacks))

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

/* What a newer call meets that is refused while the older one passes. */
struct answer {
	bool bad, runc;
	uint32_t verdict;
};

static struct answer answer_of(const struct linter *l, size_t i)
{
	const struct bpf_reach *r = lint_reach(l, fallbacks[i].newer);

	if (!r || lint_may_pass(r) || forecast_has(fallbacks[i].newer) ||
		!lint_call_passes(l, fallbacks[i].older) ||
		(r->n == 1 && r->verdicts[0] == (SECCOMP_RET_ERRNO | ENOSYS)))
		return (struct answer){ 0 };
	return (struct answer){
		.bad = true,
		.verdict = r->verdicts[0],
		.runc = runc_answers(l, fallbacks[i].newer),
	};
}

/* Whether I has one cause with FIRST, and the same weight. */
static bool is_with(const struct answer *a, size_t first, size_t i)
{
	return a[i].bad && a[i].verdict == a[first].verdict &&
	       a[i].runc == a[first].runc &&
	       fallbacks[i].by_libc == fallbacks[first].by_libc;
}

static void tell_fallbacks(
	struct linter *l, const struct answer *a, size_t first)
{
	char newer[140], older[140], buf[64];
	const char *one;
	struct text n = text_in(newer, sizeof(newer));
	struct text o = text_in(older, sizeof(older));
	struct lint_finding *f =
		lint_add(l, RULE_ENOSYS, fallbacks[first].older, "%s", "");

	if (!f)
		return;
	f->subjects[0] = '\0';
	for (size_t i = first; i < FALLBACKS; i++) {
		if (!is_with(a, first, i))
			continue;
		lint_subject(f, fallbacks[i].newer);
		text_put(&n, "%s%s", n.n ? ", " : "", fallbacks[i].newer);
		text_put(&o, "%s%s", o.n ? ", " : "", fallbacks[i].older);
	}
	one = strchr(f->subjects, ' ') ? "" : "s";
	text_mark_cut(&n);
	text_mark_cut(&o);
	snprintf(f->text, sizeof(f->text), "%s meet%s %s%s; %s pass%s", newer,
		one, lint_words(a[first].verdict, buf, sizeof(buf)),
		a[first].runc ? ", but under runc its own ENOSYS" : "", older,
		*one ? "es" : "");
	if (a[first].runc || !fallbacks[first].by_libc)
		lint_lower(f, LINT_NOTE);
}

static void check_fallbacks(struct linter *l)
{
	struct answer a[FALLBACKS];

	for (size_t i = 0; i < FALLBACKS; i++)
		a[i] = answer_of(l, i);
	for (size_t i = 0; i < FALLBACKS; i++) {
		size_t first = 0;

		while (first < i && !is_with(a, first, i))
			first++;
		if (a[i].bad && first == i)
			tell_fallbacks(l, a, i);
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
