/* SPDX-License-Identifier: MIT */
/*
 * kin.h: calls that are one need with others, though no run may make them: it
 * is luck whether a lock is free, a signal comes or somebody stops a wait.
 */
#ifndef MINIMIZE_KIN_H
#define MINIMIZE_KIN_H

#include <stdint.h>
#include <sys/types.h>

/* What a call brings with it. */
enum {
	KIN_WAITS = 1,	   /* all waits and wakes: threads meet */
	KIN_PI = 2,	   /* those of locks that lend their priority */
	KIN_SIGRETURN = 4, /* the return from a signal handler */
	KIN_RESTART = 8,   /* what a stopped wait goes on by */
};

enum { LIBC_GLIBC = 1, LIBC_MUSL = 2 };

struct explain_refusal;
struct minimize;

/* What CALL, as R made it, brings. What its arguments point to is read from the
 * memory of the thread. */
unsigned minimize_brings(const char *call, const struct explain_refusal *r);

/* The libcs that make the futex operation OP themselves; 0: none does. Pure. */
unsigned minimize_makes(uint32_t op);

/* The libcs that the program of thread TID, or the one in the file FD, may be
 * linked with: one where its dynamic linker or, if it is static, glibc's note
 * tells; else all. */
unsigned minimize_libc(pid_t tid);
unsigned minimize_libc_of(int fd);

/* Adds to the result what it brings and does not have, unless the base refuses
 * it or m->from has it. 0, or -1 and m->failure tells. */
int minimize_add_kin(struct minimize *m);

#endif
