/* SPDX-License-Identifier: MIT */
/* test_doctor.c: what a part that lacks leaves of the verbs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "cmd/doctor.h"

static const char *const words[] = { "no", "part", "yes" };

/* "run:part(2) ...": the verbs that do not work as a whole. */
static const char *left(const bool *lacks)
{
	static char text[1000];
	const char *verb, *why[DOCTOR_WHYS + 1];
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; (verb = doctor_verb(i)); i++) {
		enum doctor_works w = doctor_judge(verb, lacks, why);
		int whys = 0;

		while (why[whys])
			whys++;
		if (w != WORKS_WHOLE || whys)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
				"%s%s:%s(%d)", n ? " " : "", verb, words[w],
				whys);
	}
	return text;
}

static void one_part(void **state)
{
	static const struct {
		enum doctor_part part;
		const char *want;
	} rows[] = {
		{ PART_AFL, "fuzz:no(1)" },
		{ PART_PTRACE, "run:no(1) show:no(1) dump:no(1) check:no(1) "
			       "exec:no(1) explain:no(1) minimize:no(1)" },
		{ PART_PROBES, "run:no(1) list:no(1) show:no(1) "
			       "merge:part(1)" },
		{ PART_FILTERS, "dump:part(1) check:part(1)" },
		{ PART_LOG, "explain:part(1)" },
		{ PART_USER_NS, "" },
		{ PART_NNP, "" },
		{ PART_KERNEL, "run:part(1) show:part(1)" },
		/* Told, and no fault. */
		{ PART_UML, "run:yes(1)" },
		{ PART_QEMU, "run:yes(1)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool lacks[PARTS] = { false };

		lacks[rows[i].part] = true;
		assert_string_equal(left(lacks), rows[i].want);
	}
}

static void several_parts(void **state)
{
	bool lacks[PARTS] = { false };

	(void)state;
	assert_string_equal(left(lacks), "");
	/* What does not work at all needs no more said of it. */
	lacks[PART_PTRACE] = lacks[PART_LOG] = lacks[PART_NET_NS] = true;
	assert_non_null(strstr(left(lacks), " explain:no(1) "));
	lacks[PART_PROC] = true;
	assert_non_null(strstr(left(lacks), " explain:no(2) "));
	lacks[PART_PTRACE] = lacks[PART_PROC] = false;
	assert_string_equal(left(lacks), "explain:part(2)");
	/* However much lacks there is room for it. */
	memset(lacks, true, sizeof(lacks));
	assert_non_null(strstr(left(lacks), "run:no("));
}

/* A part without a name, or a verb of none, would be told as NULL. */
static void names(void **state)
{
	(void)state;
	for (int i = 0; i < PARTS; i++)
		assert_non_null(doctor_name(i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_part),
		cmocka_unit_test(several_parts),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
