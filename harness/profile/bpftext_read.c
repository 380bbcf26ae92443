/* SPDX-License-Identifier: MIT */
/* bpftext_read.c: reads BPF that was written as text. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "profile/bpftext.h"
#include "profile/read_minijail.h"

struct reader {
	struct profile *p;
	struct profile_error *err;
	const char *at, *end, *line_at;
	int line;
	int lines[BPF_MAXINSNS]; /* where each instruction stands */
};

__attribute__((format(printf, 2, 3))) static int fail(
	struct reader *r, const char *format, ...)
{
	va_list ap;
	int n = snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:%d: ", r->p->where, r->line,
		(int)(r->at - r->line_at) + 1);

	va_start(ap, format);
	vsnprintf(
		r->err->text + n, sizeof(r->err->text) - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

static void next(struct reader *r)
{
	if (*r->at++ == '\n') {
		r->line++;
		r->line_at = r->at;
	}
}

/* Blanks, and in C comments. */
static void skip(struct reader *r, bool lines)
{
	while (r->at < r->end) {
		if (r->end - r->at > 1 && r->at[0] == '/' && r->at[1] == '/') {
			while (r->at < r->end && *r->at != '\n')
				next(r);
		} else if (r->end - r->at > 1 && r->at[0] == '/' &&
			   r->at[1] == '*') {
			for (r->at += 2; r->end - r->at > 1 &&
					 (r->at[0] != '*' || r->at[1] != '/');)
				next(r);
			r->at += r->end - r->at > 1 ? 2 : r->end - r->at;
		} else if (isspace((unsigned char)*r->at) &&
			   (lines || *r->at != '\n')) {
			next(r);
		} else {
			break;
		}
	}
}

static int add(struct reader *r, const uint64_t v[4])
{
	static const uint64_t most[] = { 0xffff, 0xff, 0xff, 0xffffffff };
	static const char *const names[] = { "code", "jt", "jf", "k" };

	for (int i = 0; i < 4; i++)
		if (v[i] > most[i])
			return fail(r, "%s is more than 0x%llx", names[i],
				(unsigned long long)most[i]);
	if (r->p->ninsns == BPF_MAXINSNS)
		return fail(r, "more than %d instructions", BPF_MAXINSNS);
	r->lines[r->p->ninsns] = r->line;
	r->p->insns[r->p->ninsns++] = (struct sock_filter){ (uint16_t)v[0],
		(uint8_t)v[1], (uint8_t)v[2], (uint32_t)v[3] };
	return 0;
}

/* Digits of BASE, 0x before them or not. */
static int read_number(struct reader *r, unsigned base, uint64_t *value)
{
	const char *start;

	if (base == 16 && r->end - r->at > 2 && r->at[0] == '0' &&
		r->at[1] == 'x')
		r->at += 2;
	start = r->at;
	for (*value = 0; r->at < r->end; r->at++) {
		const char *digits = "0123456789abcdef";
		const char *digit =
			*r->at ? strchr(digits, tolower((unsigned char)*r->at))
			       : NULL;

		if (!digit || digit - digits >= base)
			break;
		if (*value > UINT32_MAX)
			return fail(r, "a number of more than 32 bits");
		*value = *value * base + (unsigned)(digit - digits);
	}
	return r->at > start ? 0
			     : fail(r, "expected a %s number",
				       base == 16 ? "hexadecimal" : "decimal");
}

static void skip_line(struct reader *r)
{
	while (r->at < r->end && *r->at != '\n')
		next(r);
}

/* "0007: 0x15 0x00 0x01 0x0000003c  if ..." */
static int read_listed(struct reader *r)
{
	uint64_t v[4], number;

	if (read_number(r, 10, &number))
		return -1;
	if (number != r->p->ninsns)
		return fail(r, "expected instruction %zu", r->p->ninsns);
	if (r->at == r->end || *r->at != ':')
		return fail(r, "expected :");
	r->at++;
	for (int i = 0; i < 4; i++) {
		skip(r, false);
		if (read_number(r, 16, &v[i]))
			return -1;
	}
	return add(r, v);
}

static int read_listing(struct reader *r)
{
	while (r->at < r->end) {
		skip(r, true);
		if (r->at == r->end)
			break;
		if (isdigit((unsigned char)*r->at)) {
			if (read_listed(r))
				return -1;
		} else if (!strchr("=#", *r->at) &&
			   (r->end - r->at < 4 || memcmp(r->at, "line", 4))) {
			return fail(r, "expected NUMBER: CODE JT JF K");
		}
		skip_line(r);
	}
	return 0;
}

static int read_decimal(struct reader *r)
{
	uint64_t n, v[4];

	skip(r, true);
	if (read_number(r, 10, &n))
		return -1;
	for (uint64_t i = 0; i < n; i++) {
		for (int k = 0; k < 4; k++) {
			while (r->at < r->end &&
				(*r->at == ',' ||
					isspace((unsigned char)*r->at)))
				next(r);
			if (read_number(r, 10, &v[k]))
				return -1;
		}
		if (add(r, v))
			return -1;
	}
	while (r->at < r->end &&
		(*r->at == ',' || isspace((unsigned char)*r->at)))
		next(r);
	return r->at == r->end ? 0 : fail(r, "more than its count says");
}

/* Whether C may stand between the bytes: blanks, commas, quotes, 0x and \x. */
static bool between(struct reader *r)
{
	if (r->end - r->at > 1 && strchr("0\\", r->at[0]) &&
		(r->at[1] | 32) == 'x') {
		r->at += 2;
		return true;
	}
	if (*r->at && !isspace((unsigned char)*r->at) &&
		!strchr(",\"';", *r->at))
		return false;
	next(r);
	return true;
}

static int read_byte(struct reader *r, unsigned char *byte)
{
	uint64_t value;
	const char *end = r->end;
	int ret;

	while (r->at < r->end && between(r))
		;
	if (r->end - r->at > 2)
		r->end = r->at + 2;
	ret = r->end - r->at == 2 ? read_number(r, 16, &value)
				  : fail(r, "expected two hexadecimal digits");
	if (!ret && r->at != r->end)
		ret = fail(r, "expected a hexadecimal digit");
	r->end = end;
	*byte = ret ? 0 : (unsigned char)value;
	return ret;
}

static int read_hex(struct reader *r)
{
	while (true) {
		unsigned char b[8];
		struct sock_filter f;

		while (r->at < r->end && between(r))
			;
		if (r->at == r->end)
			return 0;
		for (int i = 0; i < 8; i++)
			if (read_byte(r, &b[i]))
				return -1;
		memcpy(&f, b, sizeof(f));
		if (add(r, (uint64_t[4]){ f.code, f.jt, f.jf, f.k }))
			return -1;
	}
}

static int read_hexdump(struct reader *r)
{
	size_t size = 0;
	char *bytes = bpftext_dumped(r->at, (size_t)(r->end - r->at), &size);
	int ret;

	if (!bytes)
		return fail(r, "out of memory");
	r->at = r->line_at = bytes;
	r->end = bytes + size;
	ret = read_hex(r);
	r->at = r->line_at = r->end = "";
	free(bytes);
	return ret;
}

/* A value of a C initializer, up to a comma or a closing bracket. */
static int read_c_value(struct reader *r, uint64_t *value)
{
	struct profile_error why;
	unsigned depth = 0;
	char word[128] = "";
	size_t n = 0, length;

	skip(r, true);
	for (; r->at + n < r->end && n < sizeof(word) - 1; n++) {
		const char c = r->at[n];

		if (!depth && strchr(",)}", c))
			break;
		depth += c == '(';
		depth -= c == ')';
		word[n] = isspace((unsigned char)c) ? ' ' : c;
	}
	length = n;
	while (n && word[n - 1] == ' ')
		n--;
	if (n > 1 && strchr("uU", word[n - 1]) &&
		isxdigit((unsigned char)word[n - 2]))
		n--;
	word[n] = '\0';
	if (!policy_value_of(word, value, &why))
		return fail(r, "expected a number or constants");
	r->at += length;
	return 0;
}

/* Behind its opening bracket. */
static int read_c_values(struct reader *r, uint64_t *v, unsigned n, char close)
{
	for (unsigned i = 0; i < n; i++) {
		if (read_c_value(r, &v[i]))
			return -1;
		skip(r, true);
		if (i < n - 1 && (r->at == r->end || *r->at++ != ','))
			return fail(r, "expected a comma: %u numbers", n);
	}
	if (r->at < r->end && *r->at == ',') {
		r->at++;
		skip(r, true);
	}
	if (r->at == r->end || *r->at++ != close)
		return fail(r, "expected %c behind %u numbers", close, n);
	return 0;
}

static bool stands(const struct reader *r, const char *token)
{
	const size_t n = strlen(token);

	return (size_t)(r->end - r->at) >= n && !memcmp(r->at, token, n);
}

static bool take(struct reader *r, const char *token)
{
	if (!stands(r, token))
		return false;
	r->at += strlen(token);
	return true;
}

/* "{ code, jt, jf, k }", unless another bracket follows, or a macro. */
static int read_c_one(struct reader *r)
{
	uint64_t v[4] = { 0 };

	if (take(r, "BPF_STMT(")) {
		if (read_c_values(r, v, 2, ')'))
			return -1;
		v[3] = v[1];
		v[1] = 0;
		return add(r, v);
	}
	if (take(r, "BPF_JUMP(")) {
		if (read_c_values(r, v, 4, ')'))
			return -1;
		return add(r, (uint64_t[4]){ v[0], v[2], v[3], v[1] });
	}
	if (!take(r, "{")) {
		next(r);
		return 0;
	}
	skip(r, true);
	if (r->at == r->end || *r->at == '{' || *r->at == '}' ||
		stands(r, "BPF_STMT(") || stands(r, "BPF_JUMP("))
		return 0;
	return read_c_values(r, v, 4, '}') ? -1 : add(r, v);
}

static int read_c(struct reader *r)
{
	while (skip(r, true), r->at < r->end)
		if (read_c_one(r))
			return -1;
	return 0;
}

static int finish(struct reader *r)
{
	size_t bad;

	if (!r->p->ninsns)
		return fail(r, "no instructions");
	if (!bpf_check(r->p->insns, r->p->ninsns, &bad))
		return 0;
	snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:1: not a filter that the kernel takes: instruction "
		"%zu%s",
		r->p->where, r->lines[bad], bad,
		bad + 1 == r->p->ninsns &&
				BPF_CLASS(r->p->insns[bad].code) != BPF_RET
			? ", the last, returns nothing"
			: "");
	return -1;
}

int bpftext_read(struct profile *p, enum bpftext kind, const char *text,
	size_t size, struct profile_error *err)
{
	static int (*const readers[])(struct reader *) = {
		[BPFTEXT_LISTING] = read_listing,
		[BPFTEXT_C] = read_c,
		[BPFTEXT_DECIMAL] = read_decimal,
		[BPFTEXT_HEX] = read_hex,
		[BPFTEXT_HEXDUMP] = read_hexdump,
	};
	static struct reader r;

	r = (struct reader){ .p = p,
		.err = err,
		.at = text,
		.line_at = text,
		.end = text + size,
		.line = 1 };
	p->insns = calloc(BPF_MAXINSNS, sizeof(*p->insns));
	if (!p->insns)
		return fail(&r, "out of memory");
	if (readers[kind](&r))
		return -1;
	return finish(&r);
}
