/* SPDX-License-Identifier: MIT */
/*
 * kernel.h: the kernels that cells run on, and how a worker gets to run there.
 * Workers and judge are the same on each of them.
 */
#ifndef SUITE_KERNEL_H
#define SUITE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct suite;
struct worker_share;

struct kernel {
	const char *name; /* behind the + in names of cells */
	const char *about;
	/*
	 * Starts worker NO (worker.h), which takes cells of S from SHARE, with
	 * its boxes below BASE. *RECORDS is where its records come in, each a
	 * struct worker_head and a line, until it ends. Returns a child of the
	 * caller that lives as long as the worker does, takes SIGTERM for it
	 * and ends as worker_main() says, or by a signal where the worker was
	 * lost; or a negative errno.
	 */
	pid_t (*start)(const struct suite *s, struct worker_share *share,
		int no, const char *base, int *records);
};

/* The one that this runs on itself: what names of cells do not say. */
extern const struct kernel kernel_host;

/* NULL where there is none of that name: then said on stderr, with those that
 * there are. */
const struct kernel *kernel_find(const char *name);

/* The I-th, or NULL behind the last. */
const struct kernel *kernel_at(size_t i);

/* What PATTERN names behind @PROFILE/FLAVOUR+, or NULL: it names no kernel. */
const char *kernel_named(const char *pattern);

/* BASE, group/probe@profile/flavour, with +kernel off the host. */
void kernel_cell_name(
	const struct kernel *k, const char *base, char *name, size_t size);

/* Does PATTERN, a shell glob, mean BASE on K? Where it names no kernel, it
 * means BASE on each. */
bool kernel_matches(
	const struct kernel *k, const char *base, const char *pattern);

#endif
