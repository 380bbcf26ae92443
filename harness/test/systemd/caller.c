/* SPDX-License-Identifier: MIT */
/*
 * caller.c: what scripts/test-systemd has a unit run. No libc: under an
 * allow-list it makes no call but those that it is told to.
 *   wait         sleeps for ever
 *   call WAY NR  makes one call, by way native, x32 or int80, and exits with
 * its errno, or 0
 */
#include "probe/entry.h"

static long call(char way, const char *digits)
{
	long nr = 0;

	for (; *digits; digits++)
		nr = nr * 10 + *digits - '0';
	switch (way) {
	case 'i':
		return entry_int80(nr);
	case 'x':
		return entry_x32(nr);
	default:
		return entry_native(nr);
	}
}

__attribute__((used, noreturn)) static void begin(long *stack)
{
	const char *const *argv = (const char *const *)(stack + 1);
	long ret;

	while (stack[0] < 4)
		sys(__NR_pause);
	ret = call(argv[2][0], argv[3]);
	for (;;)
		sys(__NR_exit_group, sys_failed(ret) ? -ret : 0);
}

__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\t"
	"call begin\n");
