/* SPDX-License-Identifier: MIT */
/* fatal.c: stacks of programs that end themselves for a fault. Pure. */
#include "stack/fatal.h"

#include <signal.h>
#include <string.h>

/*
 * Functions that stand on the stack only while a program ends itself for a
 * fault, and the signal that the world would have seen. glibc: stdlib/abort.c,
 * assert/assert.c, debug/stack_chk_fail.c, sysdeps/posix/libc_fatal.c,
 * malloc/malloc.c (malloc_printerr); musl: src/exit/abort.c, assert.c.
 */
static const struct {
	const char *function;
	int signal;
} fatal_functions[] = {
	{ "abort", SIGABRT },
	{ "__GI_abort", SIGABRT },
	{ "__assert_fail", SIGABRT },
	{ "__assert_fail_base", SIGABRT },
	{ "__assert_perror_fail", SIGABRT },
	{ "__stack_chk_fail", SIGABRT },
	{ "__fortify_fail", SIGABRT },
	{ "__chk_fail", SIGABRT },
	{ "__libc_message", SIGABRT },
	{ "__libc_message_impl", SIGABRT },
	{ "__libc_fatal", SIGABRT },
	{ "malloc_printerr", SIGABRT },
};

int stack_fatal(const struct frame *frames, int nframes)
{
	for (int i = 0; i < nframes; i++)
		for (size_t k = 0;
			k < sizeof(fatal_functions) / sizeof(*fatal_functions);
			k++)
			if (!strcmp(frames[i].function,
				    fatal_functions[k].function))
				return fatal_functions[k].signal;
	return 0;
}
