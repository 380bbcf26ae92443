/* SPDX-License-Identifier: MIT */
/* arm.c: load a filter by raw system calls. Linked to every probe. */
#include "arm.h"

#include <errno.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "sys.h"

#ifndef SECCOMP_FILTER_FLAG_TSYNC
#define SECCOMP_FILTER_FLAG_TSYNC (1UL << 0)
#endif

/* struct sock_fprog, linux/filter.h. */
struct fprog {
	unsigned short len;
	const struct cell_insn *filter;
};

static int arm_filter(const struct cell_page *page)
{
	struct fprog fprog = { (unsigned short)page->ninsns, page->insns };
	long ret;

	ret = sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (ret)
		return (int)-ret;
	ret = sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, page->flags, &fprog);
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
