/* SPDX-License-Identifier: MIT */
/* question_single.c: who calls futex where there is nobody to wait for. */
#include "suite/questions.h"

static const struct claim not_malloc[] = {
	{ FOR, "malloc and free live under a filter without futex",
		{ { "malloc/single-lock@three/glibc", OUT_WORKS },
			{ "malloc/single-lock@three/musl", OUT_WORKS },
			{ "malloc/warm@three/glibc", OUT_WORKS } } },
	{ FOR,
		"so do mutexes, semaphores, conditions and rwlocks that nobody "
		"else wants",
		{ { "thread/alone-mutex@three/glibc", OUT_WORKS },
			{ "thread/alone-sem@three/glibc", OUT_WORKS },
			{ "thread/alone-cond@three/glibc", OUT_WORKS },
			{ "thread/alone-rwlock@three/glibc", OUT_WORKS } } },
	{ AGAINST, "a PI mutex asks the kernel for PI when it is made",
		{ { "thread/alone-pi-init@three/glibc", OUT_DIES, "futex" },
			{ "thread/alone-pi-init@three/musl", OUT_DIES,
				"futex" } } },
	{ 0 },
};

static const struct claim wakers[] = {
	{ FOR, "pthread_once and barriers wake waiters that are not there",
		{ { "thread/alone-once@three/glibc", OUT_DIES, "futex" },
			{ "thread/alone-barrier@three/glibc", OUT_DIES,
				"futex" } } },
	{ FOR,
		"a program's first unwinding, by an exception, goes through "
		"pthread_once",
		{ { "libc/unwind@three/glibc", OUT_DIES, "futex" },
			{ "libc/unwind@four/glibc", OUT_WORKS } } },
	{ AGAINST, "not in musl",
		{ { "thread/alone-once@three/musl", OUT_WORKS },
			{ "thread/alone-barrier@three/musl", OUT_WORKS } } },
	{ 0 },
};

static const struct claim arenas[] = {
	{ FOR, "two threads that share an arena live on the four",
		{ { "malloc/contention@four-tsync/glibc", OUT_WORKS } } },
	{ AGAINST, "a thread's own arena needs mmap",
		{ { "malloc/thread-first@four-process-tsync/glibc", OUT_DIES,
			"mmap" } } },
	{ AGAINST, "musl has no arenas: a thread's first malloc lives",
		{ { "malloc/thread-first@four-process-tsync/musl",
			OUT_WORKS } } },
	{ 0 },
};

static const struct answer answers[] = {
	{ "Not malloc, nor a lock that no other thread wants: it is skipped, "
	  "or "
	  "taken without a call.",
		not_malloc },
	{ "In glibc those who wake without looking for a waiter: pthread_once, "
	  "a barrier, and a program's first unwinding.",
		wakers },
	{ "With threads malloc's lock needs no call beyond the four.", arenas },
	{ 0 },
};

const struct question question_single = {
	"Who calls futex in a program with one thread?", answers
};
