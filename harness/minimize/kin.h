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
	KIN_WAITS = 1,	   /* all waits and wakes: threads meet */
	KIN_PI = 2,	   /* those of locks that lend their priority */
	KIN_SIGRETURN = 4, /* the return from a signal handler */
	KIN_RESTART = 8,   /* what a stopped wait goes on by */
	KIN_THREADS = 16,  /* what a libc does for threads, by their luck */
	KIN_POLLS = 32,	   /* what Go does where it polls */
	/* Those of one libc each. */
	KIN_GLIBC_THREADS = 64,
	KIN_MUSL_THREADS = 128,
	KIN_GO = 256,
	KIN_GO_POLLS = 512,
	KIN_HEAP = 1024,    /* what a libc's heap takes at other sizes */
	KIN_STREAMS = 2048, /* what its streams ask another kind of file */
	KIN_GLIBC_HEAP = 4096,
	KIN_MUSL_HEAP = 8192,
	KIN_GLIBC_STREAMS = 16384,
};

#define KIN_OF "kin of what was seen: "

/* Go's runtime stands in for one. */
enum { LIBC_GLIBC = 1, LIBC_MUSL = 2, LIBC_GO = 4 };

/* A call that is brought by KIN_*, or the one that has VALUE, whose name is
 * HOW, as its argument ARG; -1: whatever the arguments. */
struct kin_call {
	unsigned brought;
	const char *call;
	int arg;
	uint64_t value;
	const char *how, *why;
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

/* Adds to the result what it brings and does not have, unless the base refuses
 * it or m->from has it. 0, or -1 and m->failure tells. */
int minimize_add_kin(struct minimize *m);

#endif
