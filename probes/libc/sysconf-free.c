/* SPDX-License-Identifier: MIT */
/* libc/sysconf-free.c: what sysconf knows without asking. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	static const int names[] = { _SC_PAGESIZE, _SC_CLK_TCK, _SC_IOV_MAX,
		_SC_LOGIN_NAME_MAX, _SC_THREADS, _SC_VERSION,
		_SC_HOST_NAME_MAX };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		CHECK(sysconf(names[i]) > 0);
	return 0;
}

PROBE = {
	.about = "sysconf of seven constants",
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 sysdeps/posix/sysconf.c",
		"musl 1.2.3 src/conf/sysconf.c" },
};
