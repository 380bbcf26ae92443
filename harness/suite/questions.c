/* SPDX-License-Identifier: MIT */
/* questions.c: what people ask of the four-call filter, in their order. */
#include "suite/questions.h"

static const struct question *const questions[] = {
	&question_futex,
	&question_single,
	&question_exit,
	&question_io,
	&question_unrelated,
};

const struct question *question_at(size_t i)
{
	return i < sizeof(questions) / sizeof(*questions) ? questions[i] : NULL;
}
