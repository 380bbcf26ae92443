/* SPDX-License-Identifier: MIT */
/* program.c: the binary form, and the words of both. */
#include "program/program.h"

#include <linux/futex.h>
#include <string.h>

bool program_times_out(unsigned op)
{
	switch (op & 127) {
	case FUTEX_WAIT:
	case FUTEX_LOCK_PI:
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
	case FUTEX_LOCK_PI2:
		return true;
	default:
		return false;
	}
}

int program_place(const struct program *p, int word)
{
	while (p->words[word].of < word)
		word = p->words[word].of;
	return word;
}

bool program_writable(const struct program *p, int word)
{
	switch (p->words[word].memory) {
	case MEMORY_READ_ONLY:
	case MEMORY_NONE:
	case MEMORY_UNMAPPED:
	case MEMORY_KERNEL:
		return false;
	default:
		return true;
	}
}

bool program_names_word(const struct step *s)
{
	switch (s->kind) {
	case STEP_SLEEPS:
	case STEP_READ:
	case STEP_WRITE:
	case STEP_STOP:
	case STEP_EXIT:
	case STEP_FORK:
	case STEP_PRIO:
		return false;
	default:
		return true;
	}
}

struct bytes {
	const unsigned char *p, *end;
};

static unsigned take(struct bytes *b)
{
	return b->p < b->end ? *b->p++ : 0;
}

static uint32_t take32(struct bytes *b)
{
	uint32_t v = take(b);

	v |= take(b) << 8;
	v |= take(b) << 16;
	return v | (uint32_t)take(b) << 24;
}

static uint32_t fold_value(const struct step *s)
{
	switch (s->kind) {
	case STEP_SLEEPS:
		return s->val % PROGRAM_THREADS;
	case STEP_READ:
	case STEP_WRITE:
		return s->val % 64;
	case STEP_OWN:
		return s->val & ~FUTEX_TID_MASK;
	case STEP_LINK:
	case STEP_PENDING:
		return s->val % 2;
	case STEP_CORRUPT:
		return s->val % BROKEN_KINDS;
	case STEP_PRIO:
		return s->val % PROGRAM_PRIOS;
	case STEP_STOP:
	case STEP_EXIT:
	case STEP_DROP:
	case STEP_FORK:
		return 0;
	default:
		return s->val;
	}
}

/* Only what the kind of step uses: so that equal programs are equal bytes. */
static void fold(struct program *p, struct step *s)
{
	bool futex = s->kind == STEP_FUTEX;

	s->word = program_names_word(s) ? s->word % p->nwords : 0;
	if (s->kind == STEP_OWN || s->kind == STEP_PRIO)
		s->word2 %= PROGRAM_THREADS + 1;
	else
		s->word2 = futex ? s->word2 % p->nwords : 0;
	s->val = fold_value(s);
	if (!futex) {
		s->op = 0;
		s->val3 = 0;
		s->fourth = 0;
	} else if (program_times_out(s->op) &&
		   (s->fourth < TIMEOUT_FAULT || s->fourth > TIMEOUT_MAX)) {
		/* Bytes that nobody chose must not make it wait for long. */
		s->fourth = (int32_t)((uint32_t)s->fourth % 2000);
	}
}

void program_decode(struct program *p, const void *data, size_t size)
{
	struct bytes b = { data, (const unsigned char *)data + size };
	unsigned first;

	memset(p, 0, sizeof(*p));
	first = take(&b);
	p->nwords = (int)(first % PROGRAM_WORDS) + 1;
	p->hash = (int)(first / PROGRAM_WORDS % PROGRAM_HASHES);
	for (int i = 0; i < p->nwords; i++) {
		p->words[i].memory = (uint8_t)(take(&b) % MEMORY_KINDS);
		p->words[i].of = (uint8_t)(take(&b) % (i + 1));
		p->words[i].value = take32(&b);
	}
	while (b.p < b.end && p->nsteps < PROGRAM_STEPS) {
		struct step *s = &p->steps[p->nsteps++];
		unsigned op;

		s->thread = (uint8_t)(take(&b) % PROGRAM_THREADS);
		s->kind = (uint8_t)(take(&b) % STEP_KINDS);
		op = take(&b) & 127;
		s->op = (uint16_t)(op | take(&b) << 7);
		s->word = (uint8_t)take(&b);
		s->word2 = (uint8_t)take(&b);
		s->fourth = (int32_t)take32(&b);
		s->val = take32(&b);
		s->val3 = take32(&b);
		fold(p, s);
	}
}

static unsigned char *put32(unsigned char *at, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		*at++ = (unsigned char)(v >> 8 * i);
	return at;
}

size_t program_encode(
	const struct program *p, unsigned char data[PROGRAM_BINARY_MAX])
{
	unsigned char *at = data;

	*at++ = (unsigned char)(p->nwords - 1 + p->hash * PROGRAM_WORDS);
	for (int i = 0; i < p->nwords; i++) {
		*at++ = p->words[i].memory;
		*at++ = p->words[i].of;
		at = put32(at, p->words[i].value);
	}
	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		*at++ = s->thread;
		*at++ = s->kind;
		*at++ = s->op & 127;
		*at++ = (unsigned char)(s->op >> 7);
		*at++ = s->word;
		*at++ = s->word2;
		at = put32(at, (uint32_t)s->fourth);
		at = put32(at, s->val);
		at = put32(at, s->val3);
	}
	return (size_t)(at - data);
}
