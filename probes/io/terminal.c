/* SPDX-License-Identifier: MIT */
/* io/terminal.c: a terminal echoes, edits and ends lines by itself: the
 * filtered side only reads and writes. */
#include "probe.h"

static int master, slave;

static int setup(void)
{
	char path[] = "/dev/pts/000";
	int zero = 0, n = -1, i = 9;

	master = (int)sys(__NR_open, "/dev/ptmx", 0402, 0);
	if (master < 0 || sys(__NR_ioctl, master, 0x40045431, &zero) ||
		sys(__NR_ioctl, master, 0x80045430, &n) || n > 999)
		return EIO;
	if (n >= 100)
		path[i++] = (char)('0' + n / 100);
	if (n >= 10)
		path[i++] = (char)('0' + n / 10 % 10);
	path[i++] = (char)('0' + n % 10);
	path[i] = 0;
	slave = (int)sys(__NR_open, path, 0402, 0);
	return slave < 0 ? -slave : 0;
}

static int run(void)
{
	char b[16];

	CHECK(sys(__NR_write, master, "ax\177b\n", 5) == 5);
	CHECK(sys(__NR_read, slave, b, 16) == 3 && b[1] == 'b');
	CHECK(sys(__NR_write, slave, "ok\n", 3) == 3);
	return 0;
}

PROBE_RAW = {
	.about = "type a line with a rubbed-out character into a terminal",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/termios.3.html" },
};
