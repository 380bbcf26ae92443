/* SPDX-License-Identifier: MIT */
/*
 * io/limits-wide.c: limits of more than 32 bits, on both sides of each half:
 * the lower halves decide only where the upper ones are the same
 * (CVE-2019-9893: they decided always).
 */
#include "probe.h"

#include "probe/sleeper.h"

#define FD  0x100000002 /* write: up to this; read: above */
#define LEN 0x200000001 /* write: below this; read: from this on */
#define LOW 0xffffffff

static const long fds[] = { 0, 2, 3, LOW, FD - 2, FD - 1, FD, FD + 1,
	0x1ffffffff, 0x200000000, 0x200000002, -1 };
static const long lengths[] = { 0, 1, 2, LOW, 0x100000001, 0x1ffffffff, LEN - 1,
	LEN, LEN + 1, 0x2ffffffff, 0x300000000, -1 };

/* The address is the kernel's: nothing is read or written. */
static int try(long nr, unsigned long fd, unsigned long len)
{
	bool allowed = nr == __NR_write ? fd <= FD && len < LEN
					: fd > FD && len >= LEN;
	bool refused = sys(nr, fd, -4096L, len) == -EPERM;

	return probe_unfiltered() ? !refused : refused == !allowed;
}

static int run(void)
{
	for (int i = 0; i < 12; i++)
		for (int j = 0; j < 12; j++) {
			CHECK_AT(i * 12 + j,
				try(__NR_write, (unsigned long)fds[i],
					(unsigned long)lengths[j]));
			CHECK_AT(i * 12 + j,
				try(__NR_read, (unsigned long)fds[i],
					(unsigned long)lengths[j]));
		}
	return 0;
}

PROBE_RAW = {
	.about = "read and write with descriptors and lengths about limits of 33 "
		 "bits",
	.run = run,
	.under = "four-wide-eperm plain-four-wide-eperm",
	.flavours = "raw glibc",
	.expect = {
		{ WORKS },
	},
	.covers = "libseccomp/CVE-2019-9893",
	.seen = { "https://nvd.nist.gov/vuln/detail/CVE-2019-9893" },
};
