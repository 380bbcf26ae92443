/* SPDX-License-Identifier: MIT */
/* io/file-limit.c: RLIMIT_FSIZE bounds what write may do: SIGXFSZ, or EFBIG
 * where it is ignored. */
#include "probe.h"

static int fd;
static char b[8];
static const struct {
	long handler, flags, restorer, mask[2];
} ignore = { 1, 0, 0, { 0, 0 } };
static const uint64_t limit[2] = { 4, 4 };

static int setup(void)
{
	fd = (int)sys(__NR_open, "file", 0101 /* O_WRONLY | O_CREAT */, 0600);
	if (fd < 0 || sys(__NR_rt_sigaction, SIGXFSZ, &ignore, NULL, 8))
		return EIO;
	return (int)-sys(__NR_prlimit64, 0, 1 /* RLIMIT_FSIZE */, &limit, NULL);
}

static int run(void)
{
	CHECK(sys(__NR_write, fd, b, 8) == 4);
	CHECK(sys(__NR_write, fd, b, 8) == -EFBIG);
	return 0;
}

PROBE_RAW = {
	.about = "write past RLIMIT_FSIZE with SIGXFSZ ignored",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getrlimit.2.html" },
};
