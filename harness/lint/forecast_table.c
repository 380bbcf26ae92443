/* SPDX-License-Identifier: MIT */
/* forecast_table.c: what libcs call, as data. scripts/test-forecast tries what
 * the libcs of this machine are said to. */
#include "lint/forecast.h"

#define THREAD "to start a thread"
#define ENDS   "at the end of a thread"
#define GLIBC_GIT(commit)                                                      \
	"https://sourceware.org/git/?p=glibc.git;a=commit;h=" commit

const struct forecast forecast_table[] = {
	{ "clone3", "clone", FORECAST_GLIBC, 234, .arches = FORECAST_BOTH,
		.on_errno = true, .when = THREAD,
		.source = "https://github.com/moby/moby/pull/42681" },
	{ "rseq", "clone", FORECAST_GLIBC, 235, .arches = FORECAST_BOTH,
		.on_errno = true, .on_enosys = true, .if_later = true,
		.when = THREAD,
		.source = "https://github.com/file/file/commit/339bdef4" },
	{ "set_robust_list", "clone", FORECAST_GLIBC, 204,
		.arches = FORECAST_BOTH, .when = THREAD,
		.source = "https://github.com/USBGuard/usbguard/issues/266" },
	{ "madvise", "clone", FORECAST_GLIBC, 242, .arches = FORECAST_X86_64,
		.has_arg = true, .arg = 2,
		.value = 102 /* MADV_GUARD_INSTALL */, .when = THREAD,
		.source = "glibc 2.43 on Linux 6.18: seen" },
	{ "rt_sigprocmask", "clone", FORECAST_GLIBC, 236,
		.arches = FORECAST_BOTH, .when = ENDS,
		.source = "https://github.com/firecracker-microvm/firecracker/"
			  "issues/1456" },
	{ "rt_sigprocmask", "clone", FORECAST_MUSL, 10203,
		.arches = FORECAST_X86_64, .when = ENDS,
		.source = "https://github.com/firecracker-microvm/firecracker/"
			  "issues/1456" },
	{ "faccessat2", "faccessat", FORECAST_GLIBC, 233,
		.arches = FORECAST_BOTH, .on_errno = true,
		.when = "for faccessat() with flags",
		.source = "https://github.com/systemd/systemd/issues/16739" },
	{ "faccessat2", "faccessat", FORECAST_MUSL, 10202,
		.arches = FORECAST_X86_64, .on_errno = true,
		.when = "for faccessat() with flags",
		.source = "https://github.com/systemd/systemd/issues/16739" },
	{ "fchmodat2", "fchmodat", FORECAST_GLIBC, 239, .arches = FORECAST_BOTH,
		.on_errno = true, .when = "for fchmodat() with flags",
		.source = "https://github.com/systemd/systemd/issues/31469" },
	{ "fchmodat2", "fchmodat", FORECAST_MUSL, 10206,
		.arches = FORECAST_X86_64, .on_errno = true,
		.when = "for fchmodat() with flags",
		.source = "musl 1.2.6: seen" },
	{ "openat", "open", FORECAST_GLIBC, 226, .arches = FORECAST_BOTH,
		.on_errno = true, .on_enosys = true, .when = "for open()",
		.source = "https://man7.org/linux/man-pages/man2/open.2.html" },
	{ "newfstatat", "fstat", FORECAST_GLIBC, 233, 239,
		.arches = FORECAST_X86_64, .on_errno = true, .on_enosys = true,
		.when = "for fstat()",
		.source = "https://bugs.torproject.org/tpo/core/tor/40381" },
	{ "newfstatat", "stat", FORECAST_GLIBC, 233, .arches = FORECAST_X86_64,
		.on_errno = true, .on_enosys = true, .when = "for stat()",
		.source = "https://bugs.torproject.org/tpo/core/tor/40381" },
	{ "fstat", "newfstatat", FORECAST_GLIBC, 239, .arches = FORECAST_X86_64,
		.on_errno = true, .on_enosys = true, .when = "for fstat()",
		.source = GLIBC_GIT("551101e824") },
	{ "statx", "fstat64", FORECAST_GLIBC, 233, .arches = FORECAST_X86,
		.on_errno = true, .when = "for fstat()",
		.source = "https://github.com/lldpd/lldpd/issues/710" },
	{ "clock_nanosleep", "nanosleep", FORECAST_GLIBC, 231,
		.arches = FORECAST_X86_64, .on_errno = true, .on_enosys = true,
		.when = "for nanosleep() and usleep()",
		.source = GLIBC_GIT("3537ecb49c") },
	{ "pselect6", "select", FORECAST_GLIBC, 233, .arches = FORECAST_X86_64,
		.on_errno = true, .on_enosys = true, .when = "for select()",
		.source = "https://github.com/LedgerHQ/speculos/pull/210" },
	{ "clock_gettime64", "clock_gettime", FORECAST_GLIBC, 231,
		.arches = FORECAST_X86, .on_errno = true, .on_enosys = true,
		.when = "for clocks that the vDSO does not serve",
		.source = "https://github.com/openssh/openssh-portable/pull/"
			  "161" },
	{ "getrandom", "brk", FORECAST_GLIBC, 236, .arches = FORECAST_BOTH,
		.when = "for the heap's first use, and from 2.42 on before "
			"main",
		.source = "https://github.com/file/file/commit/ee58ea03" },
	{ "mmap", "getrandom", FORECAST_GLIBC, 241, .kernel = 611,
		.arches = FORECAST_X86_64, .has_arg = true, .arg = 3,
		.value = 0x28 /* MAP_DROPPABLE | MAP_ANONYMOUS */,
		.when = "for getrandom() by the vDSO",
		.source = GLIBC_GIT("461cab1de7") },
};

const size_t forecast_n = sizeof(forecast_table) / sizeof(*forecast_table);
