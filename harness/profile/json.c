/* SPDX-License-Identifier: MIT */
/* json.c: words and numbers of JSON profiles, with their places. */
#include "profile/json.h"

#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdio.h>
#include <inttypes.h>
#include <string.h>

const struct name_value words_actions[] = {
	{ "SCMP_ACT_KILL", SCMP_ACT_KILL_THREAD },
	{ "SCMP_ACT_KILL_THREAD", SCMP_ACT_KILL_THREAD },
	{ "SCMP_ACT_KILL_PROCESS", SCMP_ACT_KILL_PROCESS },
	{ "SCMP_ACT_TRAP", SCMP_ACT_TRAP },
	{ "SCMP_ACT_ERRNO", SCMP_ACT_ERRNO(0) },
	{ "SCMP_ACT_TRACE", SCMP_ACT_TRACE(0) },
	{ "SCMP_ACT_ALLOW", SCMP_ACT_ALLOW },
	{ "SCMP_ACT_LOG", SCMP_ACT_LOG },
	{ "SCMP_ACT_NOTIFY", SCMP_ACT_NOTIFY },
	{ 0 },
};

const struct name_value words_operators[] = {
	{ "SCMP_CMP_NE", SCMP_CMP_NE },
	{ "SCMP_CMP_LT", SCMP_CMP_LT },
	{ "SCMP_CMP_LE", SCMP_CMP_LE },
	{ "SCMP_CMP_EQ", SCMP_CMP_EQ },
	{ "SCMP_CMP_GE", SCMP_CMP_GE },
	{ "SCMP_CMP_GT", SCMP_CMP_GT },
	{ "SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ },
	{ 0 },
};

const struct name_value words_flags[] = {
	{ "SECCOMP_FILTER_FLAG_TSYNC", 1 << 0 },
	{ "SECCOMP_FILTER_FLAG_LOG", 1 << 1 },
	{ "SECCOMP_FILTER_FLAG_SPEC_ALLOW", 1 << 2 },
	{ "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 1 << 5 },
	{ 0 },
};

const struct name_value words_arches[] = {
	{ "SCMP_ARCH_X86_64", SCMP_ARCH_X86_64 },
	{ "SCMP_ARCH_X86", SCMP_ARCH_X86 },
	{ "SCMP_ARCH_X32", SCMP_ARCH_X32 },
	{ "SCMP_ARCH_AARCH64", SCMP_ARCH_AARCH64 },
	{ "SCMP_ARCH_ARM", SCMP_ARCH_ARM },
	{ "SCMP_ARCH_RISCV64", SCMP_ARCH_RISCV64 },
	{ "SCMP_ARCH_PPC", SCMP_ARCH_PPC },
	{ "SCMP_ARCH_PPC64", SCMP_ARCH_PPC64 },
	{ "SCMP_ARCH_PPC64LE", SCMP_ARCH_PPC64LE },
	{ "SCMP_ARCH_S390", SCMP_ARCH_S390 },
	{ "SCMP_ARCH_S390X", SCMP_ARCH_S390X },
	{ "SCMP_ARCH_MIPS", SCMP_ARCH_MIPS },
	{ "SCMP_ARCH_MIPS64", SCMP_ARCH_MIPS64 },
	{ "SCMP_ARCH_MIPS64N32", SCMP_ARCH_MIPS64N32 },
	{ "SCMP_ARCH_MIPSEL", SCMP_ARCH_MIPSEL },
	{ "SCMP_ARCH_MIPSEL64", SCMP_ARCH_MIPSEL64 },
	{ "SCMP_ARCH_MIPSEL64N32", SCMP_ARCH_MIPSEL64N32 },
	{ "SCMP_ARCH_PARISC", SCMP_ARCH_PARISC },
	{ "SCMP_ARCH_PARISC64", SCMP_ARCH_PARISC64 },
	{ 0 },
};

static const struct name_value *const words[] = {
	[WORDS_ACTIONS] = words_actions,
	[WORDS_OPERATORS] = words_operators,
	[WORDS_FLAGS] = words_flags,
	[WORDS_ARCHES] = words_arches,
};

const char *profile_word(enum profile_words what, uint32_t value)
{
	const struct name_value *e = words[what];

	while (e->name && e->value != value)
		e++;
	return e->name;
}

bool profile_value(enum profile_words what, const char *word, uint32_t *value)
{
	const struct name_value *e = words[what];

	while (e->name && strcmp(e->name, word) != 0)
		e++;
	if (e->name)
		*value = (uint32_t)e->value;
	return e->name != NULL;
}

void json_place(struct json_reader *r, int on_key, int *line, int *column)
{
	jsonpos_find(r->text, r->size, r->path, r->depth, on_key, &r->places,
		line, column);
}

int json_fail(struct json_reader *r, int on_key, const char *format, ...)
{
	int line, column, n;
	va_list ap;

	json_place(r, on_key, &line, &column);
	n = snprintf(r->err->text, sizeof(r->err->text),
		"%s:%d:%d: ", r->p->where, line, column);
	va_start(ap, format);
	vsnprintf(
		r->err->text + n, sizeof(r->err->text) - (size_t)n, format, ap);
	va_end(ap);
	return -1;
}

void json_enter_key(struct json_reader *r, const char *key)
{
	r->path[r->depth++] = (struct jsonpos_step){ .key = key };
}

void json_enter_index(struct json_reader *r, size_t index)
{
	r->path[r->depth++] = (struct jsonpos_step){ .index = index };
}

void json_leave(struct json_reader *r)
{
	r->depth--;
}

int json_read_name(struct json_reader *r, const json_t *v,
	const struct name_value *table, const char *what, uint32_t *value)
{
	const char *name = json_string_value(v);

	if (!name)
		return json_fail(
			r, 0, "expected the name of %s, as a string", what);
	for (; table->name; table++)
		if (!strcmp(table->name, name)) {
			*value = table->value;
			return 0;
		}
	return json_fail(r, 0, "%s is not the name of %s", name, what);
}

/* The text of the value on the path. */
static const char *text_at(struct json_reader *r)
{
	const char *at = r->text, *end = r->text + r->size;
	int line, column;

	json_place(r, 0, &line, &column);
	while (--line > 0 && at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));

		at = next ? next + 1 : end;
	}
	return end - at >= column ? at + column - 1 : end;
}

/* The whole number there. False: it is no such, or more than 2^64 - 1. */
static bool read_digits(struct json_reader *r, uint64_t *value)
{
	const char *at = text_at(r), *end = r->text + r->size;
	uint64_t n = 0;

	for (; at < end && *at >= '0' && *at <= '9'; at++) {
		const unsigned digit = (unsigned)(*at - '0');

		if (n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*value = n;
	return at < end && strchr(",]} \t\r\n", *at) != NULL;
}

int json_read_number(
	struct json_reader *r, const json_t *v, uint64_t max, uint64_t *value)
{
	bool ok = json_is_integer(v) && json_integer_value(v) >= 0;

	if (ok)
		*value = (uint64_t)json_integer_value(v);
	else if (json_is_real(v))
		ok = read_digits(r, value);
	if (ok && *value <= max)
		return 0;
	return json_fail(
		r, 0, "expected a whole number from 0 to %" PRIu64, max);
}
