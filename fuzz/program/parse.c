/* SPDX-License-Identifier: MIT */
/* parse.c: the text form, read. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "program/program.h"
#include "program/words.h"

/* The text, and where in it we are. */
struct reader {
	const char *name, *at, *end, *line_start;
	int line;
	char token[32];
	const char *token_at;
	char *err;
	size_t err_size;
};

__attribute__((format(printf, 2, 3))) static int expected(
	struct reader *r, const char *format, ...)
{
	int n = snprintf(r->err, r->err_size, "%s:%d:%d: expected ", r->name,
		r->line, (int)(r->token_at - r->line_start) + 1);
	va_list args;

	va_start(args, format);
	if (n > 0 && (size_t)n < r->err_size)
		vsnprintf(r->err + n, r->err_size - (size_t)n, format, args);
	va_end(args);
	return -1;
}

/* The next word of the line; false at its end or at a comment. */
static bool next(struct reader *r)
{
	size_t n = 0;

	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t'))
		r->at++;
	r->token_at = r->at;
	while (r->at < r->end && !isspace((unsigned char)*r->at) &&
		*r->at != '#') {
		if (n < sizeof(r->token) - 1)
			r->token[n++] = *r->at;
		r->at++;
	}
	r->token[n] = 0;
	return n > 0;
}

/* A whole number behind PREFIX, which is skipped. */
static bool number(const char *text, const char *prefix, int64_t min,
	int64_t max, int64_t *value)
{
	size_t n = strlen(prefix);
	char *end;

	if (strncmp(text, prefix, n) != 0 || !text[n] ||
		isspace((unsigned char)text[n]))
		return false;
	errno = 0;
	*value = strtoll(text + n, &end, 0);
	return !errno && !*end && *value >= min && *value <= max;
}

static int take_name(
	struct reader *r, const char *const *names, int n, const char *what)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(r->token, names[i]))
			return i;
	return expected(r, "%s", what);
}

static int take_number(struct reader *r, const char *prefix, int64_t min,
	int64_t max, int64_t *value, const char *what)
{
	if (next(r) && number(r->token, prefix, min, max, value))
		return 0;
	return expected(r, "%s", what);
}

static int parse_word(struct reader *r, struct program *p)
{
	int64_t v;
	int memory;

	if (p->nwords == PROGRAM_WORDS)
		return expected(r, "at most %d words", PROGRAM_WORDS);
	if (take_number(r, "w", p->nwords, p->nwords, &v,
		    "the next word's name: w0, w1, ..."))
		return -1;
	next(r);
	memory = take_name(r, memory_names, MEMORY_KINDS,
		"a kind of memory: private, shared, alias, file, filecopy, "
		"readonly, none, unmapped, unaligned, pageend, huge or kernel");
	if (memory < 0 || take_number(r, "", INT32_MIN, UINT32_MAX, &v,
				  "the word's value, 32 bits"))
		return -1;
	p->words[p->nwords].memory = (uint8_t)memory;
	p->words[p->nwords].value = (uint32_t)v;
	p->words[p->nwords].of = (uint8_t)p->nwords;
	if (next(r)) {
		if (!number(r->token, "of=w", 0, p->nwords - 1, &v))
			return expected(r, "of= and a word that was declared "
					   "above, or the end of the line");
		p->words[p->nwords].of = (uint8_t)v;
	}
	p->nwords++;
	return 0;
}

static int take_word(
	struct reader *r, const struct program *p, uint8_t *word, bool here)
{
	int64_t v;

	if ((!here && !next(r)) || !number(r->token, "w", 0, p->nwords - 1, &v))
		return expected(r, "a word that was declared above: w0 to w%d",
			p->nwords - 1);
	*word = (uint8_t)v;
	return 0;
}

static int take_timeout(struct reader *r, struct step *s)
{
	const char *text = r->token + strlen("timeout=");
	char *end;
	double v = strtod(text, &end);
	double unit = !strcmp(end, "us") ? 1 : !strcmp(end, "ms") ? 1000 : 0;

	if (!program_times_out(s->op))
		return expected(r, "no timeout: this operation takes val2");
	if (!strcmp(text, "invalid"))
		s->fourth = TIMEOUT_INVALID;
	else if (!strcmp(text, "fault"))
		s->fourth = TIMEOUT_FAULT;
	else if (end == text || unit == 0 || !(v >= 0) ||
		 v * unit > TIMEOUT_MAX)
		return expected(r, "a time-out: 5ms, 70us (at most a second), "
				   "invalid or fault");
	else
		s->fourth = (int32_t)(v * unit);
	return 0;
}

/* What may follow operation, word and value, in any order. */
static int parse_more(struct reader *r, const struct program *p, struct step *s)
{
	int64_t v;

	while (next(r)) {
		if (!strcmp(r->token, "private")) {
			s->op |= 128;
		} else if (!strcmp(r->token, "realtime")) {
			s->op |= 256;
		} else if (number(r->token, "flags=", 0, 0x7fff, &v)) {
			s->op |= (uint16_t)(v & ~127);
		} else if (number(r->token, "val3=", INT32_MIN, UINT32_MAX,
				   &v)) {
			s->val3 = (uint32_t)v;
		} else if (number(r->token, "val2=", INT32_MIN, INT32_MAX,
				   &v)) {
			if (program_times_out(s->op))
				return expected(r, "no val2: this operation "
						   "takes timeout");
			s->fourth = (int32_t)v;
		} else if (!strncmp(r->token, "timeout=", 8)) {
			if (take_timeout(r, s))
				return -1;
		} else if (r->token[0] == 'w') {
			if (take_word(r, p, &s->word2, true))
				return -1;
		} else {
			return expected(r, "private, realtime, flags=, val2=, "
					   "val3=, timeout= or a second word");
		}
	}
	return 0;
}

static int parse_futex(
	struct reader *r, const struct program *p, struct step *s)
{
	int64_t v;
	int op;

	if (next(r) && number(r->token, "op=", 0, 127, &v)) {
		op = (int)v;
	} else {
		op = take_name(r, op_names, OP_NAMES,
			"a futex operation: wait, wake, requeue, ... or "
			"op=NUMBER");
		if (op < 0)
			return -1;
	}
	s->op = (uint16_t)op;
	s->fourth = program_times_out(s->op) ? TIMEOUT_NONE : 0;
	if (take_word(r, p, &s->word, false) ||
		take_number(
			r, "", INT32_MIN, UINT32_MAX, &v, "a value, 32 bits"))
		return -1;
	s->val = (uint32_t)v;
	return parse_more(r, p, s);
}

/* own, link, pending: words that may follow, each a bit of the value; a thread
 * that is named. */
static int parse_flags(struct reader *r, struct step *s)
{
	int64_t v;

	while (next(r)) {
		if (s->kind == STEP_OWN && !strcmp(r->token, "waiters"))
			s->val |= FUTEX_WAITERS;
		else if (s->kind == STEP_OWN && !strcmp(r->token, "died"))
			s->val |= FUTEX_OWNER_DIED;
		else if (s->kind == STEP_OWN &&
			 number(r->token, "tid=t", 0, PROGRAM_THREADS - 1, &v))
			s->word2 = (uint8_t)(v + 1);
		else if (s->kind != STEP_OWN && !strcmp(r->token, "pi"))
			s->val = 1;
		else
			return expected(r, s->kind == STEP_OWN
						   ? "tid= and a thread, "
						     "waiters, died or the end "
						     "of the line"
						   : "pi or the end of the "
						     "line");
	}
	return 0;
}

static int parse_broken(struct reader *r, struct step *s)
{
	int broken;

	next(r);
	broken = take_name(r, broken_names, BROKEN_KINDS,
		"where the link leads: null, self, unmapped, kernel or odd");
	if (broken < 0)
		return -1;
	s->val = (uint32_t)broken;
	return next(r) ? expected(r, "the end of the line") : 0;
}

static int parse_prio(struct reader *r, struct step *s)
{
	int64_t v;

	if (take_number(r, "", 0, PROGRAM_PRIOS - 1, &v,
		    "a priority: 1 to 9, or 0"))
		return -1;
	s->val = (uint32_t)v;
	if (!next(r))
		return 0;
	if (!number(r->token, "tid=t", 0, PROGRAM_THREADS - 1, &v))
		return expected(r, "tid= and a thread, or the end of the line");
	s->word2 = (uint8_t)(v + 1);
	return next(r) ? expected(r, "the end of the line") : 0;
}

static int parse_rest(struct reader *r, struct program *p, struct step *s)
{
	int64_t v = 0;
	int ret = 0;

	switch (s->kind) {
	case STEP_FUTEX:
		return parse_futex(r, p, s);
	case STEP_STORE:
	case STEP_ADD:
		ret = take_word(r, p, &s->word, false) ||
		      take_number(r, "", INT32_MIN, UINT32_MAX, &v,
			      "a value, 32 bits");
		break;
	case STEP_OWN:
	case STEP_LINK:
	case STEP_PENDING:
		return take_word(r, p, &s->word, false) ? -1
							: parse_flags(r, s);
	case STEP_CORRUPT:
		return take_word(r, p, &s->word, false) ? -1
							: parse_broken(r, s);
	case STEP_DROP:
		ret = take_word(r, p, &s->word, false);
		break;
	case STEP_PRIO:
		return parse_prio(r, s);
	case STEP_SLEEPS:
		ret = take_number(r, "t", 0, PROGRAM_THREADS - 1, &v,
			"a thread: t0 to t7");
		break;
	case STEP_READ:
	case STEP_WRITE:
		ret = take_number(r, "", 0, 63, &v, "0 to 63 bytes");
		break;
	}
	s->val = (uint32_t)v;
	if (ret)
		return -1;
	return next(r) ? expected(r, "the end of the line") : 0;
}

/* A comment that is a number or an errno's name. */
static void parse_comment(struct reader *r, struct step *s)
{
	int64_t v;

	while (r->at < r->end && (*r->at == '#' || *r->at == ' '))
		r->at++;
	if (!next(r))
		return;
	s->want = -program_errno(r->token);
	s->expects = s->want != 0;
	if (number(r->token, "", 0, INT32_MAX, &v)) {
		s->expects = true;
		s->want = (int32_t)v;
	}
}

static int parse_step(struct reader *r, struct program *p)
{
	struct step *s = &p->steps[p->nsteps];
	int64_t thread;
	int kind;

	if (!number(r->token, "t", 0, PROGRAM_THREADS - 1, &thread))
		return expected(r, "a word or a thread's step: t0 to t7");
	if (p->nsteps == PROGRAM_STEPS)
		return expected(r, "at most %d steps", PROGRAM_STEPS);
	next(r);
	kind = take_name(r, step_names, STEP_KINDS,
		"a step: futex, store, add, sleeps, read, write, own, link, "
		"pending, corrupt, stop, exit, drop, fork or prio");
	if (kind < 0)
		return -1;
	s->thread = (uint8_t)thread;
	s->kind = (uint8_t)kind;
	if (!p->nwords && program_names_word(s))
		return expected(r, "a word before the first step: word w0 "
				   "private 0");
	if (parse_rest(r, p, s))
		return -1;
	parse_comment(r, s);
	p->nsteps++;
	return 0;
}

static int parse_hash(struct reader *r, struct program *p)
{
	int64_t v;

	if (take_number(r, "", 2, 1 << (PROGRAM_HASHES - 1), &v,
		    "a number of slots: 2, 4, 8, ... 128"))
		return -1;
	if (v & (v - 1))
		return expected(r, "a power of two");
	p->hash = __builtin_ctzll((uint64_t)v);
	return next(r) ? expected(r, "the end of the line") : 0;
}

static int parse_line(struct reader *r, struct program *p)
{
	if (!next(r))
		return 0;
	if (!strcmp(r->token, "hash"))
		return parse_hash(r, p);
	return strcmp(r->token, "word") ? parse_step(r, p) : parse_word(r, p);
}

int program_parse(struct program *p, const char *name, const char *text,
	size_t size, char *err, size_t err_size)
{
	struct reader r = { .name = name,
		.at = text,
		.end = text + size,
		.err = err,
		.err_size = err_size };

	memset(p, 0, sizeof(*p));
	while (r.at < r.end) {
		r.line_start = r.at;
		r.line++;
		if (parse_line(&r, p))
			return -1;
		while (r.at < r.end && *r.at != '\n')
			r.at++;
		r.at += r.at < r.end;
	}
	if (!p->nwords)
		p->nwords = 1;
	return 0;
}
