/* SPDX-License-Identifier: MIT */
/* question_exit.c: an end that the filter does not know. */
#include "suite/questions.h"

static const struct claim normal_end[] = {
	{ FOR, "exit(7), and the return from main",
		{ { "exit/return@four/glibc", OUT_DIES, "exit_group" },
			{ "exit/return@four/musl", OUT_DIES, "exit_group" } } },
	{ AGAINST,
		"the raw exit needs nothing more, in a program of one thread",
		{ { "exit/raw@four/glibc", OUT_WORKS },
			{ "exit/raw@strict/raw", OUT_WORKS } } },
	{ AGAINST,
		"refused with an errno, return and _exit fall back to exit; in "
		"glibc no more since 2.41: they crash",
		{ { "exit/return@four-enosys/musl", OUT_WORKS },
			{ "exit/_exit@four-enosys/musl", OUT_WORKS },
			{ "exit/return@four-enosys/glibc" },
			{ "exit/_exit@four-enosys/glibc" } } },
	{ 0 },
};

static const struct claim two_threads[] = {
	{ FOR, "the leader becomes a zombie, and the parent waits on",
		{ { "exit/group-two@four/glibc", OUT_ZOMBIE, "exit_group" },
			{ "exit/group-two@four/musl", OUT_ZOMBIE,
				"exit_group" },
			{ "exit/group-two@four/raw", OUT_ZOMBIE,
				"exit_group" } } },
	{ FOR, "refused with an errno, the leader leaves alone all the same",
		{ { "exit/group-two@four-enosys/raw", OUT_ZOMBIE } } },
	{ FOR,
		"waitpid and a pidfd tell the parent nothing; SIGKILL ends "
		"what is left",
		{ { "exit/zombie-seen@four/glibc", OUT_WORKS } } },
	{ AGAINST, "where the filter kills the process, all threads end",
		{ { "exit/group-two@four-process/raw", OUT_DIES,
			"exit_group" } } },
	{ 0 },
};

static const struct claim paired[] = {
	{ FOR, "with exit_group added the status arrives, and all threads end",
		{ { "exit/return@four+exit_group/glibc", OUT_WORKS },
			{ "exit/return@four+exit_group/musl", OUT_WORKS },
			{ "exit/group-two@four+exit_group/glibc", OUT_WORKS },
			{ "exit/group-two@four+exit_group/musl", OUT_WORKS },
			{ "exit/group-two@four+exit_group/raw", OUT_WORKS } } },
	{ AGAINST,
		"it is no cure for a worker that the filter kills: the process "
		"ends as if nothing was lost",
		{ { "exit/worker-lost@four-tsync/glibc", OUT_LOSES, "getpid" },
			{ "exit/worker-lost@four-tsync/musl", OUT_LOSES,
				"getpid" } } },
	{ 0 },
};

static const struct answer answers[] = {
	{ "It turns every normal end into a kill.", normal_end },
	{ "With KILL_THREAD and a second thread, into a process that does not "
	  "end.",
		two_threads },
	{ "Pair it with exit, always.", paired },
	{ 0 },
};

const struct question question_exit = { "What does a missing exit_group do?",
	answers };
