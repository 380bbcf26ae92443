/* SPDX-License-Identifier: MIT */
/* test_region.c: sets of a word, against all words that have few bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "profile/emit.h"
#include "profile/profile.h"
#include "profile/prove.h"
#include "profile/random.h"
#include "profile/region.h"

/* Sets of a word, against all words that have no bits but the lowest 8. */
static void test_region(void **state)
{
	struct region_tests t = { .n = 0 };
	const struct region_test small = { 3, 0xffffff00, REGION_EQ, 0, true,
		0 };

	(void)state;
	random_seed(3);
	for (int round = 0; round < 3000; round++) {
		struct region_test tests[5];
		struct seccomp_data data;
		struct region r;
		size_t n = 1 + random_below(5), left = 0;
		bool some;

		t.n = 0;
		region_all(&r);
		some = region_add(&r, &t, small);
		for (size_t i = 0; i < n; i++) {
			tests[i] = (struct region_test){ 3,
				random_below(2) ? 0xffffffff
						: (uint32_t)random_below(256),
				(enum region_op)random_below(3),
				(uint32_t)random_below(256), random_below(2),
				0 };
			some = some && region_add(&r, &t, tests[i]);
		}
		for (uint32_t w = 0; w < 256; w++) {
			bool in = true;

			for (size_t i = 0; i < n; i++) {
				uint32_t a = w & tests[i].mask, k = tests[i].k;
				bool yes = tests[i].op == REGION_EQ   ? a == k
					   : tests[i].op == REGION_GT ? a > k
								      : a >= k;

				in = in && yes == tests[i].truth;
			}
			left += in;
		}
		assert_int_equal(some, left > 0);
		assert_false(t.lost);
		if (some)
			assert_true(region_some(&r, &t, &data));
	}
	free(t.tests);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_region),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
