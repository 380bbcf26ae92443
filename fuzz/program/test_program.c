/* SPDX-License-Identifier: MIT */
/* test_program.c: both forms of a fuzz input, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "program/program.h"

static int parse(struct program *p, const char *text, char *err)
{
	err[0] = 0;
	return program_parse(p, "t", text, strlen(text), err, 200);
}

static char *print(const struct program *p)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	program_print(p, f);
	fclose(f);
	return text;
}

static const char sample[] = "hash 16\n"
			     "word w0 private 0\n"
			     "word w1 shared 7\n"
			     "word w2 alias 7 of=w1\n"
			     "word w3 huge 0\n"
			     "word w4 pageend 0\n"
			     "word w5 pages 7\n"
			     "t0 futex wait w0 0 timeout=5000us private "
			     "# ETIMEDOUT\n"
			     "t1 sleeps t0\n"
			     "t1 futex requeue w0 1 w1 val2=-1 # 1\n"
			     "t2 futex op=99 w1 4294967295 val3=0xff "
			     "realtime flags=0x200\n"
			     "t2 store w1 3\n"
			     "t2 add w1 4294967295\n"
			     "t2 write 4\n"
			     "t2 read 4\n"
			     "t3 own w1 waiters died\n"
			     "t3 own w2\n"
			     "t3 own w2 tid=t1 waiters\n"
			     "t3 own w2 tid=t3\n"
			     "t3 link w1\n"
			     "t3 link w2 pi\n"
			     "t3 pending w2\n"
			     "t3 corrupt w1 self\n"
			     "t3 drop w5\n"
			     "t3 fork\n"
			     "t2 prio 5\n"
			     "t2 prio 0 tid=t1\n"
			     "t2 exit\n";

static void test_text(void **state)
{
	struct program p;
	char err[200], *text;

	(void)state;
	assert_int_equal(parse(&p, sample, err), 0);
	assert_int_equal(p.nsteps, 21);
	assert_int_equal(p.steps[0].want, -ETIMEDOUT);
	assert_int_equal(p.steps[2].fourth, -1);
	assert_int_equal(p.steps[3].op, 99 | 256 | 512);
	text = print(&p);
	assert_string_equal(text, sample);
	free(text);
}

static void test_errors(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "word w1 private 0", "t:1:6: " },
		{ "word w0 marble 0", "t:1:9: expected a kind of memory" },
		{ "word w0 private", "t:1:16: expected the word's value" },
		{ "t0 futex wait w0 0", "t:1:4: " },
		{ "word w0 private 0\nt8 exit", "t:2:1: " },
		{ "word w0 private 0\nt0 jump", "t:2:4: expected a step" },
		{ "word w0 private 0\nt0 futex weit w0 0", "t:2:10: " },
		{ "word w0 private 0\nt0 futex wait w1 0", "t:2:15: " },
		{ "word w0 private 0\nt0 futex wait w0 x", "t:2:18: " },
		{ "word w0 private 0\nt0 futex wait w0 0 val2=1",
			"t:2:20: expected no val2" },
		{ "word w0 private 0\nt0 futex wake w0 0 timeout=1ms",
			"t:2:20: expected no timeout" },
		{ "word w0 private 0\nt0 futex wait w0 0 timeout=2s",
			"t:2:20: " },
		{ "word w0 private 0\nt0 exit now", "t:2:9: " },
		{ "word w0 private 0 w0", "t:1:19: expected of=" },
		{ "word w0 private 0 of=w0", "t:1:19: expected of=" },
		{ "word w0 private 0\nt0 link w0 pie", "t:2:12: " },
		{ "word w0 private 0\nt0 own w0 pi", "t:2:11: " },
		{ "word w0 private 0\nt0 own w0 tid=t8", "t:2:11: " },
		{ "word w0 private 0\nt0 corrupt w0", "t:2:14: " },
		{ "word w0 private 0\nt0 drop w0 1", "t:2:12: " },
		{ "word w0 private 0\nt0 fork w0", "t:2:9: " },
		{ "hash 3", "t:1:6: expected a power of two" },
		{ "hash 256", "t:1:6: expected a number of slots" },
		{ "hash 2 2", "t:1:8: " },
		{ "t0 prio 10", "t:1:9: expected a priority" },
		{ "t0 prio 1 t0", "t:1:11: expected tid=" },
		{ "t0 prio 1 tid=t0 2", "t:1:18: " },
	};
	struct program p;
	char err[200];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(parse(&p, rows[i].text, err), -1);
		if (strncmp(err, rows[i].want, strlen(rows[i].want)) != 0)
			fail_msg("%s, not %s", err, rows[i].want);
	}
}

/* Any bytes are a program, whose two forms both lead back to it. */
static void test_bytes(void **state)
{
	unsigned char data[600], binary[PROGRAM_BINARY_MAX];
	struct program p, q;
	char err[200], *text;

	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		size_t size = (size_t)rand() % sizeof(data), n;

		for (size_t k = 0; k < size; k++)
			data[k] = (unsigned char)rand();
		program_decode(&p, data, size);
		n = program_encode(&p, binary);
		assert_true(n <= sizeof(binary));
		program_decode(&q, binary, n);
		assert_memory_equal(&p, &q, sizeof(p));
		text = print(&p);
		assert_int_equal(parse(&q, text, err), 0);
		assert_memory_equal(&p, &q, sizeof(p));
		free(text);
	}
}

/* What was encoded before there were priorities, drops and hashes. */
static void test_old(void **state)
{
	static const unsigned char old[] = { 1, 0, 0, 7, 0, 0, 0, 1, 1, 0, 0, 0,
		0, /* a wait of 50 us, an exit */
		2, 0, 0, 1, 1, 0, 50, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, /**/
		2, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	struct program p;
	char *text;

	(void)state;
	program_decode(&p, old, sizeof(old));
	text = print(&p);
	assert_string_equal(text,
		"word w0 private 7\nword w1 shared 0\n"
		"t2 futex wait w1 7 timeout=50us private\nt2 exit\n");
	free(text);
}

/* A text cut or changed anywhere is read or refused. */
static void test_mangled(void **state)
{
	char text[sizeof(sample)], err[200];
	struct program p;

	(void)state;
	for (size_t i = 0; i < sizeof(sample) - 1; i++)
		for (int c = 0; c < 256; c += 3) {
			memcpy(text, sample, sizeof(sample));
			text[i] = (char)c;
			program_parse(&p, "t", text, sizeof(sample) - 1, err,
				sizeof(err));
			program_parse(&p, "t", text, i, err, sizeof(err));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_old),
		cmocka_unit_test(test_mangled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
