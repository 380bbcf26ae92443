/* SPDX-License-Identifier: MIT */
/* gallery/close-check.c: a debug build looks before it closes. */
#include "probe.h"

#include <fcntl.h>
#include <unistd.h>

static int fd;

static int setup(void)
{
	return (fd = open("/dev/null", O_RDONLY)) < 0 ? errno : 0;
}

/* As Rust's OwnedFd does since 1.80 where debug assertions are on. */
static int run(void)
{
	if (fcntl(fd, F_GETFD) < 0)
		return errno;
	return close(fd) ? errno : 0;
}

PROBE = {
	.about = "close a file as a debug build does, without fcntl",
	.setup = setup,
	.run = run,
	.under = "no-fcntl",
	.symptom = "debug builds alone are killed",
	.diagnosis = "the filter killed it at fcntl*: a file that is open",
	.expect = {
		{ WORKS, .flavour = "i386", .why = "it is fcntl64 there" },
		{ DIES("fcntl") },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "6694" },
};
