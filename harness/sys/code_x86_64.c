/* SPDX-License-Identifier: MIT */
/* code_x86_64.c: machine code of x86-64 and i386. */
#include "sys/code.h"

#include <string.h>

const unsigned char *code_syscall(bool is_32)
{
	static const unsigned char syscall[CODE_SYSCALL] = { 0x0f, 0x05 };
	static const unsigned char int_80[CODE_SYSCALL] = { 0xcd, 0x80 };

	return is_32 ? int_80 : syscall;
}

bool code_is_syscall_32(const unsigned char *b)
{
	return !memcmp(b, code_syscall(true), CODE_SYSCALL);
}

/* syscall, sysenter, int $0x80 */
bool code_is_syscall(const unsigned char *b)
{
	return (b[0] == 0x0f && (b[1] == 0x05 || b[1] == 0x34)) ||
	       code_is_syscall_32(b);
}

/* call rel32, call *reg, call *mem */
bool code_ends_with_call(const unsigned char *b)
{
	return b[2] == 0xe8 || (b[5] == 0xff && (b[6] & 0x38) == 0x10) ||
	       (b[4] == 0xff && (b[5] & 0x38) == 0x10) ||
	       (b[3] == 0xff && (b[4] & 0x38) == 0x10) ||
	       (b[1] == 0xff && (b[2] & 0x38) == 0x10) ||
	       (b[0] == 0xff && (b[1] & 0x38) == 0x10);
}

uint64_t code_call_target(const unsigned char *b, uint64_t ret, bool is_32)
{
	uint64_t target;
	int32_t to;

	if (b[0] != 0xe8)
		return 0;
	memcpy(&to, b + 1, sizeof(to));
	target = ret + (uint64_t)(int64_t)to;
	return is_32 ? (uint32_t)target : target;
}

/* [endbr64] [bnd] jmp *to(%rip) */
uint64_t code_stub_slot(const unsigned char *b, uint64_t addr)
{
	static const unsigned char endbr[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	size_t i = 0;
	int32_t to;

	if (!memcmp(b, endbr, sizeof(endbr)))
		i = sizeof(endbr);
	i += b[i] == 0xf2;
	if (b[i] != 0xff || b[i + 1] != 0x25)
		return 0;
	memcpy(&to, b + i + 2, sizeof(to));
	return addr + i + 6 + (uint64_t)(int64_t)to;
}

/* mov $__NR_rt_sigreturn, %rax; syscall */
bool code_is_restorer(const unsigned char *b)
{
	static const unsigned char restorer[CODE_RESTORER] = { 0x48, 0xc7, 0xc0,
		0x0f, 0, 0, 0, 0x0f, 0x05 };

	return !memcmp(b, restorer, sizeof(restorer));
}

/* int3 */
long code_with_break(long word)
{
	return (word & ~0xffL) | 0xcc;
}

uint64_t code_ticks(void)
{
	return __builtin_ia32_rdtsc();
}
