/* SPDX-License-Identifier: MIT */
/* timers.c: whether a filter lets anybody make a timer. Pure. */
#include "profile/profile.h"

#include <linux/seccomp.h>

#include "sys/calls.h"

/* What makes a timer that could wake a sleeper of a cell later on. */
static const char *const timer_calls[] = { "alarm", "setitimer", "timer_create",
	"timer_settime", "timerfd_create" };

bool profile_refuses_timers(const struct filter *bpf, uint32_t arch)
{
	uint32_t verdict;

	if (bpf->mode == FILTER_STRICT)
		return true;
	for (size_t i = 0; i < sizeof(timer_calls) / sizeof(*timer_calls);
		i++) {
		int nr = calls_number(arch, timer_calls[i]);

		if (nr < 0)
			continue;
		if (bpf->mode == FILTER_NONE ||
			!bpf_verdict(
				bpf->insns, bpf->ninsns, arch, nr, &verdict) ||
			(verdict & SECCOMP_RET_ACTION_FULL) ==
				SECCOMP_RET_ALLOW ||
			(verdict & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_LOG)
			return false;
	}
	return true;
}
