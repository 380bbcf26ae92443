/* SPDX-License-Identifier: MIT */
/* test_ask_read.c: calls as people and strace write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/asking.h"

/* A question as text: "openat ffffff9c * 80000". */
static void show(const struct question *q, char *to, size_t size)
{
	size_t n = (size_t)snprintf(to, size, "%s", q->name);

	for (unsigned i = 0; i < q->n; i++)
		n += (size_t)(q->known[i]
				      ? snprintf(to + n, size - n, " %llx",
						(unsigned long long)q->args[i])
				      : snprintf(to + n, size - n, " *"));
}

static void read_lines(void **state)
{
	static const struct {
		const char *line, *want; /* NULL: no call */
	} rows[] = {
		{ "read", "read" },
		{ "  socket AF_UNIX SOCK_STREAM|SOCK_CLOEXEC 0 # why",
			"socket 1 80001 0" },
		{ "openat AT_FDCWD * O_CREAT", "openat ffffff9c * 40" },
		{ "openat 0xffffffffffffff9c", "openat ffffffffffffff9c" },
		{ "mmap 0 1 2 3 -1 -1", "mmap 0 1 2 3 ffffffffffffffff "
					"ffffffffffffffff" },
		{ "231 0", "231 0" },
		{ "", NULL },
		{ "# socket 1", NULL },
		/* What strace 6.1 prints, with -f, -t, -y, -T too. */
		{ "openat(AT_FDCWD, \"/etc/a,b\", O_RDONLY|O_CLOEXEC) = 3\n",
			"openat ffffff9c * 80000" },
		{ "1234 close(3) = 0", "close 3" },
		{ "[pid  1234] close(3</etc/x(1)>)    = 0 <0.00001>",
			"close 3" },
		{ "1234 12:00:00.123456 futex(0x7f00, FUTEX_WAIT_PRIVATE, 2, "
		  "NULL <unfinished ...>",
			"futex 7f00 80 2 0" },
		{ "[pid 12] read(3,  <unfinished ...>", "read 3" },
		{ "12 <... read resumed>\"x\", 1) = 1", NULL },
		{ "12 +++ exited with 0 +++", NULL },
		{ "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED} ---",
			NULL },
		{ "strace: Process 12 attached", NULL },
		{ "clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, "
		  "child_tidptr=0x7f1) = 12",
			"clone 1000011 0 * 7f1" },
		{ "ioctl(0, SNDCTL_TMR_TIMEBASE or TCGETS, {c_iflag=1, x}) = 0",
			"ioctl 0 5401 *" },
		{ "rt_sigaction(SIGINT, {sa_handler=0x1, sa_mask=[]}, NULL, 8)"
		  " = 0",
			"rt_sigaction 2 * 0 8" },
		{ "execve(\"/bin/ls\", [\"ls\", \"a)\"], 0x7ffc /* 9 vars */) "
		  "= "
		  "0",
			"execve * * 7ffc" },
		{ "write(1, \"a\\\"b, c\"..., 4) = 4", "write 1 * 4" },
		{ "prctl(0x99 /* PR_??? */, 1) = -1", "prctl 99 1" },
		{ "kill(-1, SIGTERM) = 0", "kill ffffffff f" },
		{ "newfstatat(3</a>, \"\", {st_mode=S_IFREG|0644, ...}, "
		  "AT_EMPTY_PATH) = 0",
			"newfstatat 3 * * 1000" },
	};
	struct profile_error why;
	struct question q;
	char got[256];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int ret = question_read(&q, rows[i].line, &why);

		assert_int_equal(ret, rows[i].want ? 1 : 0);
		if (!rows[i].want)
			continue;
		show(&q, got, sizeof(got));
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("%s: %s", rows[i].line, got);
	}
}

static void wrong_lines(void **state)
{
	static const struct {
		const char *line, *why;
	} rows[] = {
		{ "socket AF_WHAT", "AF_WHAT" },
		{ "read 1 2 3 4 5 6 7", "more than 6" },
		{ "read 1|", "number or a constant" },
	};
	struct profile_error why;
	struct question q;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(question_read(&q, rows[i].line, &why), -1);
		assert_non_null(strstr(why.text, rows[i].why));
	}
}

/* Cut anywhere, or with any byte changed, a line is read or refused. */
static void mangled_lines(void **state)
{
	static const char line[] =
		"[pid 12] openat(AT_FDCWD</tmp>, \"a\\\"b\", flags=O_RDONLY|"
		"O_CLOEXEC /* x */, [{a, b}, (c)], NULL, 6, 7, 8 or 9) = 3 <1>";
	char copy[sizeof(line)];
	struct profile_error why;
	struct question q;

	(void)state;
	for (size_t i = 0; i < sizeof(line) - 1; i++) {
		memcpy(copy, line, sizeof(line));
		copy[i] = '\0';
		question_read(&q, copy, &why);
		for (int c = 1; c < 256; c++) {
			memcpy(copy, line, sizeof(line));
			copy[i] = (char)c;
			question_read(&q, copy, &why);
			assert_true(q.n <= PROFILE_ARGS);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_lines),
		cmocka_unit_test(wrong_lines),
		cmocka_unit_test(mangled_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
