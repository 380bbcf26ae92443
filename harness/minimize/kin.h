/* SPDX-License-Identifier: MIT */
/*
 * kin.h: calls that are one need with others, though no run may make them: it
 * is luck whether a lock is free, a signal comes or somebody stops a wait.
 */
#ifndef MINIMIZE_KIN_H
#define MINIMIZE_KIN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What a call brings with it. */
enum {
	KIN_WAITS = 1 << 0,	/* all waits and wakes: threads meet */
	KIN_PI = 1 << 1,	/* those of locks that lend their priority */
	KIN_SIGRETURN = 1 << 2, /* the return from a signal handler */
	KIN_RESTART = 1 << 3,	/* what a stopped wait goes on by */
	KIN_THREADS = 1 << 4, /* what a libc does for threads, by their luck */
	KIN_POLLS = 1 << 5,   /* what Go does where it polls */
	KIN_GO = 1 << 6,      /* what Go does by luck */
	KIN_GO_POLLS = 1 << 7,
	KIN_HEAP = 1 << 8,    /* what a libc's heap takes at other sizes */
	KIN_STREAMS = 1 << 9, /* what its streams ask another kind of file */
	KIN_STREAMS_AT = 1 << 10,   /* ... by newfstatat */
	KIN_STREAMS_STAT = 1 << 11, /* ... by fstat */
	KIN_STREAMS_MUSL = 1 << 12, /* as musl has them */
	KIN_ABORT = 1 << 13,	    /* abort(3) */
	KIN_FAILS = 1 << 23,	    /* what fails says so */
	KIN_LOCALE = 1 << 14,	    /* another locale */
	KIN_TIME = 1 << 15,	    /* what time it is */
	KIN_RANDOM = 1 << 16,
	KIN_FSTATAT = 1 << 17, /* fstat(3) by newfstatat */
	KIN_FSTAT = 1 << 18,   /* ... by fstat */
	KIN_SPAWN = 1 << 19,   /* another process */
	KIN_SLEEP = 1 << 20,
	KIN_START = 1 << 21,  /* the start of a program */
	KIN_PERROR = 1 << 24, /* perror(3) */
	KIN_COPIES = 1 << 25, /* from file to file, not by way of the program */
	/* Of a row: it is another version of the libc that does so. */
	KIN_NEXT = 1 << 22,
};

#define KIN_OF "kin of what was seen: "

/* Go's runtime stands in for one. */
enum { LIBC_GLIBC = 1, LIBC_MUSL = 2, LIBC_GO = 4 };

/* A call that one of LIBCS makes, brought by KIN_*, or the one that has VALUE,
 * whose name is HOW, as its argument ARG; -1: whatever the arguments. */
struct kin_call {
	unsigned brought, libcs;
	const char *call;
	int arg;
	uint64_t value;
	const char *how, *why;
	const char *source; /* file and function */
};

extern const struct kin_call minimize_kin_calls[];
extern const size_t minimize_nkin_calls;

struct explain_refusal;
struct minimize;

/* What CALL, as R made it, brings. What its arguments point to is read from the
 * memory of the thread. */
unsigned minimize_brings(const char *call, const struct explain_refusal *r);

/* The libcs that make the futex operation OP themselves; 0: none does. Pure. */
unsigned minimize_makes(uint32_t op);

/* The libcs that the program of thread TID, or the one in the file FD, may be
 * linked with: one where its dynamic linker or, if it is static, glibc's note
 * or Go's tells; else both of C's. A program of Go's has LIBC_GO beside its
 * libc. */
unsigned minimize_libc(pid_t tid);
unsigned minimize_libc_of(int fd);

/* KIN_* of the functions that the program of thread TID, or the one in the file
 * FD, imports: no run need call them in vain. What its libraries import is not
 * looked at. */
unsigned minimize_imports(pid_t tid);
unsigned minimize_imports_of(int fd);

/* Adds to the result what it brings and does not have, unless the base refuses
 * it or m->from has it. 0, or -1 and m->failure tells. */
int minimize_add_kin(struct minimize *m);

#endif
