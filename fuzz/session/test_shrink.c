/* SPDX-License-Identifier: MIT */
/* test_shrink.c: what is left of a program, and what a run of it shows. */
#include <errno.h>
#include <linux/futex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "program/behaviour.h"
#include "program/mutate.h"
#include "session/shrink.h"

static void read_program(struct program *p, const char *text)
{
	char err[200];

	if (program_parse(p, "test", text, strlen(text), err, sizeof(err)))
		fail_msg("%s", err);
}

/* Breaks where some thread wakes what another waits on. */
static bool wakes_after_wait(const struct program *p, void *arg)
{
	(void)arg;
	for (int i = 0; i < p->nsteps; i++)
		for (int k = i + 1; k < p->nsteps; k++)
			if ((p->steps[i].op & 127) == FUTEX_WAIT &&
				p->steps[i].kind == STEP_FUTEX &&
				p->steps[k].kind == STEP_FUTEX &&
				(p->steps[k].op & 127) == FUTEX_WAKE &&
				p->steps[k].thread != p->steps[i].thread)
				return true;
	return false;
}

static void keeps_what_breaks(void **state)
{
	struct program p;

	(void)state;
	read_program(&p, "word w0 private 0\n"
			 "word w1 shared 7\n"
			 "t5 futex wait w1 7 timeout=5us # ETIMEDOUT\n"
			 "t5 store w0 3\n"
			 "t3 sleeps t5\n"
			 "t2 futex wake w1 9\n"
			 "t2 futex requeue w0 1 w1\n");
	assert_true(shrink(&p, wakes_after_wait, NULL) > 0);
	assert_int_equal(p.nsteps, 2);
	assert_int_equal(p.nwords, 1);
	assert_int_equal(p.steps[0].thread, 0);
	assert_int_equal(p.steps[1].thread, 1);
	assert_int_equal(p.steps[0].fourth, TIMEOUT_NONE);
	assert_false(p.steps[0].expects);
}

static void leaves_a_sound_program(void **state)
{
	struct program p, before;

	(void)state;
	read_program(&p, "word w0 private 0\nt0 futex wake w0 1\n");
	before = p;
	assert_int_equal(shrink(&p, wakes_after_wait, NULL), 0);
	assert_memory_equal(&p, &before, sizeof(p));
}

static void behaviours_tell_results_apart(void **state)
{
	struct behaviour a[BEHAVIOURS_OF_RUN], b[BEHAVIOURS_OF_RUN];
	struct result r = { 0 };
	struct program p;

	(void)state;
	read_program(&p, "word w0 private 0\nt0 futex wake w0 1\n");
	assert_int_equal(behaviour_of(&p, &r, a), 0); /* it did not run */
	r.state[0] = STEP_RETURNED;
	assert_int_equal(behaviour_of(&p, &r, a), 1);
	r.ret[0] = 1;
	assert_int_equal(behaviour_of(&p, &r, b), 1);
	assert_int_not_equal(a[0].place, b[0].place);
	r.ret[0] = -EFAULT;
	behaviour_of(&p, &r, a);
	assert_int_not_equal(a[0].place, b[0].place);
	assert_int_equal(a[0].op, FUTEX_WAKE);
}

/* Seven wakes and eight are one behaviour: a map of counts would never fill. */
static void behaviours_leave_numbers_alone(void **state)
{
	struct behaviour a[BEHAVIOURS_OF_RUN], b[BEHAVIOURS_OF_RUN];
	struct result r = { .state = { STEP_RETURNED }, .ret = { 7 } };
	struct program p;

	(void)state;
	read_program(&p, "word w0 private 0\nt0 futex wake w0 9\n");
	behaviour_of(&p, &r, a);
	r.ret[0] = 8;
	behaviour_of(&p, &r, b);
	assert_int_equal(a[0].place, b[0].place);
}

static void mutants_are_programs(void **state)
{
	struct dice dice = { 7 }, same = { 7 };
	unsigned char data[PROGRAM_BINARY_MAX];
	struct program p, q, other;
	int changed = 0;

	(void)state;
	memset(&p, 0, sizeof(p));
	p.nwords = 1;
	q = other = p;
	for (int i = 0; i < 20000; i++) {
		mutate(&p, &other, &dice);
		mutate(&q, &other, &same);
		assert_memory_equal(&p, &q, sizeof(p));
		assert_true(p.nsteps >= 0 && p.nsteps <= PROGRAM_STEPS);
		assert_true(p.nwords >= 1 && p.nwords <= PROGRAM_WORDS);
		program_decode(&p, data, program_encode(&p, data));
		changed += memcmp(&p, &other, sizeof(p)) != 0;
		other = q = p;
	}
	assert_true(changed > 15000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_what_breaks),
		cmocka_unit_test(leaves_a_sound_program),
		cmocka_unit_test(behaviours_tell_results_apart),
		cmocka_unit_test(behaviours_leave_numbers_alone),
		cmocka_unit_test(mutants_are_programs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
