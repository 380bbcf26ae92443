/* SPDX-License-Identifier: MIT */
/*
 * read_minijail_expr.c: words, values and expressions of minijail policies,
 * seccomp_policy(5), into comparisons as libseccomp has them.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/narrow.h"
#include "profile/read_minijail.h"
#include "sys/constants.h"

#define MAX_NESTING 8

int policy_fail(struct policy *r, const char *format, ...)
{
	va_list ap;
	int n = snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:%d: ", r->where, r->line, (int)(r->at - r->line_at) + 1);

	va_start(ap, format);
	vsnprintf(
		r->err->text + n, sizeof(r->err->text) - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

char policy_peek(struct policy *r)
{
	while (r->at < r->end) {
		if (*r->at == '#') {
			while (r->at < r->end && *r->at != '\n')
				r->at++;
		} else if (*r->at == '\\' && r->end - r->at > 1 &&
			   r->at[1] == '\n') {
			r->line_at = r->at += 2;
			r->line++;
		} else if (*r->at == ' ' || *r->at == '\t' || *r->at == '\r') {
			r->at++;
		} else {
			return *r->at;
		}
	}
	return '\n';
}

bool policy_take(struct policy *r, const char *token)
{
	size_t n = strlen(token);

	policy_peek(r);
	if ((size_t)(r->end - r->at) < n || memcmp(r->at, token, n) != 0)
		return false;
	r->at += n;
	return true;
}

int policy_word(struct policy *r, char *word, size_t size, const char *what)
{
	const char *s;
	size_t n = 0;

	policy_peek(r);
	for (s = r->at; s + n < r->end; n++)
		if (!isalnum((unsigned char)s[n]) && s[n] != '_' &&
			!(n && (s[n] == '-' || s[n] == '@')))
			break;
	if (!n || n >= size)
		return policy_fail(r, "expected %s", what);
	memcpy(word, s, n);
	word[n] = '\0';
	r->at += n;
	return 0;
}

/* Octal, decimal or hexadecimal, as strtol(3) reads them. */
static int read_number(struct policy *r, uint64_t *value)
{
	bool minus = policy_take(r, "-");
	char word[40], *end;

	if (policy_word(r, word, sizeof(word), "a number"))
		return -1;
	errno = 0;
	*value = strtoull(word, &end, 0);
	if (*end || errno || (minus && *value > INT64_MAX))
		return policy_fail(r, "%s is not a number of 64 bits", word);
	if (minus)
		*value = -*value;
	return 0;
}

static int read_constant(struct policy *r, uint64_t *value)
{
	char word[64];

	if (policy_peek(r) == '-' || isdigit((unsigned char)*r->at))
		return read_number(r, value);
	if (policy_word(r, word, sizeof(word), "a number or a constant"))
		return -1;
	if (constants_find(word, value))
		return 0;
	return policy_fail(
		r, "%s is no constant known here; write its number", word);
}

static int read_value(struct policy *r, unsigned depth, uint64_t *value)
{
	*value = 0;
	do {
		bool negate = policy_take(r, "~");
		uint64_t one;

		if (depth == MAX_NESTING)
			return policy_fail(r, "nested too deep");
		if (!policy_take(r, "(")) {
			if (read_constant(r, &one))
				return -1;
		} else if (read_value(r, depth + 1, &one)) {
			return -1;
		} else if (!policy_take(r, ")")) {
			return policy_fail(r, "expected )");
		}
		*value |= negate ? ~one : one;
		if (policy_peek(r) == '|' && r->end - r->at > 1 &&
			r->at[1] == '|')
			break;
	} while (policy_take(r, "|"));
	return 0;
}

int policy_value(struct policy *r, uint64_t *value)
{
	return read_value(r, 0, value);
}

bool policy_value_of(
	const char *text, uint64_t *value, struct profile_error *err)
{
	struct policy r = {
		.err = err,
		.where = text,
		.at = text,
		.line_at = text,
		.end = text + strlen(text),
		.line = 1,
	};

	if (policy_value(&r, value))
		return false;
	if (r.at == r.end)
		return true;
	policy_fail(&r, "expected nothing behind it");
	return false;
}

/* Several of one argument are made one by policy_narrow. */
static int add_cmp(
	struct policy *r, struct policy_clause *c, struct scmp_arg_cmp a)
{
	if (c->n == POLICY_CHECKS)
		return policy_fail(r, "more than %d checks in one conjunction",
			POLICY_CHECKS);
	c->args[c->n++] = a;
	return 0;
}

static int add_clause(
	struct policy *r, struct policy_expr *e, const struct policy_clause *c)
{
	if (e->n == POLICY_CLAUSES)
		return policy_fail(
			r, "more than %d alternatives", POLICY_CLAUSES);
	if (e->n % 64 == 0) {
		struct policy_clause *more =
			realloc(e->clauses, (e->n + 64) * sizeof(*e->clauses));

		if (!more)
			return policy_fail(r, "out of memory");
		e->clauses = more;
	}
	e->clauses[e->n++] = *c;
	return 0;
}

/* "&" holds when any of the bits is set: a clause for each. */
static int add_bits(struct policy *r, struct policy_expr *e, unsigned first,
	unsigned arg, uint64_t bits)
{
	unsigned old = e->n;

	if (!bits)
		return policy_fail(r, "& 0 never holds");
	for (uint64_t bit = bits & -bits, rest = bits & (bits - 1);;
		bit = rest & -rest, rest &= rest - 1) {
		struct scmp_arg_cmp a = { arg, SCMP_CMP_MASKED_EQ, bit, bit };

		for (unsigned i = first; i < old; i++) {
			struct policy_clause c = e->clauses[i];

			if (add_cmp(r, &c, a))
				return -1;
			if (!rest)
				e->clauses[i] = c;
			else if (add_clause(r, e, &c))
				return -1;
		}
		if (!rest)
			return 0;
	}
}

static int read_operator(struct policy *r, int *op)
{
	static const struct {
		const char *token;
		int op;
	} tokens[] = {
		{ "==", SCMP_CMP_EQ },
		{ "!=", SCMP_CMP_NE },
		{ "<=", SCMP_CMP_LE },
		{ ">=", SCMP_CMP_GE },
		{ "<", SCMP_CMP_LT },
		{ ">", SCMP_CMP_GT },
		{ "&", 0 },
		{ "in", SCMP_CMP_MASKED_EQ },
	};

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++)
		if (policy_take(r, tokens[i].token)) {
			*op = tokens[i].op;
			return 0;
		}
	return policy_fail(r, "expected ==, !=, <, <=, >, >=, & or in");
}

/* Adds an atom to the clauses from FIRST on. */
static int read_atom(struct policy *r, struct policy_expr *e, unsigned first)
{
	uint64_t value;
	unsigned arg;
	int op = 0;

	if (!policy_take(r, "arg") || r->at == r->end || *r->at < '0' ||
		*r->at > '5')
		return policy_fail(r, "expected arg0 to arg5");
	arg = (unsigned)(*r->at++ - '0');
	if (read_operator(r, &op) || policy_value(r, &value))
		return -1;
	if (!op)
		return add_bits(r, e, first, arg, value);
	for (unsigned i = first; i < e->n; i++) {
		struct scmp_arg_cmp a = { arg, (enum scmp_compare)op, value,
			0 };

		if (op == SCMP_CMP_MASKED_EQ)
			a.datum_a = ~value;
		if (add_cmp(r, &e->clauses[i], a))
			return -1;
	}
	return 0;
}

struct narrowed {
	struct policy *r;
	struct policy_expr *e;
};

static int add_narrow(void *to, const struct scmp_arg_cmp *args, unsigned n)
{
	const struct narrowed *s = to;
	struct policy_clause c = { .n = n };

	if (n)
		memcpy(c.args, args, n * sizeof(*args));
	return add_clause(s->r, s->e, &c);
}

/* Clauses that check an argument twice, as ones that do not. */
static int narrow_clauses(struct policy *r, struct policy_expr *e)
{
	const struct policy_expr old = *e;
	struct narrowed to = { r, e };
	int ret = 0;

	*e = (struct policy_expr){ 0 };
	for (unsigned i = 0; i < old.n && !ret; i++) {
		const struct policy_clause *c = &old.clauses[i];
		struct narrow list[POLICY_CHECKS] = { 0 };

		for (unsigned k = 0; k < c->n; k++)
			list[k].cmp = c->args[k];
		ret = narrow(list, c->n, add_narrow, &to);
		if (ret == -E2BIG || ret == -ENOMEM)
			policy_fail(r, "%s",
				ret == -E2BIG ? "more alternatives than are "
						"read"
					      : "out of memory");
	}
	free(old.clauses);
	if (!ret && !e->n)
		return policy_fail(r, "this never holds");
	return ret ? -1 : 0;
}

int policy_expr(struct policy *r, struct policy_expr *e)
{
	const struct policy_clause always = { 0 };

	e->n = 0;
	do {
		unsigned first = e->n;

		if (add_clause(r, e, &always))
			return -1;
		do
			if (read_atom(r, e, first))
				return -1;
		while (policy_take(r, "&&"));
	} while (policy_take(r, "||"));
	return narrow_clauses(r, e);
}
