/* SPDX-License-Identifier: MIT */
/* test_hash.c: the vectors that come with the description of FNV. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "sys/hash.h"

static void vectors(void **state)
{
	static const struct {
		const char *text;
		uint32_t h32;
		uint64_t h64;
	} rows[] = {
		{ "", 0x811c9dc5, 0xcbf29ce484222325 },
		{ "a", 0xe40c292c, 0xaf63dc4c8601ec8c },
		{ "foobar", 0xbf9cf968, 0x85944171f73967e8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t n = strlen(rows[i].text);

		assert_int_equal(hash32(HASH32, rows[i].text, n), rows[i].h32);
		assert_int_equal(hash64(HASH64, rows[i].text, n), rows[i].h64);
	}
	/* In two steps as in one. */
	assert_int_equal(hash32(hash32(HASH32, "foo", 3), "bar", 3),
		hash32(HASH32, "foobar", 6));
	assert_int_equal(hash64(hash64(HASH64, "foo", 3), "bar", 3),
		hash64(HASH64, "foobar", 6));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
	};

	return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
