/* SPDX-License-Identifier: MIT */
/* doers.h: how each call of harness/lint/sibling_table.c does its thing. */
#ifndef TEST_SIBLINGS_DOERS_H
#define TEST_SIBLINGS_DOERS_H

#include <stdbool.h>

/* What the calls work on, made anew for each pair, in the current folder:
 * file, link, folder, device. */
struct stage {
	int file, folder;   /* descriptors of `file` and `.` */
	int listener, port; /* of 127.0.0.1 */
	int ends[2];	    /* of a connected pair of sockets */
	int other;	    /* a child that may be looked into */
	char *low;	    /* a page below 4 GiB, for calls of i386 */
};

/* Makes the call, NR; its result, or minus an errno. */
struct doer {
	const char *what; /* of its group; NULL: of any */
	const char *call;
	long (*act)(const struct stage *s, long nr);
};

extern const struct doer doers_files[], doers_contents[], doers_processes[],
	doers_sockets[], doers_futexes[], doers_i386[];

/* Whether what WHAT says was done; where the call itself says it, true. */
bool is_done(const char *what, const struct stage *s);

bool begins(const char *text, const char *with);

#define DO(name) static long name(const struct stage *s, long nr)

/* A call as the kernel answers it. */
long raw(long nr, long a, long b, long c, long d, long e, long f);
#define RAW6(nr, a, b, c, d, e, f, ...)                                        \
	raw(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e),         \
		(long)(f))
#define RAW(...) RAW6(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

/* The same of i386's table. */
#define LOW6(nr, a, b, c, d, e, ...)                                           \
	raw32(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))
#define LOW(...) LOW6(__VA_ARGS__, 0, 0, 0, 0, 0, 0)
long raw32(long nr, long a, long b, long c, long d, long e);

/* 0 where RET comes from the kernel's own code of a call that can do no harm as
 * it was made, and is refused there. */
long reached(long ret);

#endif
