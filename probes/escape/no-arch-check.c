/* SPDX-License-Identifier: MIT */
/*
 * escape/no-arch-check.c: a filter of its own, written by hand: the four
 * numbers of x86-64 and no look at the architecture. The same numbers mean
 * other calls by int 0x80: 1 is exit there, 60 umask, 202 getegid32.
 */
#include "entry.h"
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#define ALLOW(nr)                                                              \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),                         \
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* What loads the cell's filter must pass as well. */
static struct sock_filter careless[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	ALLOW(__NR_read),
	ALLOW(__NR_write),
	ALLOW(__NR_exit),
	ALLOW(__NR_futex),
	ALLOW(__NR_prctl),
	ALLOW(__NR_seccomp),
	ALLOW(__NR_getitimer),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
};
static const struct sock_fprog own = { sizeof(careless) / sizeof(*careless),
	careless };

static int setup(void)
{
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)-sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &own);
}

static int run(void)
{
#ifdef __x86_64__
	__asm__ volatile("int $0x80" : : "a"(1L), "b"(42L) : "memory");
#endif
	return ENOTSUP;
}

PROBE_RAW = {
	.about = "int 0x80 number 1 past a filter that allows 1 for write",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm",
	.flavours = "!i386",
	.has = "ia32",
	PROBE_EXITS(42),
	.expect = { { DIES("exit"), .why = "the control shows the hole: it "
					   "exits with 42. A filter that looks "
					   "at the architecture, on "
					   "top, closes it" } },
	.seen = { "linux: Documentation/userspace-api/seccomp_filter.rst, "
		  "Pitfalls" },
};
