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
struct machine_kind;

/* What a worker is started with. */
struct kernel_start {
	const struct suite *s;
	struct worker_share *share; /* where it takes cells from (worker.h) */
	int no;			    /* its number among the workers */
	const char *base;	    /* the folder for its boxes */
	const char *keep; /* for what the kernel says; NULL: not kept */
};

struct kernel {
	const char *name; /* behind the + in names of cells */
	const char *about;
	/* NAME:FILE asks for another build of it. NULL: there are none. */
	void (*choose)(const char *file);
	/*
	 * Is it there? Asked before the first start(). 0, or the exit code to
	 * end with, said on stderr. NULL: it is.
	 */
	int (*prepare)(void);
	/*
	 * Starts a worker. *RECORDS is where its records come in, each a struct
	 * worker_head and a line, until it ends. Returns a child of the caller
	 * that lives as long as the worker does, takes SIGTERM for it and ends
	 * as worker_main() says, or by a signal where the worker was lost, with
	 * the reason in share->lost if there is more to say; or a negative
	 * errno.
	 */
	pid_t (*start)(const struct kernel_start *st, int *records);
	/* How it is started for other work (machine.h); NULL: it is not. */
	const struct machine_kind *machine;
};

/* A child that runs BODY, which writes its records to OUT and returns an exit
 * status: for start(). */
pid_t kernel_fork(int (*body)(const struct kernel_start *st, int out),
	const struct kernel_start *st, int *records);

/* The one that this runs on itself: what names of cells do not say. */
extern const struct kernel kernel_host;
extern const struct kernel kernel_uml;
extern const struct kernel kernel_qemu;
extern const struct kernel kernel_debian;
extern const struct kernel kernel_kcov;
extern const struct kernel kernel_gvisor;

/* FILE: where scripts/kernel keeps NAME. */
void kernel_cached(const char *name, char *file, size_t size);

/* NAME is that of one, or uml:FILE for one of several. NULL where there is none
 * of that name: then said on stderr, with those that there are. */
const struct kernel *kernel_find(const char *name);

/* What uname(2) says on K; NULL on the host, or where K was not prepared. */
const char *kernel_release(const struct kernel *k);
void kernel_set_release(const char *release);

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
