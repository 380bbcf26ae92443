/* SPDX-License-Identifier: MIT */
/* test_learn.c: what lines of traces and logs tell, and hostile ones do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "profile/learn.h"
#include "profile/profile.h"
#include "sys/arch.h"

static struct learned l;

static int clear(void **state)
{
	(void)state;
	memset(&l, 0, sizeof(l));
	return 0;
}

/* One line, and the only call that it tells of; "": of none. */
static void test_lines(void **state)
{
	static const struct {
		const char *line, *call, *who;
	} rows[] = {
		{ "read(3, \"\", 10) = 0", "read", "" },
		{ "[pid 12] openat(AT_FDCWD, \"a\", O_RDONLY) = 3", "openat",
			"" },
		{ "12    read(3,  <unfinished ...>", "read", "" },
		{ "09:11:12.345678 getuid() = 0", "getuid", "" },
		{ "type=SECCOMP msg=audit(1.1:1): pid=7 comm=\"w\" sig=0 "
		  "arch=c000003e syscall=39 compat=0 ip=0x7f code=0x7ffc0000",
			"getpid", "w" },
		{ "audit: type=1326 audit(1.0:4): pid=8 comm=6120620A sig=31 "
		  "arch=c000003e syscall=41 compat=0 code=0x80000000",
			"socket", "" },
		{ "", "", "" },
		{ "--- SIGCHLD {si_signo=SIGCHLD} ---", "", "" },
		{ "+++ exited with 0 +++", "", "" },
		{ "type=SYSCALL msg=audit(1.1:46): arch=c000003e syscall=57",
			"", "" },
		{ "a word and (another) = 0", "", "" },
		{ "type=SECCOMP syscall=", "", "" },
		{ "type=SECCOMP arch=c000003e syscall=-1", "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		bool told;

		clear(state);
		told = learn_line(&l, rows[i].line);
		if (told != (rows[i].call[0] != '\0') && l.n)
			fail_msg("\"%s\" told of %s", rows[i].line,
				l.calls[0].rule.name);
		assert_int_equal(l.n, rows[i].call[0] ? 1 : 0);
		if (l.n)
			assert_string_equal(l.calls[0].rule.name, rows[i].call);
		if (l.n && rows[i].who[0])
			assert_string_equal(l.calls[0].who[0], rows[i].who);
	}
}

static void test_counts(void **state)
{
	struct profile *p;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_true(learn_line(&l, "read(3, \"\", 10) = 0"));
	assert_true(learn_line(&l, "getuid() = 0"));
	assert_int_equal(l.n, 2);
	assert_int_equal(l.calls[0].count + l.calls[1].count, 6);
	p = learn_build(&l, SCMP_ACT_KILL_PROCESS);
	assert_non_null(p);
	assert_int_equal(p->nrules, 2);
	assert_int_equal(p->default_action, SCMP_ACT_KILL_PROCESS);
	profile_free(p);
}

/* Who is told is three programs, and how many there were. */
static void test_who(void **state)
{
	char line[200];

	(void)state;
	for (int i = 0; i < 5; i++) {
		snprintf(line, sizeof(line),
			"type=SECCOMP pid=7 comm=\"p%d\" sig=0 arch=c000003e "
			"syscall=39 compat=0 code=0x7ffc0000",
			i);
		assert_true(learn_line(&l, line));
	}
	assert_int_equal(l.n, 1);
	assert_int_equal(l.calls[0].nwho, 5);
	assert_string_equal(l.calls[0].who[LEARNED_WHO - 1], "p2");
}

/* Of two records, one behind the other; a call of both passes counts once. */
static void test_records(void **state)
{
	char text[] =
		"{\"filtered\": {\"places\": [{\"call\": \"brk\"}, "
		"{\"call\": \"read\"}]}, \"let_through\": {\"places\": "
		"[{\"call\": \"brk\", \"count\": 3}]}}\n"
		"{\"let_through\": {\"places\": [{\"call\": \"getpid\"}]}}";
	char other[] = "{\"names\": []}", broken[] = "{\"filtered\": {}} }";
	struct profile_error err = { "" };

	(void)state;
	assert_int_equal(learn_text(&l, "t", text, strlen(text), &err), 0);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.calls[0].rule.name, "brk");
	assert_int_equal(l.calls[0].count, 3);
	assert_int_equal(learn_text(&l, "t", other, strlen(other), &err), 1);
	assert_int_equal(l.n, 3);
	assert_int_equal(learn_text(&l, "t", broken, strlen(broken), &err), -1);
	assert_non_null(strstr(err.text, "t: is no JSON"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_lines, clear),
		cmocka_unit_test_setup(test_counts, clear),
		cmocka_unit_test_setup(test_who, clear),
		cmocka_unit_test_setup(test_records, clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
