/* SPDX-License-Identifier: MIT */
/* args.h: the arguments of a system call, for people. */
#ifndef EXPLAIN_ARGS_H
#define EXPLAIN_ARGS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "sys/text.h"

/*
 * Writes CALL(ARGS) to TEXT, as many as the call has on ARCH. What arguments
 * point to is read from the memory of thread TID, a few bytes of it; what
 * cannot be read stays an address. The memory is a stranger's: nothing in it is
 * trusted, and what does not print is escaped. Numbers of flags are those of
 * x86-64 and i386.
 */
void explain_args(pid_t tid, uint32_t arch, const char *call,
	const uint64_t args[6], char *text, size_t size);

/* Appends the name of a futex operation, "FUTEX_WAIT_PRIVATE". Pure. */
void explain_futex_op(struct text *o, uint64_t op);

#endif
