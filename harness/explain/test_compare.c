/* SPDX-License-Identifier: MIT */
/* test_compare.c: written passes, and in what they differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "explain/compare.h"
#include "sys/arch.h"
#include "sys/calls.h"

#define EXITED(status) ((status) << 8)

static struct explain_seen a, b;
static struct explain_compared in[EXPLAIN_WAYS];
static struct explain_place places[2];

static int holding(const char *text)
{
	int fd = memfd_create("text", MFD_CLOEXEC);
	ssize_t n = (ssize_t)strlen(text);

	assert_int_equal(write(fd, text, (size_t)n), n);
	return fd;
}

/* Two runs that are alike, in all that is compared. */
static int set_up(void **state)
{
	(void)state;
	memset(&a, 0, sizeof(a));
	memset(places, 0, sizeof(places));
	a.ended = true;
	a.processes = 2;
	a.cpu_us = 50000;
	a.open.known = true;
	a.open.n = 3;
	a.open.others = 3;
	b = a;
	a.out = holding("out");
	b.out = holding("out");
	a.err = holding("");
	b.err = holding("");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	close(a.out);
	close(b.out);
	close(a.err);
	close(b.err);
	return 0;
}

/* They differ in this way, and in no other that is known. */
static void differ_in(int way)
{
	explain_compare_two(&a, &b, in);
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		assert_int_equal(in[i].known && !in[i].same, i == way);
}

static void note(struct explain_seen *seen, int k, unsigned long n)
{
	places[k].arch = ARCH_NATIVE;
	places[k].nr = calls_number(ARCH_NATIVE, "poll");
	places[k].count = n;
	seen->places.list[0] = &places[k];
	seen->places.n = 1;
}

static void alike(void **state)
{
	(void)state;
	differ_in(-1);
	for (int i = 0; i < EXPLAIN_WAYS; i++)
		assert_true(in[i].known);
}

static void texts(void **state)
{
	(void)state;
	assert_int_equal(pwrite(a.out, "x", 1, 2), 1);
	differ_in(EXPLAIN_OUT);
	assert_int_equal(in[EXPLAIN_OUT].at, 2);
}

static void texts_cut_short(void **state)
{
	(void)state;
	a.ended = b.ended = false;
	a.timed_out = b.timed_out = true;
	assert_int_equal(write(b.out, "more", 4), 4);
	differ_in(-1);
	assert_true(in[EXPLAIN_OUT].beginning);
	assert_int_equal(pwrite(a.out, "x", 1, 0), 1);
	differ_in(EXPLAIN_OUT);
	assert_false(in[EXPLAIN_OUT].beginning);
}

static void ends(void **state)
{
	(void)state;
	a.status = EXITED(1);
	differ_in(EXPLAIN_END);
	assert_false(in[EXPLAIN_OPEN].known);
	a.status = 0;
	a.ended = false;
	a.timed_out = true;
	differ_in(EXPLAIN_END);
}

static void add_failed(struct explain_seen *seen, int status, int n)
{
	struct explain_failed *f = &seen->failed[seen->nfailed++];

	f->status = status;
	f->n = n;
	strcpy(f->comm, "child");
}

static void failures(void **state)
{
	(void)state;
	add_failed(&a, EXITED(1), 3);
	add_failed(&b, EXITED(1), 3);
	differ_in(-1);
	a.failed[0].n = 4;
	differ_in(EXPLAIN_FAILED);
	a.failed[0].n = 2; /* fewer is no damage */
	differ_in(-1);
	add_failed(&a, EXITED(2), 1);
	differ_in(EXPLAIN_FAILED);
	a.unkept = 1;
	differ_in(-1);
	assert_false(in[EXPLAIN_FAILED].known);
}

static void descriptors(void **state)
{
	(void)state;
	a.open.n = 6;
	differ_in(EXPLAIN_OPEN);
	a.open.n = 2;
	differ_in(-1);
	a.open.others = 4;
	differ_in(EXPLAIN_OPEN);
	/* None of these premises may be missing. */
	a.processes++;
	differ_in(-1);
	a.processes--;
	a.nlost = 1;
	differ_in(-1);
	a.nlost = 0;
	b.open.known = false;
	differ_in(-1);
}

static void tries(void **state)
{
	struct explain_tried t;

	(void)state;
	note(&a, 0, 10175);
	note(&b, 1, 20);
	differ_in(EXPLAIN_TRIES);
	assert_true(explain_tries_again(&a.places, &b.places, &t));
	assert_string_equal(t.call, "poll");
	assert_int_equal(t.is, 10175);
	assert_int_equal(t.was, 20);
	places[0].count = 300;
	differ_in(-1);
	places[0].count = 301;
	differ_in(EXPLAIN_TRIES);
	b.places.unplaced = 1;
	differ_in(-1);
}

static void processor_time(void **state)
{
	(void)state;
	a.cpu_us = 300000;
	differ_in(-1);
	a.cpu_us = 300001;
	differ_in(EXPLAIN_CPU);
}

/* 1154.543 has no binary fraction: 17 digits would show that. */
static void numbers_in_json(void **state)
{
	static struct explained e;
	char *text = NULL, *argv[] = { "x", NULL };
	size_t n = 0;
	FILE *to = open_memstream(&text, &n);

	(void)state;
	e = (struct explained){
		.command = "x", .argv = argv, .profile = "p", .when = "exec"
	};
	e.real.us = 1154543000;
	assert_int_equal(explain_json(&e, to), 0);
	fclose(to);
	assert_non_null(strstr(text, "\"seconds\":1154.543,"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(alike, set_up, tear_down),
		cmocka_unit_test_setup_teardown(texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			texts_cut_short, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends, set_up, tear_down),
		cmocka_unit_test_setup_teardown(failures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(descriptors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tries, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			processor_time, set_up, tear_down),
		cmocka_unit_test(numbers_in_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
