/* SPDX-License-Identifier: MIT */
/* waited.h: things that threads wait for, and by which others wake them. */
#ifndef EXPLAIN_WAITED_H
#define EXPLAIN_WAITED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "hang/state.h"

enum waited_kind {
	WAITED_NONE, /* or nothing that can be told from others */
	WAITED_WORD, /* of a futex */
	WAITED_PIPE,
	WAITED_EVENT, /* eventfd(2) */
	WAITED_SOCKET,
	WAITED_TIMER, /* timerfd(2): nobody need wake it */
};

struct waited {
	enum waited_kind kind;
	pid_t pid;    /* of a private word: whose; of a socket: who has it */
	dev_t dev;    /* of a pipe, or of the file that a word lies in */
	uint64_t ino; /* an inode; an eventfd's number; a word's address, or
			 its place in the file */
	uint64_t of;  /* the file's inode */
	int fd;	      /* by which it was found; -1: by none */
};

/* Descriptor FD of thread TID, whose process is PID. */
struct waited waited_fd(pid_t pid, pid_t tid, int fd);
/* The futex at ADDR. */
struct waited waited_word(pid_t pid, pid_t tid, uint64_t addr, bool private);

#define WAITED_MAX 256

/* What the sleeping thread S waits for without a time-out, at most WAITED_MAX;
 * returns how many. */
int waited_by(const struct thread_state *s, struct waited *list);

/* Does what is done to FROM wake who waits for BY? A socket wakes who waits for
 * its other end. */
bool waited_wakes(const struct waited *from, const struct waited *by);

/* "a pipe", "the other end of a socket". */
const char *waited_name(enum waited_kind kind);

#endif
