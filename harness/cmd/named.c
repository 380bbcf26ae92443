/* SPDX-License-Identifier: MIT */
/* named.c: calls by their names. */
#include "cmd/named.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmd/ways.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define WIDTH	80
#define NUMBERS 1024 /* behind them no call has a name */

bool named_next(const struct change *c, struct named *n, bool begin)
{
	const uint32_t bit = ARCH_HAS_X32(c->arch) && c->first >= ARCH_X32_BIT
				     ? ARCH_X32_BIT
				     : 0;
	uint32_t nr = begin ? c->first : n->last + 1;
	char name[64];

	if (!begin && n->last >= c->last)
		return false;
	n->first = nr;
	*n->name = '\0';
	if (!c->other && calls_known(c->arch, (int)nr)) {
		calls_name(c->arch, (int)nr, name, sizeof(name));
		snprintf(n->name, sizeof(n->name), "%s",
			name + (strncmp(name, "x32:", 4) ? 0 : 4));
		n->last = nr;
		return true;
	}
	while (nr < c->last && nr - bit < NUMBERS &&
		(c->other || !calls_known(c->arch, (int)nr + 1)))
		nr++;
	n->last = nr - bit < NUMBERS ? nr : c->last;
	return true;
}

const char *named_way(const struct change *c, char text[NAMED_WAY])
{
	const struct way *way = ways_of(c->arch, c->first);
	const char *name = way ? way->name : calls_arch_name(c->arch);

	if (c->other)
		name = "others";
	if (strcmp(name, "?") != 0)
		snprintf(text, NAMED_WAY, "%s", name);
	else
		snprintf(text, NAMED_WAY, "0x%x", c->arch);
	return text;
}

bool named_same_way(const struct change *a, const struct change *b)
{
	return a->arch == b->arch &&
	       ways_of(a->arch, a->first) == ways_of(b->arch, b->first);
}

void named_put_way(const struct change *c)
{
	char text[NAMED_WAY];

	printf("%-7s ", named_way(c, text));
}

void named_put_call(const struct named *n)
{
	if (*n->name)
		fputs(n->name, stdout);
	else if (n->first == n->last)
		printf("number 0x%x", n->first);
	else
		printf("numbers 0x%x-0x%x", n->first, n->last);
}

void named_put_example(const struct named *n, const struct seccomp_data *data)
{
	unsigned args = CONDITION_ARGS;

	while (args && !data->args[args - 1])
		args--;
	printf("\n%*se.g. ", NAMED_INDENT, "");
	if (*n->name)
		printf("%s(", n->name);
	else
		printf("0x%x(", n->first);
	for (unsigned i = 0; i < args; i++)
		printf("%s0x%" PRIx64, i ? ", " : "", (uint64_t)data->args[i]);
	fputs(")", stdout);
	if (data->instruction_pointer)
		printf(" at ip 0x%" PRIx64,
			(uint64_t)data->instruction_pointer);
	putchar('\n');
}

void named_put_word(struct named_words *l, const struct named *n)
{
	char word[100];
	size_t size;

	if (*n->name)
		snprintf(word, sizeof(word), "%s", n->name);
	else if (n->first == n->last)
		snprintf(word, sizeof(word), "0x%x", n->first);
	else
		snprintf(word, sizeof(word), "0x%x-0x%x", n->first, n->last);
	size = strlen(word);
	if (l->n++)
		putchar(',');
	if (l->column + size + 2 > WIDTH) {
		fputs("\n       ", stdout);
		l->column = NAMED_INDENT - 1;
	}
	printf(" %s", word);
	l->column += size + 2;
}

json_t *named_hex(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%" PRIx64, value);
	return json_string(text);
}
