/* SPDX-License-Identifier: MIT */
/*
 * bench_bytes.c: N random byte strings through decoder, encoder, mutator and
 * text form: bench_bytes N. To be built with ASan and UBSan. What was decoded
 * once is decoded the same again, and each mutant is a program as well.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program/mutate.h"

static void fail(long i, const char *what)
{
	fprintf(stderr, "string %ld: %s\n", i, what);
	abort();
}

/* Through the binary form and back: nothing may change. */
static void check_binary(const struct program *p, long i)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	struct program again;

	program_decode(&again, data, program_encode(p, data));
	if (memcmp(p, &again, sizeof(again)))
		fail(i, "is another program after encoding");
}

static void check_text(const struct program *p, long i)
{
	char text[65536], err[300];
	struct program again;
	FILE *f = fmemopen(text, sizeof(text), "w");
	size_t size;

	program_print(p, f);
	size = (size_t)ftell(f);
	fclose(f);
	if (program_parse(&again, "text", text, size, err, sizeof(err)))
		fail(i, err);
	if (memcmp(p, &again, sizeof(again)))
		fail(i, "is another program after printing");
}

int main(int argc, char **argv)
{
	static unsigned char data[2 * PROGRAM_BINARY_MAX];
	static struct program p, other;
	struct dice dice = { 1 };
	long n = argc > 1 ? atol(argv[1]) : 1000;

	for (long i = 0; i < n; i++) {
		size_t size = dice_below(&dice, sizeof(data)) /
			      (1 + dice_below(&dice, 50));

		for (size_t k = 0; k < size; k++)
			data[k] = (unsigned char)dice_below(&dice, 256);
		program_decode(&p, data, size);
		check_binary(&p, i);
		mutate(&p, &other, &dice);
		program_decode(&other, data, program_encode(&p, data));
		check_binary(&other, i);
		if (i % 100 == 0)
			check_text(&other, i);
	}
	printf("%ld byte strings decoded, encoded and mutated\n", n);
	return 0;
}
