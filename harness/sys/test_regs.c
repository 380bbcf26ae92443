/* SPDX-License-Identifier: MIT */
/* test_regs.c: what lies in which register, by syscall(2) and the ABIs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <ucontext.h>

#include "sys/calls.h"
#include "sys/regs.h"

#define CODE_32 0x23
#define CODE_64 0x33
#define HIGH	0xabcd00000000ULL

/* Every register has a value of its own. */
static struct regs filled(unsigned long long cs)
{
	return (struct regs){ {
		.rax = HIGH | 0x10,
		.rbx = HIGH | 0x11,
		.rcx = HIGH | 0x12,
		.rdx = HIGH | 0x13,
		.rsi = HIGH | 0x14,
		.rdi = HIGH | 0x15,
		.rbp = HIGH | 0x16,
		.rsp = HIGH | 0x17,
		.r8 = HIGH | 8,
		.r9 = HIGH | 9,
		.r10 = HIGH | 10,
		.r11 = HIGH | 11,
		.r12 = HIGH | 12,
		.r13 = HIGH | 13,
		.r14 = HIGH | 14,
		.r15 = HIGH | 15,
		.rip = HIGH | 0x18,
		.orig_rax = 7,
		.fs_base = HIGH | 0x19,
		.cs = cs,
	} };
}

static void test_arguments(void **state)
{
	static const uint64_t native[6] = { HIGH | 0x15, HIGH | 0x14,
		HIGH | 0x13, HIGH | 10, HIGH | 8, HIGH | 9 };
	static const uint64_t compat[6] = { 0x11, 0x12, 0x13, 0x14, 0x15,
		0x16 };
	struct regs r = filled(CODE_64);
	uint64_t args[6];

	(void)state;
	regs_args(&r, ARCH_NATIVE, args);
	assert_memory_equal(args, native, sizeof(args));
	/* The call's way counts, not the code's: int 0x80. */
	regs_args(&r, ARCH_COMPAT, args);
	assert_memory_equal(args, compat, sizeof(args));
	*regs_arg(&r, ARCH_NATIVE, 3) = 99;
	assert_int_equal(r.user.r10, 99);
	*regs_arg(&r, ARCH_COMPAT, 0) = 98;
	assert_int_equal(r.user.rbx, 98);
}

static void test_kind(void **state)
{
	struct regs r = filled(CODE_32);

	(void)state;
	assert_true(regs_is_32(&r));
	assert_int_equal(regs_arch(&r), ARCH_COMPAT);
	r = filled(CODE_64);
	assert_false(regs_is_32(&r));
	assert_int_equal(regs_arch(&r), ARCH_NATIVE);
	r = regs_of_sleeper(1, 0xffffd000, 2);
	assert_true(regs_is_32(&r));
	r = regs_of_sleeper(1, 0x7fffffffd000, 2);
	assert_false(regs_is_32(&r));
	assert_int_equal(regs_ip(&r), 1);
	assert_int_equal(regs_sp(&r), 0x7fffffffd000);
	assert_int_equal(r.user.rbp, 2);
}

static void test_places(void **state)
{
	struct regs r = filled(CODE_64);

	(void)state;
	assert_int_equal(regs_ip(&r), HIGH | 0x18);
	assert_int_equal(regs_sp(&r), HIGH | 0x17);
	assert_int_equal(regs_thread_pointer(&r), HIGH | 0x19);
	regs_set_ip(&r, 5);
	assert_int_equal(r.user.rip, 5);
	/* 128 bytes below the stack pointer are in use. */
	r.user.rsp = 0x1008;
	assert_int_equal(regs_room(&r, 0), 0xf80);
	assert_int_equal(regs_room(&r, 9), 0xf70);
	assert_int_equal(regs_function_arg(0, &r), HIGH | 0x15);
}

static void test_number(void **state)
{
	struct regs r = filled(CODE_64);

	(void)state;
	assert_int_equal(regs_call_nr(&r), 7);
	r.user.orig_rax = (unsigned long long)-1;
	r.user.rax = 96;
	assert_int_equal(regs_call_nr(&r), 96); /* vsyscall */
	r.user.rax = (unsigned long long)-EINTR;
	assert_int_equal(regs_call_nr(&r), -1);
	r.user.orig_rax = ARCH_X32_BIT | 39;
	assert_int_equal(regs_call_nr(&r), ARCH_X32_BIT | 39);
}

static void test_result(void **state)
{
	struct regs r = filled(CODE_64);

	(void)state;
	assert_int_equal(regs_result(&r), HIGH | 0x10);
	r.user.cs = CODE_32;
	assert_int_equal(regs_result(&r), 0x10);
	r.user.rax = 0xffffffea;
	assert_int_equal(regs_result(&r), -EINVAL);
	r.user.cs = CODE_64;
	assert_int_equal(regs_result(&r), 0xffffffea);
	regs_set_result(&r, -EINVAL);
	assert_int_equal(regs_result(&r), -EINVAL);
}

static void test_steering(void **state)
{
	static const long args[6] = { 1, 2, 3, 4, 5, 6 };
	struct regs r = filled(CODE_64);
	uint64_t got[6];

	(void)state;
	regs_skip_call(&r, -EPERM);
	assert_int_equal((long)r.user.orig_rax, -1);
	assert_int_equal(regs_result(&r), -EPERM);
	r.user.rip = 0x1002;
	regs_make_again(&r, 35);
	assert_int_equal(r.user.rip, 0x1000);
	assert_int_equal(r.user.rax, 35);
	r = filled(CODE_32);
	regs_set_call(&r, 0x2000, 192, args);
	regs_args(&r, ARCH_COMPAT, got);
	assert_int_equal(r.user.rip, 0x2000);
	assert_int_equal(r.user.rax, 192);
	/* Else the kernel, at a signal, might take it for one to restart. */
	assert_int_equal((long)r.user.orig_rax, -1);
	for (int i = 0; i < 6; i++)
		assert_int_equal(got[i], args[i]);
	assert_int_equal(r.user.r10, HIGH | 10);
}

/* arch/x86/include/asm/seccomp.h: 15, and 119 of i386; 192 is i386's mmap with
 * its arguments in registers. */
static void test_names(void **state)
{
	(void)state;
	assert_int_equal(
		calls_number(ARCH_NATIVE, regs_sigreturn(ARCH_NATIVE)), 15);
	assert_int_equal(
		calls_number(ARCH_COMPAT, regs_sigreturn(ARCH_COMPAT)), 119);
	assert_int_equal(calls_number(ARCH_NATIVE, regs_mmap(ARCH_NATIVE)), 9);
	assert_int_equal(
		calls_number(ARCH_COMPAT, regs_mmap(ARCH_COMPAT)), 192);
}

/* System V ABI: AMD64, figure 3.36; i386, table 2.14. */
static void test_dwarf(void **state)
{
	static const unsigned amd64[REGS_DWARF] = { 0x10, 0x13, 0x12, 0x11,
		0x14, 0x15, 0x16, 0x17, 8, 9, 10, 11, 12, 13, 14, 15, 0x18 };
	static const unsigned i386[REGS_DWARF] = { 0x10, 0x12, 0x13, 0x11, 0x17,
		0x16, 0x14, 0x15, 0x18 };
	struct regs r = filled(CODE_64);
	uint64_t to[REGS_DWARF];

	(void)state;
	regs_to_dwarf(&r, to);
	for (int i = 0; i < REGS_DWARF; i++)
		assert_int_equal(to[i], HIGH | amd64[i]);
	assert_int_equal(to[regs_dwarf(false)->sp], HIGH | 0x17);
	assert_int_equal(to[regs_dwarf(false)->fp], HIGH | 0x16);
	assert_int_equal(to[regs_dwarf(false)->pc], HIGH | 0x18);
	r.user.cs = CODE_32;
	regs_to_dwarf(&r, to);
	for (int i = 0; i < 9; i++)
		assert_int_equal(to[i], HIGH | i386[i]);
	assert_int_equal(to[regs_dwarf(true)->sp], HIGH | 0x17);
	assert_int_equal(to[regs_dwarf(true)->fp], HIGH | 0x16);
	assert_int_equal(to[regs_dwarf(true)->pc], HIGH | 0x18);
}

/* What a handler is given, by the names of sys/ucontext.h. */
static void test_saved(void **state)
{
	static const int names[REGS_DWARF] = { REG_RAX, REG_RDX, REG_RCX,
		REG_RBX, REG_RSI, REG_RDI, REG_RBP, REG_RSP, REG_R8, REG_R9,
		REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP };
	ucontext_t frame;
	uint64_t saved[REGS_SAVED], to[REGS_DWARF];

	(void)state;
	memset(&frame, 0, sizeof(frame));
	for (int i = 0; i < REGS_DWARF; i++)
		frame.uc_mcontext.gregs[names[i]] = 100 + i;
	memcpy(saved, (char *)&frame + regs_saved_at(), sizeof(saved));
	regs_saved_to_dwarf(saved, to);
	for (int i = 0; i < REGS_DWARF; i++)
		assert_int_equal(to[i], 100 + i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_kind),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_result),
		cmocka_unit_test(test_steering),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_dwarf),
		cmocka_unit_test(test_saved),
	};

	return cmocka_run_group_tests_name("regs", tests, NULL, NULL);
}
