/* SPDX-License-Identifier: MIT */
/*
 * mutator.c: AFL++'s custom mutator for futex programs, a library of its own.
 * The functions are those of AFL++'s docs/custom_mutators.md. No system call.
 */
#include <stdlib.h>
#include <string.h>

#include "program/mutate.h"

struct mutator {
	struct dice dice;
	unsigned char out[PROGRAM_BINARY_MAX];
	/* Trimming: what is left so far, and what is tried. */
	struct program left, tried;
	int at, chunk;
};

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t size,
	unsigned char **out, unsigned char *add, size_t add_size, size_t max);
int afl_custom_init_trim(void *data, unsigned char *buf, size_t size);
size_t afl_custom_trim(void *data, unsigned char **out);
int afl_custom_post_trim(void *data, unsigned char success);
void afl_custom_deinit(void *data);

void *afl_custom_init(void *afl, unsigned int seed)
{
	struct mutator *m = calloc(1, sizeof(*m));

	(void)afl;
	if (m)
		m->dice.state = ((uint64_t)seed << 1 | 1) * 0x9e3779b97f4a7c15;
	return m;
}

void afl_custom_deinit(void *data)
{
	free(data);
}

/* Within MAX: what does not fit are whole steps from the end. */
static size_t encode(struct mutator *m, const struct program *p, size_t max)
{
	size_t size = program_encode(p, m->out);

	return size < max ? size : max;
}

size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t size,
	unsigned char **out, unsigned char *add, size_t add_size, size_t max)
{
	struct mutator *m = data;
	struct program p, other;

	program_decode(&p, buf, size);
	if (add)
		program_decode(&other, add, add_size);
	mutate(&p, add ? &other : NULL, &m->dice);
	*out = m->out;
	return encode(m, &p, max);
}

/* Runs of steps are left out, halves first, then single ones: from AT on, and
 * no further than there are. What AFL++ is told is how often at most. */
int afl_custom_init_trim(void *data, unsigned char *buf, size_t size)
{
	struct mutator *m = data;

	program_decode(&m->left, buf, size);
	m->chunk = m->left.nsteps / 2;
	m->at = 0;
	return m->chunk ? 1 : 0;
}

size_t afl_custom_trim(void *data, unsigned char **out)
{
	struct mutator *m = data;
	struct program *p = &m->tried;
	int n = m->chunk, after;

	*p = m->left;
	if (m->at + n > p->nsteps)
		n = p->nsteps - m->at;
	after = p->nsteps - m->at - n;
	memmove(&p->steps[m->at], &p->steps[m->at + n],
		(size_t)after * sizeof(*p->steps));
	p->nsteps -= n;
	*out = m->out;
	return encode(m, p, sizeof(m->out));
}

/* 0: one more is to be tried; 1: it is done. */
int afl_custom_post_trim(void *data, unsigned char success)
{
	struct mutator *m = data;

	if (success)
		m->left = m->tried;
	else
		m->at += m->chunk;
	if (m->at >= m->left.nsteps) {
		m->chunk /= 2;
		m->at = 0;
	}
	return m->chunk && m->left.nsteps > 1 ? 0 : 1;
}
