/* SPDX-License-Identifier: MIT */
/* test_judge_row.c: declared or not, on a kernel that kills no process and on
 * gVisor, whose rows come first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "suite/gvisor_rows.h"
#include "suite/judge.h"
#include "sys/has.h"

static bool only_gvisor(const char *feature)
{
	return !strcmp(feature, "gvisor");
}

static bool nothing(const char *feature)
{
	(void)feature;
	return false;
}

static enum verdict judge(const char *name, const struct expect *row,
	struct place place, struct judged seen)
{
	struct declaration d = { .name = name, .nexpect = 1 };
	const struct expect *decided;
	char want[200];

	d.probe.expect[0] = *row;
	place.filtered = strcmp(place.profile, "none") != 0;
	return judge_verdict(&d, &place, &seen, &decided, want, sizeof(want));
}

/* A thread that is to take its process along and does not: only then. */
static void test_spared(void **state)
{
	const struct expect dies = { DIES("brk") };
	const struct place spares = { .profile = "four",
		.spares = true,
		.has = nothing },
			   kills = { .profile = "four", .has = nothing };
	static const enum outcome outcomes[] = { OUT_LOSES, OUT_ZOMBIE };

	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct judged brk = { outcomes[i], .call = "brk" },
				    mmap = { outcomes[i], .call = "mmap" };

		assert_int_equal(
			judge("t/t", &dies, spares, brk), VERDICT_PASS);
		assert_int_equal(judge("t/t", &dies, kills, brk), VERDICT_FAIL);
		assert_int_equal(
			judge("t/t", &dies, spares, mmap), VERDICT_FAIL);
	}
}

static const struct place gvisor_none = { .profile = "none",
	.has = only_gvisor },
			  gvisor_four = { .profile = "four",
				  .has = only_gvisor },
			  linux_none = { .profile = "none", .has = nothing },
			  linux_four = { .profile = "four", .has = nothing };

/* The control too, and no other check's failure. */
static void test_gvisor(void **state)
{
	const struct expect works = { WORKS };
	const struct judged wrong = { OUT_FAILS, EBADE, 36, .text = "" },
			    later = { OUT_FAILS, EBADE, 38, .text = "" },
			    fine = { OUT_WORKS };
	const char *name = "futex/tid-exists";

	(void)state;
	assert_int_equal(judge(name, &works, gvisor_none, wrong), VERDICT_PASS);
	assert_int_equal(judge(name, &works, gvisor_four, wrong), VERDICT_PASS);
	assert_int_equal(judge(name, &works, gvisor_four, later), VERDICT_FAIL);
	assert_int_equal(judge(name, &works, gvisor_four, fine), VERDICT_FAIL);
	assert_int_equal(judge(name, &works, linux_four, wrong), VERDICT_FAIL);
	assert_int_equal(
		judge(name, &works, linux_none, wrong), VERDICT_BROKEN);
	assert_int_equal(judge("t/t", &works, gvisor_none, fine), VERDICT_PASS);
}

/* By a race, as on Linux or as the row has it; nothing else. */
static void test_race(void **state)
{
	const struct expect works = { WORKS };
	const char *name = "signal/stop-futex";

	(void)state;
	assert_int_equal(
		judge(name, &works, gvisor_four, (struct judged){ OUT_HANGS }),
		VERDICT_PASS);
	assert_int_equal(
		judge(name, &works, gvisor_four, (struct judged){ OUT_WORKS }),
		VERDICT_PASS);
	assert_int_equal(judge(name, &works, gvisor_four,
				 (struct judged){ OUT_FAILS, EPERM }),
		VERDICT_FAIL);
	assert_int_equal(
		judge(name, &works, linux_four, (struct judged){ OUT_HANGS }),
		VERDICT_FAIL);
}

/* Each says why, with a file or a folder of gVisor's; each feature is one. */
static void test_rows(void **state)
{
	(void)state;
	for (const struct gvisor_row *r = gvisor_rows; r->probe; r++) {
		assert_non_null(r->row.why);
		assert_non_null(strchr(r->row.why, '/'));
		assert_true(!r->line || r->row.num == EBADE);
		assert_null(r->row.has);
	}
	assert_true(has_known("gvisor") && has_known("kill_process"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spared),
		cmocka_unit_test(test_gvisor),
		cmocka_unit_test(test_race),
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
