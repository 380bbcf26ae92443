/* SPDX-License-Identifier: MIT */
/* test_calls.c: the table of system calls, beside libseccomp and the kernel. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "sys/sys.h"

#define HIGHEST 1024 /* that libseccomp is asked for */

/* As libseccomp calls the architectures of the table. */
static const struct {
	uint32_t seccomp, audit;
	int bit;
} columns[CALLS_ARCHES] = {
	[CALLS_X86_64] = { SCMP_ARCH_X86_64, AUDIT_ARCH_X86_64, 0 },
	[CALLS_I386] = { SCMP_ARCH_X86, AUDIT_ARCH_I386, 0 },
	[CALLS_X32] = { SCMP_ARCH_X32, AUDIT_ARCH_X86_64, ARCH_X32_BIT },
	[CALLS_AARCH64] = { SCMP_ARCH_AARCH64, AUDIT_ARCH_AARCH64, 0 },
};

static const struct call *with_number(int arch, int nr)
{
	for (size_t i = 0; i < calls_n; i++)
		if (calls_table[i].nr[arch] == nr)
			return &calls_table[i];
	return NULL;
}

static void found_by_name_and_number(void **state)
{
	(void)state;
	assert_true(calls_n >= 450 && calls_n <= 1000);
	for (size_t i = 0; i < calls_n; i++) {
		const struct call *c = &calls_table[i];

		if (i)
			assert_true(strcmp(c[-1].name, c->name) < 0);
		assert_ptr_equal(calls_find(c->name), c);
		assert_true(!c->since == !c->has);
		for (int a = 0; a < CALLS_ARCHES; a++) {
			if (c->nr[a] >= 0)
				assert_ptr_equal(with_number(a, c->nr[a]), c);
			else
				assert_false(c->has >> a & 1);
		}
	}
	assert_null(calls_find("nonesuch"));
	assert_null(calls_find(""));
}

/* By their manual pages. */
static void knows_flags_and_pointers(void **state)
{
	static const struct {
		const char *name;
		int flags, pointers;
	} rows[] = {
		{ "openat", 1 << 2 | 1 << 3, 1 << 1 },
		{ "mprotect", 1 << 2, 0 },
		{ "socket", 1 << 1, 0 },
		{ "clone", 1 << 0, 1 << 2 | 1 << 3 },
		{ "unshare", 1 << 0, 0 },
		{ "ioctl", 0, 0 },
		{ "futex", 0, 1 << 0 | 1 << 4 },
		{ "write", 0, 1 << 1 },
		{ "getpid", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (unsigned arg = 0; arg < 6; arg++) {
			assert_int_equal(calls_takes_flags(rows[i].name, arg),
				rows[i].flags >> arg & 1);
			assert_int_equal(calls_takes_pointer(rows[i].name, arg),
				rows[i].pointers >> arg & 1);
		}
	assert_false(calls_takes_flags("nonesuch", 0));
}

/* Whatever number both know has one name. */
static void libseccomp_says_the_same_names(void **state)
{
	(void)state;
	for (int a = 0; a < CALLS_ARCHES; a++) {
		const int end = calls_end(columns[a].audit);
		int both = 0;

		for (int nr = 0; nr < HIGHEST; nr++) {
			const struct call *c = with_number(a, nr);
			char *name = seccomp_syscall_resolve_num_arch(
				columns[a].seccomp, nr | columns[a].bit);

			if (name && c)
				assert_string_equal(c->name, name);
			/* It may be newer, but not know more in between. */
			if (name && nr < end && !c)
				fail_msg("%d is %s", nr, name);
			both += name && c;
			free(name);
		}
		assert_true(both >= 280 && both <= HIGHEST);
	}
}

/* Whatever name both know has one number; those below zero are libseccomp's
 * own, for calls that the architecture has not, or has in another way too. */
static void libseccomp_says_the_same_numbers(void **state)
{
	(void)state;
	for (int a = 0; a < CALLS_ARCHES; a++)
		for (size_t i = 0; i < calls_n; i++) {
			const struct call *c = &calls_table[i];
			int nr = seccomp_syscall_resolve_name_arch(
				columns[a].seccomp, c->name);

			if (nr >= 0)
				assert_int_equal(nr, c->nr[a] | columns[a].bit);
		}
}

static void names_of_each_way_in(void **state)
{
	char name[64];

	(void)state;
	calls_name(AUDIT_ARCH_X86_64, 471, name, sizeof(name));
	assert_string_equal(name, "rseq_slice_yield");
	calls_name(AUDIT_ARCH_X86_64, ARCH_X32_BIT | 516, name, sizeof(name));
	assert_string_equal(name, "x32:writev");
	calls_name(AUDIT_ARCH_X86_64, 516, name, sizeof(name));
	assert_string_equal(name, "516");
	calls_name(AUDIT_ARCH_X86_64, -1, name, sizeof(name));
	assert_string_equal(name, "-1");
	calls_name(AUDIT_ARCH_I386, 359, name, sizeof(name));
	assert_string_equal(name, "socket");
	calls_name(AUDIT_ARCH_ARM, 7, name, sizeof(name));
	assert_string_equal(name, "7");
	calls_name(AUDIT_ARCH_ARM, 1, name, sizeof(name));
	assert_string_equal(name, "exit");
	assert_int_equal(calls_number(AUDIT_ARCH_I386, "socket"), 359);
	assert_int_equal(calls_number(AUDIT_ARCH_I386, "uretprobe"), -1);
	assert_int_equal(calls_number(AUDIT_ARCH_AARCH64, "openat"), 56);
	assert_int_equal(calls_number(AUDIT_ARCH_AARCH64, "open"), -1);
	assert_int_equal(calls_number(AUDIT_ARCH_ARM, "open"), 5);
	assert_false(calls_known(AUDIT_ARCH_X86_64, 400));
}

/* By the prototypes of the manual pages: int, mode_t, long, size_t, pointers.
 */
static void bits_that_the_kernel_sees(void **state)
{
	static const struct {
		const char *call;
		unsigned bits[6];
	} is[] = {
		{ "read", { 32, 64, 64 } },
		{ "openat", { 32, 64, 32, 16 } },
		{ "fchmod", { 32, 16 } },
		{ "mkdir", { 64, 16 } },
		{ "mmap", { 64, 64, 64, 64, 64, 64 } },
		{ "futex", { 64, 32, 32, 64, 64, 32 } },
		{ "socket", { 32, 32, 32 } },
		{ "lseek", { 32, 64, 32 } },
		{ "clone", { 32, 64, 64, 64, 64 } },
		{ "sendto", { 32, 64, 64, 32, 64, 32 } },
		{ "nonesuch", { 64, 64, 64, 64, 64, 64 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(is) / sizeof(*is); i++)
		for (unsigned arg = 0; arg < 6 && is[i].bits[arg]; arg++) {
			assert_int_equal(
				calls_bits(is[i].call, arg), is[i].bits[arg]);
			assert_true(calls_cuts(is[i].call, arg) ==
				    (is[i].bits[arg] < 64));
		}
}

/* What is done with these, or may be, where every argument is -1; futex has a
 * no of its own for operations that it does not know, which is ENOSYS. */
static bool is_not_asked(const struct call *c)
{
	static const char *const calls[] = { "acct", "adjtimex", "alarm", "brk",
		"clock_adjtime", "clock_settime", "delete_module", "exit",
		"exit_group", "futex", "init_module", "kexec_file_load",
		"kexec_load", "kill", "mlockall", "msgget", "personality",
		"pivot_root", "reboot", "rt_sigqueueinfo", "rt_sigsuspend",
		"rt_tgsigqueueinfo", "semget", "sethostname", "setdomainname",
		"setpriority", "settimeofday", "shmget", "swapoff", "swapon",
		"syslog", "tgkill", "tkill", "umask", "umount2" };

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(calls[i], c->name))
			return true;
	return c->optional || !c->arity[0];
}

/* Alone in a process, so that what it does ends with it. */
static bool is_there(int nr)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		alarm(10);
		_exit(sys(nr, -1, -1, -1, -1, -1, -1) == -ENOSYS);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		fail_msg("%d takes too long", nr);
	return !WIFEXITED(status) || WEXITSTATUS(status) != 1;
}

static int running_kernel(void)
{
	struct utsname host;
	char *end;
	long major;

	assert_int_equal(uname(&host), 0);
	major = strtol(host.release, &end, 10);
	return CALLS_KERNEL((int)major, atoi(end + 1));
}

static int last_kernel(void)
{
	int last = 0;

	for (size_t i = 0; i < calls_n; i++)
		if (calls_table[i].since > last)
			last = calls_table[i].since;
	return last;
}

static void the_kernel_has_what_the_table_says(void **state)
{
	const int kernel = running_kernel();
	int asked = 0;

	(void)state;
	for (size_t i = 0; i < calls_n; i++) {
		const struct call *c = &calls_table[i];

		if (!(c->has >> CALLS_X86_64 & 1) || c->since > kernel ||
			is_not_asked(c))
			continue;
		asked++;
		if (!is_there(c->nr[CALLS_X86_64]))
			fail_msg("%s is not here", c->name);
	}
	if (kernel >= CALLS_KERNEL(5, 10))
		assert_true(asked >= 100 && asked <= HIGHEST);
}

/* x32's numbers from 512 on have no entry for 64-bit programs. */
static void nothing_is_behind_the_end(void **state)
{
	const int end = calls_end(AUDIT_ARCH_X86_64);

	(void)state;
	assert_true(end >= 473 && end <= 511);
	assert_int_equal(calls_end(AUDIT_ARCH_I386), end);
	assert_int_equal(calls_end(AUDIT_ARCH_AARCH64), end);
	if (running_kernel() > last_kernel()) {
		print_message("a kernel newer than the table: not asked\n");
		skip();
	}
	for (int nr = end; nr < 512; nr++)
		assert_false(is_there(nr));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_by_name_and_number),
		cmocka_unit_test(knows_flags_and_pointers),
		cmocka_unit_test(libseccomp_says_the_same_names),
		cmocka_unit_test(libseccomp_says_the_same_numbers),
		cmocka_unit_test(names_of_each_way_in),
		cmocka_unit_test(bits_that_the_kernel_sees),
		cmocka_unit_test(the_kernel_has_what_the_table_says),
		cmocka_unit_test(nothing_is_behind_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
