/* SPDX-License-Identifier: MIT */
/* read_kafel_words.c: words, numbers, calls of kafel's language: src/lexer.l of
 * github.com/google/kafel. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/read_kafel.h"

static const struct {
	const char *name, *args;
} calls[] = {
#include "sys/call_arguments.inc"
};

/* kafel's names, which are those of the kernel's functions. */
static const char *const others[][2] = { { "newstat", "stat" },
	{ "newfstat", "fstat" }, { "newlstat", "lstat" },
	{ "newuname", "uname" }, { "sendfile64", "sendfile" },
	{ "umount", "umount2" } };

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void step(struct policy *r)
{
	if (*r->at++ == '\n') {
		r->line++;
		r->line_at = r->at;
	}
}

static bool stands(const struct policy *r, const char *token)
{
	const size_t n = strlen(token);

	return (size_t)(r->end - r->at) >= n && !memcmp(r->at, token, n);
}

/* 0, -1 without an end, -2 where kafel's lexer takes two stars for one thing,
 * and the slash behind them for no end: once it is known to be kafel's. */
static int skip_comment(struct policy *r)
{
	for (r->at += 2; r->at < r->end && !stands(r, "*/");) {
		if (stands(r, "**/") && r->p)
			return -2;
		if (*r->at == '*' && r->end - r->at > 1 && r->p)
			step(r);
		step(r);
	}
	if (r->at == r->end)
		return -1;
	r->at += 2;
	return 0;
}

/* One that an included file does not end ends with it. */
static void leave_comment(struct kafel *k)
{
	const int ret = skip_comment(&k->r);

	if (!k->r.p || !ret || (ret == -1 && k->source))
		return;
	policy_fail(&k->r,
		ret == -1 ? "expected */"
			  : "expected a blank before */: some versions of "
			    "kafel do not end the comment here");
	kafel_stop(k);
}

char kafel_peek(struct kafel *k)
{
	struct policy *r = &k->r;

	for (;;) {
		if (r->at >= r->end) {
			if (!kafel_leave(k))
				return '\0';
		} else if (stands(r, "//")) {
			while (r->at < r->end && *r->at != '\n')
				r->at++;
		} else if (stands(r, "/*")) {
			leave_comment(k);
		} else if (stands(r, "#include") && r->p) {
			r->at += 8;
			kafel_include(k);
		} else if (isspace((unsigned char)*r->at)) {
			step(r);
		} else {
			return *r->at;
		}
	}
}

bool kafel_take(struct kafel *k, const char *token)
{
	const size_t n = strlen(token);
	struct policy *r = &k->r;

	kafel_peek(k);
	if (!stands(r, token) || (is_letter(*token) && r->at + n < r->end &&
					 is_letter(r->at[n])))
		return false;
	r->at += n;
	return true;
}

int kafel_word(struct kafel *k, char word[KAFEL_WORD], const char *what)
{
	struct policy *r = &k->r;
	size_t n = 0;

	kafel_peek(k);
	while (r->at + n < r->end && is_letter(r->at[n]))
		n++;
	if (!n || n >= KAFEL_WORD || isdigit((unsigned char)*r->at))
		return policy_fail(r, "expected %s", what);
	memcpy(word, r->at, n);
	word[n] = '\0';
	r->at += n;
	return 0;
}

/* Decimal, 0x, 0b, and octal with a leading 0. */
static int read_digits(struct kafel *k, uint64_t *value)
{
	struct policy *r = &k->r;
	const bool minus = kafel_take(k, "-");
	char digits[80], *end;
	size_t n = 0;

	while (r->at + n < r->end && is_letter(r->at[n]) &&
		n < sizeof(digits) - 1) {
		digits[n] = r->at[n];
		n++;
	}
	digits[n] = '\0';
	errno = 0;
	if (!isdigit((unsigned char)*digits))
		return policy_fail(r, "expected a number");
	*value = !strncmp(digits, "0b", 2) ? strtoull(digits + 2, &end, 2)
					   : strtoull(digits, &end, 0);
	if (*end || errno)
		return policy_fail(
			r, "expected a number of 64 bits: 42, 0x2a, 052, 0b1");
	if (minus)
		*value = -*value;
	r->at += n;
	return 0;
}

int kafel_number(struct kafel *k, uint64_t *value)
{
	const char c = kafel_peek(k), *at = k->r.at;
	char word[KAFEL_WORD];

	if (c == '-' || isdigit((unsigned char)c))
		return read_digits(k, value);
	if (kafel_word(k, word, "a number or a constant"))
		return -1;
	for (size_t i = 0; i < k->nconstants; i++)
		if (!strcmp(k->constants[i].name, word)) {
			*value = k->constants[i].value;
			return 0;
		}
	k->r.at = at;
	return policy_fail(&k->r, "%s is no constant: #define says none", word);
}

static void set_args(struct kafel_args *a, const char *text)
{
	int used;

	for (a->n = 0; a->n < PROFILE_ARGS; a->n++) {
		a->of[a->n].bytes = 8;
		if (sscanf(text, " %63[a-z0-9_A-Z]%n", a->of[a->n].name,
			    &used) != 1)
			break;
		text += used;
		if (*text != ':')
			continue;
		a->of[a->n].bytes = (unsigned)(text[1] - '0');
		text += 2;
	}
}

bool kafel_call(struct kafel *k, const char *name, char call[KAFEL_WORD])
{
	const char *kernel = name;

	snprintf(call, KAFEL_WORD, "%s", name);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (!strcmp(others[i][0], name))
			snprintf(call, KAFEL_WORD, "%s", others[i][1]);
		if (!strcmp(others[i][1], name))
			kernel = others[i][0];
	}
	k->args.n = 0;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(calls[i].name, kernel))
			set_args(&k->args, calls[i].args);
	return profile_knows_call(call);
}
