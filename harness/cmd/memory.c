/* SPDX-License-Identifier: MIT */
/*
 * memory.c: memory that is not to be had ends the command, here, in one place.
 *
 * The libraries do not agree on it: libdw exits with 1, which says that
 * something was found, libseccomp frees twice, jansson leaves out what it has
 * no room for. Of the command alone, not of its library: a test has its own.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/quartet.h"
#include "sys/failure.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED
#endif

#ifndef SANITIZED

/* A stranger's file may name any size: more than this is answered, not died of.
 */
#define OURS ((size_t)64 << 20)

static pid_t command;

__attribute__((constructor)) static void begin(void)
{
	command = getpid();
}

static void *given(void *p, size_t size)
{
	if (p || !size || size > OURS)
		return p;
	failure_say("out of memory");
	/* What a fork has in its buffers is not its own to write. */
	if (getpid() != command)
		_exit(EXIT_SYSTEM);
	exit(EXIT_SYSTEM);
}

void *malloc(size_t size)
{
	static void *(*next)(size_t);

	if (!next)
		next = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
	return given(next(size), size);
}

void *calloc(size_t n, size_t size)
{
	static void *(*next)(size_t, size_t);
	size_t all;

	if (!next)
		next = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
	if (__builtin_mul_overflow(n, size, &all))
		all = (size_t)-1;
	return given(next(n, size), all);
}

void *realloc(void *p, size_t size)
{
	static void *(*next)(void *, size_t);

	if (!next)
		next = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
	return given(next(p, size), size);
}

#endif
