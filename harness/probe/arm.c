/* SPDX-License-Identifier: MIT */
/* arm.c: load a filter by raw system calls. Linked to every probe. */
#include "probe/arm.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "sys/sys.h"

/* struct sock_fprog, linux/filter.h. */
struct fprog {
	unsigned short len;
	const struct cell_insn *filter;
};

static int listener = -1;

int arm_listener(void)
{
	return listener;
}

/* A filter that notifies is of use with a listener alone (seccomp(2)). */
static uint32_t listener_flags(const struct cell_page *page)
{
	for (uint32_t i = 0; i < page->ninsns; i++)
		if (page->insns[i].code == (BPF_RET | BPF_K) &&
			(page->insns[i].k & SECCOMP_RET_ACTION_FULL) ==
				SECCOMP_RET_USER_NOTIF)
			return SECCOMP_FILTER_FLAG_NEW_LISTENER;
	return 0;
}

static int arm_filter(const struct cell_page *page)
{
	struct fprog fprog = { (unsigned short)page->ninsns, page->insns };
	uint32_t wanted = listener_flags(page);
	long ret;

	ret = sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (ret)
		return (int)-ret;
	ret = sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, page->flags | wanted,
		&fprog);
	if (ret >= 0 && wanted) {
		listener = (int)ret;
		return 0;
	}
	if (ret > 0)
		return ESRCH;
	return (int)-ret;
}

int arm_page(const struct cell_page *page)
{
	switch (page->mode) {
	case CELL_NONE:
		return 0;
	case CELL_STRICT:
		return (int)-sys(__NR_prctl, PR_SET_SECCOMP,
			SECCOMP_MODE_STRICT, 0, 0, 0);
	case CELL_FILTER:
		return arm_filter(page);
	default:
		return EINVAL;
	}
}
