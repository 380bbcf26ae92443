/* SPDX-License-Identifier: MIT */
/*
 * hash.h: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), of 32 and 64
 * bits: the same on every machine. It tells things apart, and does not
 * withstand who chooses them.
 */
#ifndef SYS_HASH_H
#define SYS_HASH_H

#include <stddef.h>
#include <stdint.h>

/* What the hash of nothing is: each begins with it. */
#define HASH32 2166136261u
#define HASH64 14695981039346656037u

/* Goes on from HASH with SIZE bytes. */
static inline uint32_t hash32(uint32_t hash, const void *bytes, size_t size)
{
	for (const unsigned char *b = bytes; size; size--)
		hash = (hash ^ *b++) * 16777619u;
	return hash;
}

static inline uint64_t hash64(uint64_t hash, const void *bytes, size_t size)
{
	for (const unsigned char *b = bytes; size; size--)
		hash = (hash ^ *b++) * 1099511628211u;
	return hash;
}

#endif
