/* SPDX-License-Identifier: MIT */
/*
 * probe_declare.c: prints a probe's declaration as one line of JSON. Linked
 * to the glibc flavour alone; the others are the same source.
 */
#include "probe/probe.h"

#include <stdio.h>

int probe_declare(const char *name);

static void print_quoted(const char *s)
{
	putchar('"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			printf("\\u%04x", *s);
		else
			putchar(*s);
	}
	putchar('"');
}

static void print_string(const char *key, const char *s)
{
	if (!s)
		return;
	printf(",\"%s\":", key);
	print_quoted(s);
}

static void print_int(const char *key, long value)
{
	if (value)
		printf(",\"%s\":%ld", key, value);
}

static void print_row(const struct expect *e)
{
	printf("{\"outcome\":%d", e->outcome);
	print_int("num", e->num);
	print_string("call", e->call);
	print_string("under", e->under);
	print_string("flavour", e->flavour);
	print_int("libc", (long)e->libc);
	print_int("kernel", (long)e->kernel);
	print_string("has", e->has);
	print_string("why", e->why);
	print_int("or", e->or);
	putchar('}');
}

int probe_declare(const char *name)
{
	printf("{\"probe\":\"%s\"", name);
	print_string("about", probe.about);
	print_string("under", probe.under);
	print_string("flavours", probe.flavours);
	print_string("has", probe.has);
	print_string("stdin", probe.stdin_text);
	if (probe.exits_set)
		printf(",\"exits\":%d", probe.exits);
	print_int("raw", probe_raw);
	print_int("dies_of", probe.dies_of);
	print_int("repeat", probe.repeat);
	print_int("untraced", probe.untraced);
	print_int("no_stdin", probe.no_stdin);
	print_string("symptom", probe.symptom);
	print_string("diagnosis", probe.diagnosis);
	print_string("covers", probe.covers);
	printf(",\"expect\":[");
	for (int i = 0; i < PROBE_EXPECT_MAX && probe.expect[i].outcome; i++) {
		if (i)
			putchar(',');
		print_row(&probe.expect[i]);
	}
	printf("],\"seen\":[");
	for (int i = 0; i < PROBE_SEEN_MAX && probe.seen[i]; i++) {
		if (i)
			putchar(',');
		print_quoted(probe.seen[i]);
	}
	printf("]}\n");
	return fflush(stdout) ? 2 : 0;
}
