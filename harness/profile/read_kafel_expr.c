/* SPDX-License-Identifier: MIT */
/*
 * read_kafel_expr.c: kafel's expressions, as alternatives each of which is
 * comparisons of one argument with a number. A comparison of arguments of 32
 * bits with such numbers looks at the lower half alone, as kafel's code
 * (is_64bit in its src/codegen.c).
 */
#include <stdlib.h>
#include <string.h>

#include "profile/read_kafel.h"

#define NO_ARG PROFILE_ARGS

/* A number, or bits of an argument. */
struct operand {
	unsigned arg;
	uint64_t value; /* the number, or the mask */
};

static int add(struct kafel *k, struct kafel_clauses *c,
	const struct kafel_clause *more)
{
	if (c->n == KAFEL_CLAUSES)
		return policy_fail(
			&k->r, "more than %d alternatives", KAFEL_CLAUSES);
	if (c->n % 16 == 0) {
		struct kafel_clause *list =
			realloc(c->list, (c->n + 16) * sizeof(*list));

		if (!list)
			return policy_fail(&k->r, "out of memory");
		c->list = list;
	}
	c->list[c->n++] = *more;
	return 0;
}

/* Each of C with each of D. */
static int multiply(
	struct kafel *k, struct kafel_clauses *c, const struct kafel_clauses *d)
{
	struct kafel_clauses all = { 0 };
	int ret = 0;

	for (unsigned i = 0; i < c->n && !ret; i++)
		for (unsigned n = 0; n < d->n && !ret; n++) {
			struct kafel_clause one = c->list[i];
			const struct kafel_clause *more = &d->list[n];

			if (one.n + more->n > KAFEL_CHECKS)
				ret = policy_fail(&k->r,
					"more than %d comparisons in one "
					"conjunction",
					KAFEL_CHECKS);
			for (unsigned m = 0; m < more->n && !ret; m++)
				one.list[one.n++] = more->list[m];
			ret = ret ? ret : add(k, &all, &one);
		}
	free(c->list);
	*c = all;
	return ret;
}

static int unite(
	struct kafel *k, struct kafel_clauses *c, const struct kafel_clauses *d)
{
	int ret = 0;

	for (unsigned i = 0; i < d->n && !ret; i++)
		ret = add(k, c, &d->list[i]);
	return ret;
}

static int find_arg(const struct kafel *k, const char *word)
{
	for (unsigned i = 0; i < k->args.n; i++)
		if (!strcmp(k->args.of[i].name, word))
			return (int)i;
	return -1;
}

static int read_operand(struct kafel *k, struct operand *o, unsigned depth);

/* A word may be an argument; a constant goes before it. */
static int read_one(struct kafel *k, struct operand *o, unsigned depth)
{
	const struct kafel_place place = kafel_here(k);
	const char c = kafel_peek(k);
	char word[KAFEL_WORD];
	int arg;

	if (depth == KAFEL_NESTING)
		return policy_fail(&k->r, "nested too deep");
	if (kafel_take(k, "(")) {
		if (read_operand(k, o, depth + 1))
			return -1;
		return kafel_take(k, ")") ? 0
					  : policy_fail(&k->r, "expected )");
	}
	o->arg = NO_ARG;
	if (c == '-' || (c >= '0' && c <= '9'))
		return kafel_number(k, &o->value);
	if (kafel_word(k, word, "an argument, a number or a constant"))
		return -1;
	for (size_t i = 0; i < k->nconstants; i++)
		if (!strcmp(k->constants[i].name, word)) {
			o->value = k->constants[i].value;
			return 0;
		}
	arg = find_arg(k, word);
	*o = (struct operand){ (unsigned)arg, UINT64_MAX };
	if (arg >= 0)
		return 0;
	kafel_go(k, &place);
	kafel_peek(k);
	return policy_fail(&k->r,
		"%s is neither an argument of the call nor a constant", word);
}

static int refuse_two(struct kafel *k)
{
	return policy_fail(&k->r,
		"what is computed of arguments is read as ARGUMENT & NUMBER "
		"alone; let its program load it, and take the filter out of "
		"the process (pid:PID)");
}

static int read_and(struct kafel *k, struct operand *o, unsigned depth)
{
	struct operand more;

	if (read_one(k, o, depth))
		return -1;
	while (kafel_peek(k) == '&' && k->r.end - k->r.at > 1 &&
		k->r.at[1] != '&') {
		k->r.at++;
		if (read_one(k, &more, depth))
			return -1;
		if (o->arg != NO_ARG && more.arg != NO_ARG)
			return refuse_two(k);
		o->value &= more.value;
		if (o->arg == NO_ARG)
			o->arg = more.arg;
	}
	return 0;
}

static int read_operand(struct kafel *k, struct operand *o, unsigned depth)
{
	struct operand more;

	if (read_and(k, o, depth))
		return -1;
	while (kafel_peek(k) == '|' && k->r.end - k->r.at > 1 &&
		k->r.at[1] != '|') {
		k->r.at++;
		if (read_and(k, &more, depth))
			return -1;
		if (o->arg != NO_ARG || more.arg != NO_ARG)
			return refuse_two(k);
		o->value |= more.value;
	}
	return 0;
}

static int read_operator(struct kafel *k, enum scmp_compare *op)
{
	static const struct {
		const char *token;
		enum scmp_compare op;
	} tokens[] = { { "==", SCMP_CMP_EQ }, { "!=", SCMP_CMP_NE },
		{ "<=", SCMP_CMP_LE }, { ">=", SCMP_CMP_GE },
		{ "<", SCMP_CMP_LT }, { ">", SCMP_CMP_GT } };

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++)
		if (kafel_take(k, tokens[i].token)) {
			*op = tokens[i].op;
			return 0;
		}
	return policy_fail(&k->r, "expected ==, !=, <, <=, > or >=");
}

static enum scmp_compare turned(enum scmp_compare op)
{
	switch (op) {
	case SCMP_CMP_LT:
		return SCMP_CMP_GT;
	case SCMP_CMP_GT:
		return SCMP_CMP_LT;
	case SCMP_CMP_LE:
		return SCMP_CMP_GE;
	case SCMP_CMP_GE:
		return SCMP_CMP_LE;
	default:
		return op;
	}
}

/* X, bits of an argument, OP the number VALUE. */
static int compare(struct kafel *k, struct kafel_clauses *c, struct operand x,
	enum scmp_compare op, uint64_t value, bool fails)
{
	const bool low = k->args.of[x.arg].bytes != 8 && value <= UINT32_MAX &&
			 (x.value == UINT64_MAX || x.value <= UINT32_MAX);
	const uint64_t all = low ? UINT32_MAX : UINT64_MAX;
	struct kafel_clause one = { .n = 1 };

	if ((x.value & all) == all) {
		one.list[0].cmp = (struct scmp_arg_cmp){ x.arg, op, value, 0 };
	} else if (op != SCMP_CMP_EQ && op != SCMP_CMP_NE) {
		return policy_fail(&k->r,
			"bits of an argument are read with == and != alone");
	} else if ((value & ~x.value) != 0) {
		/* Never equal. */
		one.n = 0;
		return (op == SCMP_CMP_NE) != fails ? add(k, c, &one) : 0;
	} else {
		one.list[0].cmp = (struct scmp_arg_cmp){ x.arg,
			SCMP_CMP_MASKED_EQ, x.value, value };
		fails = fails != (op == SCMP_CMP_NE);
	}
	one.list[0].low = low;
	one.list[0].fails = fails;
	return add(k, c, &one);
}

static bool holds(uint64_t a, enum scmp_compare op, uint64_t b)
{
	switch (op) {
	case SCMP_CMP_LT:
		return a < b;
	case SCMP_CMP_GT:
		return a > b;
	case SCMP_CMP_LE:
		return a <= b;
	case SCMP_CMP_GE:
		return a >= b;
	case SCMP_CMP_EQ:
		return a == b;
	default:
		return a != b;
	}
}

static int read_comparison(struct kafel *k, struct kafel_clauses *c, bool fails)
{
	const struct kafel_clause always = { 0 };
	enum scmp_compare op = SCMP_CMP_EQ;
	struct operand a, b;

	if (read_operand(k, &a, 0) || read_operator(k, &op) ||
		read_operand(k, &b, 0))
		return -1;
	if (a.arg != NO_ARG && b.arg != NO_ARG)
		return refuse_two(k);
	if (a.arg != NO_ARG)
		return compare(k, c, a, op, b.value, fails);
	if (b.arg != NO_ARG)
		return compare(k, c, b, turned(op), a.value, fails);
	return holds(a.value, op, b.value) != fails ? add(k, c, &always) : 0;
}

/* Whether the bracket that comes next holds a value: what comes behind it is
 * an operator on values. */
static bool is_value(const struct kafel *k)
{
	unsigned depth = 0;

	for (const char *at = k->r.at; at < k->r.end; at++) {
		depth += *at == '(';
		depth -= *at == ')';
		if (depth)
			continue;
		for (at++; at < k->r.end && strchr(" \t\r\n", *at);)
			at++;
		if (at == k->r.end)
			return false;
		if (strchr("&|", *at))
			return k->r.end - at > 1 && at[1] != *at;
		return strchr("<>=!", *at) != NULL;
	}
	return false;
}

static int read_or(
	struct kafel *k, struct kafel_clauses *c, bool fails, unsigned depth);

static int read_primary(
	struct kafel *k, struct kafel_clauses *c, bool fails, unsigned depth)
{
	if (depth == KAFEL_NESTING)
		return policy_fail(&k->r, "nested too deep");
	if (kafel_peek(k) == '(' && !is_value(k)) {
		kafel_take(k, "(");
		if (read_or(k, c, fails, depth + 1))
			return -1;
		return kafel_take(k, ")") ? 0
					  : policy_fail(&k->r, "expected )");
	}
	if (kafel_take(k, "!"))
		return read_primary(k, c, !fails, depth + 1);
	return read_comparison(k, c, fails);
}

/* Of what must not hold, "and" is "or". */
static int join(struct kafel *k, struct kafel_clauses *c, bool all,
	int (*read)(struct kafel *, struct kafel_clauses *, bool, unsigned),
	bool fails, unsigned depth)
{
	struct kafel_clauses more = { 0 };
	int ret = read(k, &more, fails, depth);

	if (!ret)
		ret = all ? multiply(k, c, &more) : unite(k, c, &more);
	free(more.list);
	return ret;
}

static int read_all(
	struct kafel *k, struct kafel_clauses *c, bool fails, unsigned depth)
{
	int ret = read_primary(k, c, fails, depth);

	while (!ret && kafel_take(k, "&&"))
		ret = join(k, c, !fails, read_primary, fails, depth);
	return ret;
}

static int read_or(
	struct kafel *k, struct kafel_clauses *c, bool fails, unsigned depth)
{
	int ret = read_all(k, c, fails, depth);

	while (!ret && (kafel_take(k, "||") || kafel_take(k, ",")))
		ret = join(k, c, fails, read_all, fails, depth);
	return ret;
}

int kafel_expr(struct kafel *k, struct kafel_clauses *c)
{
	*c = (struct kafel_clauses){ 0 };
	return read_or(k, c, false, 0);
}
