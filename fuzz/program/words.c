/* SPDX-License-Identifier: MIT */
/* words.c: the words of the text form. */
#include "program/words.h"

const char *const memory_names[MEMORY_KINDS] = {
	[MEMORY_PRIVATE] = "private",
	[MEMORY_SHARED] = "shared",
	[MEMORY_ALIAS] = "alias",
	[MEMORY_FILE] = "file",
	[MEMORY_FILE_COPY] = "filecopy",
	[MEMORY_READ_ONLY] = "readonly",
	[MEMORY_NONE] = "none",
	[MEMORY_UNMAPPED] = "unmapped",
	[MEMORY_UNALIGNED] = "unaligned",
	[MEMORY_PAGE_END] = "pageend",
	[MEMORY_HUGE] = "huge",
	[MEMORY_KERNEL] = "kernel",
	[MEMORY_PAGES] = "pages",
};

const char *const step_names[STEP_KINDS] = {
	[STEP_FUTEX] = "futex",
	[STEP_STORE] = "store",
	[STEP_ADD] = "add",
	[STEP_SLEEPS] = "sleeps",
	[STEP_READ] = "read",
	[STEP_WRITE] = "write",
	[STEP_OWN] = "own",
	[STEP_LINK] = "link",
	[STEP_PENDING] = "pending",
	[STEP_CORRUPT] = "corrupt",
	[STEP_STOP] = "stop",
	[STEP_EXIT] = "exit",
	[STEP_DROP] = "drop",
	[STEP_FORK] = "fork",
	[STEP_PRIO] = "prio",
};

const char *const broken_names[BROKEN_KINDS] = {
	[BROKEN_NULL] = "null",
	[BROKEN_SELF] = "self",
	[BROKEN_UNMAPPED] = "unmapped",
	[BROKEN_KERNEL] = "kernel",
	[BROKEN_ODD] = "odd",
};

/* In the order of their numbers: include/uapi/linux/futex.h. */
const char *const op_names[OP_NAMES] = { "wait", "wake", "fd", "requeue",
	"cmp_requeue", "wake_op", "lock_pi", "unlock_pi", "trylock_pi",
	"wait_bitset", "wake_bitset", "wait_requeue_pi", "cmp_requeue_pi",
	"lock_pi2" };
