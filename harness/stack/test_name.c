// SPDX-License-Identifier: MIT
/*
 * test_name.c: symbols as people write them. Mangled by the rules of the
 * Itanium C++ ABI, of Rust's RFC 2603, and of its legacy scheme.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stack/name.h"

static void names(void **state)
{
	static const struct {
		const char *symbol, *shown;
	} rows[] = {
		{ "main", "main" },
		{ "write@@GLIBC_2.2.5", "write" },
		{ "@odd", "@odd" },
		{ "flush.constprop.0", "flush" },
		{ "flush.part.1.isra.0", "flush" },
		{ "main.main", "main.main" },
		{ "_Z5abortv", "abort" },
		{ "_ZN4node5StartEv", "node::Start" },
		{ "_ZNSt6vectorIiE5clearEv", "std::vector<int>::clear" },
		{ "_ZN4node5StartEv.constprop.0", "node::Start" },
		{ "_ZN3std2io5flush17h0123456789abcdefE", "std::io::flush" },
		{ "_RNvC6_123foo3bar", "123foo::bar" },
		{ "_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar" },
		{ "_RNvC03foo", "::foo" },
		{ "_ZN99999cut", "_ZN99999cut" },
		{ "_Rubbish", "_Rubbish" },
		{ "a\nb\033[31m", "a\\x0ab\\x1b[31m" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "_Z3a\nbv", "a\\x0ab" },
	};
	char text[NAME_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		name_show(rows[i].symbol, text, sizeof(text));
		assert_string_equal(text, rows[i].shown);
	}
}

#define LEVELS 40

/* Each type is a pair of the one within it, which is named by its number (the
 * ABI's <seq-id>; the LEVELS names came first): twice as long, 40 times. */
static void grows(char *to)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	to += sprintf(to, "_Z1fI");
	for (int i = 0; i < LEVELS; i++)
		to += sprintf(to, "1AI");
	to += sprintf(to, "iiE");
	for (int i = LEVELS - 1; i < 2 * LEVELS - 2; i++)
		to += sprintf(to, "S%c%c_E", digits[i / 36], digits[i % 36]);
	sprintf(to, "Evv");
}

static void names_stay_in_their_room(void **state)
{
	static char symbol[70000];
	char room[2 * NAME_ROOM];

	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		static const char *const heads[] = { "f", "_ZN60000",
			"_RNvC60000" };

		memset(symbol, 'x', 65536);
		if (kind < 3)
			memcpy(symbol, heads[kind], strlen(heads[kind]));
		else
			grows(symbol);
		for (size_t size = 1; size <= NAME_ROOM; size++) {
			memset(room, '#', sizeof(room));
			name_show(symbol, room, size);
			assert_true(strlen(room) < size);
			for (size_t i = size; i < sizeof(room); i++)
				assert_int_equal(room[i], '#');
		}
		assert_string_equal(room + NAME_ROOM - 4, "...");
	}
}

/* Every beginning and every changed byte of a mangled name. */
static void damaged(void **state)
{
	static const char *const symbols[] = {
		("_ZNSt3mapISsSt6vectorIiSaIiEESt4lessISsESaISt4pairIKSsS2_"
		 "EEEixERS6_"),
		"_RINvNtC3std3mem8align_ofNtNtC3std3mem12DiscriminantE",
		"_ZN3std2io5flush17h0123456789abcdefE",
	};
	char bad[128], text[NAME_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof(symbols) / sizeof(*symbols); i++)
		for (size_t at = 0; symbols[i][at]; at++)
			for (int c = 0; c < 256; c++) {
				strcpy(bad, symbols[i]);
				bad[at] = (char)c;
				name_show(bad, text, sizeof(text));
				for (char *p = text; *p; p++)
					assert_false((unsigned char)*p < ' ');
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(names_stay_in_their_room),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
