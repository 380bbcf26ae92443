/* SPDX-License-Identifier: MIT */
/*
 * blackbox.h: what is left of a kernel that died under a campaign: a file of
 * the host's that a guest sees as memory, so that nothing in it is lost.
 */
#ifndef SESSION_BLACKBOX_H
#define SESSION_BLACKBOX_H

#include "executor/cover.h"
#include "program/program.h"

#define BLACKBOX_SIZE (4u << 20) /* of the file: QEMU asks for a power of 2 */
#define BLACKBOX_LAST 16	 /* programs */

struct blackbox {
	uint64_t programs; /* that were begun */
	struct blackbox_program {
		uint32_t size;
		uint32_t number; /* N + 1, once it is whole; 0 until then */
		unsigned char data[PROGRAM_BINARY_MAX];
	} last[BLACKBOX_LAST]; /* the one begun as number N in N modulo that */
	uint8_t blocks[COVER_BLOCKS / 8]; /* (cover.h) */
};

/* PATH, which is made where it is missing; NULL with errno set, EINVAL where
 * PATH is NULL. */
struct blackbox *blackbox_open(const char *path);
void blackbox_close(struct blackbox *b);

/* A program is about to run. */
void blackbox_begin(struct blackbox *b, const unsigned char *data, size_t size);

/* The I-th last that was begun, 0 the very last: false where there is none, or
 * it was not written yet, and so did not run. */
bool blackbox_last(const struct blackbox *b, uint32_t i, struct program *p);

/* They are written as DIR/last-01.futex, the very last, and so on. */
void blackbox_write_last(const struct blackbox *b, const char *dir);

#endif
