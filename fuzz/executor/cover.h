/* SPDX-License-Identifier: MIT */
/*
 * cover.h: what kernel code the calls of a program went through, where the
 * kernel was built with KCOV (Documentation/dev-tools/kcov.rst): each thread
 * has a buffer in which the kernel puts the address of each block that it
 * enters.
 */
#ifndef EXECUTOR_COVER_H
#define EXECUTOR_COVER_H

#include <stddef.h>
#include <stdint.h>

#define COVER_EDGES  32768	/* places for edges, a byte each */
#define COVER_BLOCKS (16 << 20) /* addresses from COVER_TEXT on, a bit each */
#define COVER_TEXT   0xffffffff81000000ull /* where a PC's kernel lies */

/*
 * From now on executors that are opened mark there what was gone through: 1 in
 * EDGES for each step from one block to the next, and a bit in BLOCKS, of
 * COVER_BLOCKS. Both in memory that forked processes share.
 */
void cover_into(uint8_t *edges, uint8_t *blocks);

/* N buffers, as the descriptors that they are mapped by; -1 where nobody asked,
 * or the kernel has none. Each serves one thread after the other. */
void cover_open(int *fds, int n);
void cover_close(const int *fds, int n);

/* Inside, before the filter is there: this thread's buffer is FD's from now on,
 * until the thread's end. NULL: it has none. */
uint64_t *cover_start(int fd);

/* Inside, around a call of the thread whose buffer it is; NULL: nothing. */
void cover_begin(uint64_t *buffer);
void cover_end(const uint64_t *buffer);

#endif
