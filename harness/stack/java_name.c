/* SPDX-License-Identifier: MIT */
/* java_name.c: what a method is called, and its lines. */
#include <stdio.h>
#include <string.h>

#include "stack/java.h"
#include "stack/symbols.h"
#include "sys/mem.h"
#include "sys/text.h"

#define LINES                                                                  \
	16384 /* bytes of a line number table; of a longer one the             \
		 beginning */
#define CHARS 256

static uint64_t word(pid_t tid, uint64_t at)
{
	uint64_t w = 0;

	return at && mem_read_all(tid, at, &w, sizeof(w)) ? w : 0;
}

static unsigned half(pid_t tid, uint64_t at)
{
	uint16_t w = 0;

	return at && mem_read_all(tid, at, &w, sizeof(w)) ? w : 0;
}

bool java_number(const unsigned char *b, size_t n, unsigned excluded,
	size_t *at, uint32_t *number)
{
	/* 64 of a byte's values say that another follows. */
	const unsigned low = 256 - 64 - excluded;
	uint32_t sum = 0;

	for (unsigned i = 0; i < 5; i++) {
		unsigned c;

		if (*at >= n || b[*at] < excluded)
			return false;
		c = b[(*at)++] - excluded;
		sum += c << 6 * i;
		if (c < low)
			break;
	}
	*number = sum;
	return true;
}

static bool signed_number(const unsigned char *b, size_t n, unsigned excluded,
	size_t *at, uint32_t *number)
{
	if (!java_number(b, n, excluded, at, number))
		return false;
	*number = *number >> 1 ^ -(*number & 1);
	return true;
}

/* Pairs of by how much the index and the line grow, in one byte (5 and 3 bits)
 * or behind 0xff; 0 ends them. */
int java_line(const unsigned char *table, size_t n, unsigned excluded, int bci)
{
	uint32_t at_bci = 0, line = 0, step, up;
	int64_t best = -1;
	int found = 0;

	for (size_t i = 0; i < n && table[i];) {
		unsigned char c = table[i++];

		step = c >> 3;
		up = c & 7;
		if (c == 0xff &&
			(!signed_number(table, n, excluded, &i, &step) ||
				!signed_number(table, n, excluded, &i, &up)))
			break;
		at_bci += step;
		line += up;
		if ((int64_t)at_bci > bci || (int64_t)at_bci < best)
			continue;
		best = at_bci;
		found = (int)line;
	}
	return found > 0 ? found : 0;
}

/* The Symbol at AT; "": it is none. */
static void read_symbol(
	const struct java *j, pid_t tid, uint64_t at, char text[CHARS])
{
	unsigned n = half(tid, at + j->at[JAVA_SYMBOL_LENGTH]);

	n = n < CHARS ? n : CHARS - 1;
	if (!at || !mem_read_all(tid, at + j->at[JAVA_SYMBOL_BODY], text, n))
		n = 0;
	text[n] = '\0';
}

/* An entry of a pool of constants that is a Symbol. */
static void read_constant(const struct java *j, pid_t tid, uint64_t pool,
	unsigned index, char text[CHARS])
{
	text[0] = '\0';
	if (pool && index)
		read_symbol(j, tid,
			word(tid, pool + j->at[JAVA_POOL_SIZE] + 8 * index),
			text);
}

static uint64_t const_of(const struct java *j, pid_t tid, uint64_t method)
{
	return method ? word(tid, method + j->at[JAVA_METHOD_CONST]) : 0;
}

int java_bci(const struct java *j, pid_t tid, uint64_t method, uint64_t bcp)
{
	uint64_t constant = const_of(j, tid, method);
	uint64_t code = constant + j->at[JAVA_CONST_SIZE];

	if (!constant || bcp < code ||
		bcp - code >= half(tid, constant + j->at[JAVA_CONST_CODE_SIZE]))
		return -1;
	return (int)(bcp - code);
}

static int line_of(const struct java *j, pid_t tid, uint64_t constant, int bci)
{
	static unsigned char table[LINES];
	uint64_t code = constant + j->at[JAVA_CONST_SIZE];
	unsigned size = half(tid, constant + j->at[JAVA_CONST_CODE_SIZE]);
	ssize_t n;

	if (bci < 0 || (unsigned)bci >= size ||
		!(half(tid, constant + j->at[JAVA_CONST_FLAGS]) & 1))
		return 0;
	n = mem_read(tid, code + size, table, LINES);
	return n > 0 ? java_line(table, (size_t)n, j->excluded, bci) : 0;
}

void java_name_method(const struct java *j, pid_t tid, uint64_t method, int bci,
	struct frame *f)
{
	uint64_t constant = const_of(j, tid, method);
	uint64_t pool =
		constant ? word(tid, constant + j->at[JAVA_CONST_POOL]) : 0;
	uint64_t holder = pool ? word(tid, pool + j->at[JAVA_POOL_HOLDER]) : 0;
	char class[CHARS] = "", name[CHARS] = "", file[CHARS] = "";
	char text[2 * CHARS];

	*f = (struct frame){ .script = true };
	if (pool)
		read_constant(j, tid, pool,
			half(tid, constant + j->at[JAVA_CONST_NAME]), name);
	if (holder)
		read_symbol(j, tid, word(tid, holder + j->at[JAVA_KLASS_NAME]),
			class);
	for (char *c = class; *c; c++)
		*c = *c == '/' ? '.' : *c;
	snprintf(text, sizeof(text), "%s.%s", class[0] ? class : "?",
		name[0] ? name : "?");
	text_show(text, f->shown, sizeof(f->shown));
	if (pool && j->at[JAVA_POOL_SOURCE] != JAVA_NONE)
		read_constant(j, tid, pool,
			half(tid, pool + j->at[JAVA_POOL_SOURCE]), file);
	text_show(symbols_base(file), f->file, sizeof(f->file));
	if (f->file[0])
		f->line = line_of(j, tid, constant, bci);
}
