/* SPDX-License-Identifier: MIT */
/* test_uses.c: from calls that a command made to the profile that allows them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>

#include "minimize/trial.h"
#include "sys/arch.h"
#include "sys/calls.h"

static struct minimize_uses uses;
static bool keep[MINIMIZE_USES];

static void note(const char *call, uint64_t arg0, uint64_t arg1)
{
	struct explain_refusal r = {
		.arch = ARCH_NATIVE,
		.nr = calls_number(ARCH_NATIVE, call),
		.args = { arg0, arg1, arg1 },
	};

	minimize_note(&uses, &r, NULL);
}

static void set_up(void)
{
	memset(&uses, 0, sizeof(uses));
	for (size_t i = 0; i < MINIMIZE_USES; i++)
		keep[i] = true;
}

/* What the filter of the profile that was built says. */
static uint32_t verdict(const char *call, uint64_t arg0, uint64_t arg1)
{
	static struct filter bpf;
	struct minimize m = { .uses = &uses, .refuse = SCMP_ACT_KILL_THREAD };
	struct seccomp_data data = {
		.arch = ARCH_NATIVE,
		.nr = calls_number(ARCH_NATIVE, call),
		.args = { arg0, arg1, arg1 },
	};
	struct profile_error err = { "" };
	struct profile *p = minimize_build(&m, keep, &err);

	assert_string_equal(err.text, "");
	if (profile_build(p, ARCH_NATIVE, &bpf, &err))
		fail_msg("%s", err.text);
	profile_free(p);
	return bpf_run(bpf.insns, bpf.ninsns, &data);
}

#define assert_allowed(...)                                                    \
	assert_int_equal(verdict(__VA_ARGS__), SECCOMP_RET_ALLOW)
#define assert_refused(...)                                                    \
	assert_int_equal(verdict(__VA_ARGS__), SECCOMP_RET_KILL_THREAD)

static void test_descriptors(void **state)
{
	(void)state;
	set_up();
	note("write", 1, 0);
	note("write", 2, 0);
	note("write", 1, 0);
	assert_int_equal(uses.n, 2);
	assert_int_equal(uses.list[0].count, 2);
	assert_allowed("write", 1, 0);
	assert_allowed("write", 2, 0);
	assert_refused("write", 0, 0);
	assert_refused("write", 3, 0);
	assert_refused("read", 1, 0);
	/* It depends on what is open which number the next one has. */
	note("read", 3, 0);
	assert_int_equal(uses.list[2].arg, -1);
	assert_allowed("read", 77, 0);
	/* What is not kept is not allowed. */
	keep[1] = false;
	assert_refused("write", 2, 0);
}

static void test_operations(void **state)
{
	(void)state;
	set_up();
	note("futex", 0x1000, FUTEX_WAIT_PRIVATE);
	note("futex", 0x2000, FUTEX_WAIT_PRIVATE);
	assert_int_equal(uses.n, 1);
	assert_allowed("futex", 0x3000, FUTEX_WAIT_PRIVATE);
	assert_refused("futex", 0x1000, FUTEX_WAKE_PRIVATE);
	/* The kernel cuts an int: what is above it is nobody's. */
	assert_allowed("futex", 0x1000, FUTEX_WAIT_PRIVATE | 1UL << 32);
	note("futex", 0, FUTEX_WAIT_PRIVATE | 1UL << 40);
	assert_int_equal(uses.n, 1);
}

/* Where all 64 bits count, all are compared. */
static void test_protections(void **state)
{
	(void)state;
	set_up();
	note("mprotect", 0x1000, PROT_READ);
	assert_allowed("mprotect", 0x2000, PROT_READ);
	assert_refused("mprotect", 0x1000, PROT_READ | PROT_EXEC);
	assert_refused("mprotect", 0x1000, PROT_READ | 1UL << 32);
}

/* Of a process's or thread's own clock the number is in the argument. */
static void test_clocks(void **state)
{
	(void)state;
	set_up();
	note("clock_gettime", 1, 0);
	assert_int_equal(uses.list[0].arg, 0);
	note("clock_gettime", (uint32_t)-2, 0);
	assert_int_equal(uses.n, 1);
	assert_int_equal(uses.list[0].arg, -1);
	assert_allowed("clock_gettime", (uint32_t)-10, 0);
}

/* More values than are told apart are one use: the call. */
static void test_many(void **state)
{
	(void)state;
	set_up();
	note("read", 1, 0);
	for (unsigned i = 0; i < MINIMIZE_VALUES; i++)
		note("ioctl", 1, 0x5400 + i);
	assert_int_equal(uses.n, 1 + MINIMIZE_VALUES);
	assert_refused("ioctl", 1, 0x5500);
	note("ioctl", 1, 0x5499);
	assert_int_equal(uses.n, 2);
	assert_int_equal(uses.list[1].count, MINIMIZE_VALUES + 1);
	assert_allowed("ioctl", 1, 0x5500);
	assert_refused("read", 2, 0);
}

static void test_met(void **state)
{
	struct explain_refusal r = { .arch = ARCH_NATIVE, .args = { 2 } };

	(void)state;
	set_up();
	note("write", 1, 0);
	r.nr = calls_number(ARCH_NATIVE, "write");
	assert_null(minimize_met(&uses, &r));
	r.args[0] = 1;
	assert_ptr_equal(minimize_met(&uses, &r), &uses.list[0]);
	r.arch = ARCH_COMPAT;
	assert_null(minimize_met(&uses, &r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_descriptors),
		cmocka_unit_test(test_operations),
		cmocka_unit_test(test_protections),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
