/* SPDX-License-Identifier: MIT */
/* io/inotify.c: a watch set before the filter keeps telling of the world
 * outside, by read alone. */
#include "probe.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

static int watch, file;

static int setup(void)
{
	file = open("watched", O_RDWR | O_CREAT, 0600);
	watch = inotify_init1(IN_NONBLOCK);
	if (file < 0 || watch < 0)
		return errno;
	return inotify_add_watch(watch, "watched", IN_MODIFY) < 0 ? errno : 0;
}

static int run(void)
{
	struct inotify_event ev[4];

	CHECK(read(watch, ev, sizeof(ev)) < 0 && errno == EAGAIN);
	CHECK(write(file, "x", 1) == 1);
	CHECK(read(watch, ev, sizeof(ev)) == sizeof(*ev));
	CHECK(ev->mask == IN_MODIFY);
	return 0;
}

PROBE = {
	.about = "change a file and read the event",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man7/inotify.7.html" },
};
