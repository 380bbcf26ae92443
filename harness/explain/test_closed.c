/* SPDX-License-Identifier: MIT */
/* test_closed.c: why a process cannot be looked into, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "explain/closed.h"

static void says(struct closed c, const char *part)
{
	assert_non_null(strstr(closed_why(&c), part));
}

/* Documentation/admin-guide/LSM/Yama.rst: 1 ancestors and CAP_SYS_PTRACE, 2
 * CAP_SYS_PTRACE alone, 3 nobody. */
static void test_yama(void **state)
{
	(void)state;
	says((struct closed){ .maps = true, .scope = 1 }, "or let root set");
	says((struct closed){ .maps = true, .scope = 2 }, "by root alone");
	says((struct closed){ .maps = true, .scope = 3 }, "by anybody");
	says((struct closed){ .root = true, .trace = true, .scope = 3 },
		"by anybody");
}

/* What has no maps for us either is not Yama's doing. */
static void test_own(void **state)
{
	(void)state;
	says((struct closed){ .scope = 1 }, "closed itself");
	says((struct closed){ .scope = -1 }, "closed itself");
	says((struct closed){ .maps = true, .scope = 0 }, "security module");
	says((struct closed){ .maps = true, .scope = -1 }, "security module");
}

static void test_root(void **state)
{
	(void)state;
	says((struct closed){ .root = true, .scope = -1 },
		"CAP_SYS_PTRACE is missing");
	says((struct closed){ .root = true, .maps = true, .scope = 1 },
		"--cap-add SYS_PTRACE");
	says((struct closed){ .root = true, .trace = true, .scope = 1 },
		"user namespace");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_yama),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
