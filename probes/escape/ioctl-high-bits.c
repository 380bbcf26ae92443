/* SPDX-License-Identifier: MIT */
/* escape/ioctl-high-bits.c: a deny rule that compares more bits than the kernel
 * looks at is passed by the others. On no descriptor, so nothing happens. */
#include "probe.h"

#define TIOCSTI 0x5412L

/* EBADF comes from the kernel's ioctl, EPERM from the filter. */
static int run(void)
{
	CHECK(sys(__NR_ioctl, -1, TIOCSTI, 0) ==
		(probe_unfiltered() ? -EBADF : -EPERM));
	return sys(__NR_ioctl, -1, (long)(1ULL << 32 | TIOCSTI), 0) == -EBADF
		       ? 0
		       : EPERM;
}

PROBE_RAW = {
	.about = "ioctl with a refused request, and with bit 32 set beside it",
	.run = run,
	.under = "deny-tiocsti deny-tiocsti-masked",
	.flavours = "!i386",
	.expect = {
		{ FAILS(EPERM), .under = "deny-tiocsti-masked" },
		{ WORKS, .why = "the request is an unsigned int to the kernel "
				"and 64 bits to the filter: the refused request "
				"went through" },
	},
	.seen = { "Linux fs/ioctl.c, SYSCALL_DEFINE3(ioctl)",
		"https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
