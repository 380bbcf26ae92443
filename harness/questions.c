/* SPDX-License-Identifier: MIT */
/* questions.c: what people ask of the four-call filter, and what proves it. */
#include "questions.h"

#include <stddef.h>

static const struct claim exit_claims[] = {
	{ "without exit_group, exit(7) is a kill",
		{ { "exit/return@four/glibc", OUT_DIES, "exit_group" },
			{ "exit/return@four/musl", OUT_DIES, "exit_group" } } },
	{ "with it added, the status arrives",
		{ { "exit/return@four+exit_group/glibc", OUT_WORKS, NULL } } },
	{ "the raw exit needs nothing more",
		{ { "exit/raw@four/glibc", OUT_WORKS, NULL },
			{ "exit/raw@strict/raw", OUT_WORKS, NULL } } },
	{ 0 },
};

const struct question questions[] = {
	{ "What does a missing exit_group do?",
		"It turns every normal end into a kill.", exit_claims },
};

const int nquestions = sizeof(questions) / sizeof(*questions);
