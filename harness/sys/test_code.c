/* SPDX-License-Identifier: MIT */
/* test_code.c: machine code as assemblers write it. The bytes are those of the
 * comments beside them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "sys/code.h"

#define NOP 0x90

/* CODE_CALL bytes that end with these. */
static bool ends(const char *code, size_t n)
{
	unsigned char b[CODE_CALL];

	memset(b, NOP, sizeof(b));
	memcpy(b + CODE_CALL - n, code, n);
	return code_ends_with_call(b);
}
#define ENDS(code) ends(code, sizeof(code) - 1)

static void test_calls(void **state)
{
	(void)state;
	assert_true(ENDS("\xe8\x01\x02\x03\x04"));	   /* call rel32 */
	assert_true(ENDS("\xff\xd0"));			   /* call *%rax */
	assert_true(ENDS("\x41\xff\xd4"));		   /* call *%r12 */
	assert_true(ENDS("\xff\x50\x08"));		   /* 8(%rax) */
	assert_true(ENDS("\xff\x54\x24\x08"));		   /* 8(%rsp) */
	assert_true(ENDS("\xff\x15\x01\x02\x03\x04"));	   /* to(%rip) */
	assert_true(ENDS("\xff\x94\x24\x00\x01\x00\x00")); /* 256(%rsp) */
	assert_false(ENDS("\xe9\x01\x02\x03\x04"));	   /* jmp rel32 */
	assert_false(ENDS("\xff\xe0"));			   /* jmp *%rax */
	assert_false(ENDS("\xff\x75\x08"));		   /* push 8(%rbp) */
	assert_false(ENDS("\x0f\x05"));			   /* syscall */
	assert_false(ENDS(""));
}

static bool enters(const char *code)
{
	return code_is_syscall((const unsigned char *)code);
}

static void test_syscalls(void **state)
{
	(void)state;
	assert_true(enters("\x0f\x05"));  /* syscall */
	assert_true(enters("\x0f\x34"));  /* sysenter */
	assert_true(enters("\xcd\x80"));  /* int $0x80 */
	assert_false(enters("\xcd\x81")); /* int $0x81 */
	assert_false(enters("\x0f\x0b")); /* ud2 */
	assert_true(code_is_syscall_32((const unsigned char *)"\xcd\x80"));
	assert_false(code_is_syscall_32((const unsigned char *)"\x0f\x05"));
	assert_memory_equal(code_syscall(false), "\x0f\x05", CODE_SYSCALL);
	assert_memory_equal(code_syscall(true), "\xcd\x80", CODE_SYSCALL);
}

static uint64_t target(const char *code, uint64_t ret, bool is_32)
{
	return code_call_target((const unsigned char *)code, ret, is_32);
}

static void test_targets(void **state)
{
	(void)state;
	assert_int_equal(target("\xe8\x10\0\0\0", 0x1000, false), 0x1010);
	assert_int_equal(target("\xe8\xf0\xff\xff\xff", 0x1000, false), 0xff0);
	/* 32-bit addresses begin anew at their end. */
	assert_int_equal(target("\xe8\x20\0\0\0", 0xfffffff0, true), 0x10);
	assert_int_equal(
		target("\xe8\x20\0\0\0", 0xfffffff0, false), 0x100000010);
	assert_int_equal(target("\xe9\x10\0\0\0", 0x1000, false), 0);
}

static uint64_t slot(const char *code)
{
	unsigned char b[CODE_STUB];

	memset(b, NOP, sizeof(b));
	memcpy(b, code, strlen(code));
	return code_stub_slot(b, 0x1000);
}

static void test_stubs(void **state)
{
	(void)state;
	/* jmp *0x1010101(%rip); endbr64; bnd */
	assert_int_equal(slot("\xff\x25\x01\x01\x01\x01"), 0x1010101 + 0x1006);
	assert_int_equal(
		slot("\xf2\xff\x25\x01\x01\x01\x01"), 0x1010101 + 0x1007);
	assert_int_equal(slot("\xf3\x0f\x1e\xfa\xff\x25\x01\x01\x01\x01"),
		0x1010101 + 0x100a);
	assert_int_equal(slot("\xf3\x0f\x1e\xfa\xf2\xff\x25\x01\x01\x01\x01"),
		0x1010101 + 0x100b);
	assert_int_equal(slot("\xff\x35\x01\x01\x01\x01"), 0); /* push */
	assert_int_equal(slot("\xf3\x0f\x1e\xfa\x55"), 0);
}

/* Of this very program: it is built for the machine that it runs on. */
__asm__(".pushsection .text\n"
	"restorer_here: movq $15, %rax\n"
	"syscall\n"
	"exit_here: movq $60, %rax\n"
	"syscall\n"
	"break_here: int3\n"
	"nop; nop; nop; nop; nop; nop; nop\n"
	".popsection");
extern const unsigned char restorer_here[], exit_here[], break_here[];

static void test_restorer(void **state)
{
	(void)state;
	assert_true(code_is_restorer(restorer_here));
	assert_false(code_is_restorer(exit_here));
}

static void test_break(void **state)
{
	long word = 0x1122334455667788;

	(void)state;
	word = code_with_break(word);
	assert_memory_equal(&word, break_here, CODE_BREAK);
	assert_int_equal(word >> 8, 0x11223344556677);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_syscalls),
		cmocka_unit_test(test_targets),
		cmocka_unit_test(test_stubs),
		cmocka_unit_test(test_restorer),
		cmocka_unit_test(test_break),
	};

	return cmocka_run_group_tests_name("code", tests, NULL, NULL);
}
