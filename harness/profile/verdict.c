/* SPDX-License-Identifier: MIT */
/* verdict.c: what comes of a verdict. */
#include "profile/verdict.h"

#include <linux/seccomp.h>

#define MAX_ERRNO 4095

uint32_t verdict_effect(uint32_t verdict)
{
	const uint32_t action = verdict & SECCOMP_RET_ACTION_FULL;
	const uint32_t data = verdict & SECCOMP_RET_DATA;

	switch (action) {
	case SECCOMP_RET_ERRNO:
		return action | (data > MAX_ERRNO ? MAX_ERRNO : data);
	case SECCOMP_RET_TRAP:
	case SECCOMP_RET_TRACE:
		return verdict;
	case SECCOMP_RET_KILL_THREAD:
	case SECCOMP_RET_USER_NOTIF:
	case SECCOMP_RET_LOG:
	case SECCOMP_RET_ALLOW:
		return action;
	}
	return SECCOMP_RET_KILL_PROCESS;
}
