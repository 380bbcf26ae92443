/* SPDX-License-Identifier: MIT */
/* test_base.c: the folder of a run, beside other runs and killed ones. */
#include "suite/base.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char tmp[] = "/tmp/quartet-test-base-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(tmp) ? setenv("TMPDIR", tmp, 1) : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return rmdir(tmp);
}

static int count(void)
{
	DIR *d = opendir(tmp);
	int n = -2;

	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static void open_and_close(int times)
{
	struct base b;

	while (times-- > 0) {
		if (base_open(&b))
			_exit(1);
		base_close(&b);
	}
	_exit(0);
}

static void test_beside_others(void **state)
{
	pid_t pid[6];
	int status;

	(void)state;
	for (int i = 0; i < 6; i++) {
		pid[i] = fork();
		if (!pid[i])
			open_and_close(200);
	}
	for (int i = 0; i < 6; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(count(), 0);
}

/* At whatever moment one was killed, the next removes what it left. */
static void test_killed(void **state)
{
	struct base b;
	pid_t pid;

	(void)state;
	srandom(1);
	for (int i = 0; i < 200; i++) {
		pid = fork();
		if (!pid)
			open_and_close(1000000);
		usleep((useconds_t)(random() % 2000));
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
	}
	assert_int_equal(base_open(&b), 0);
	assert_int_equal(count(), 1);
	base_close(&b);
	assert_int_equal(count(), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_beside_others),
		cmocka_unit_test(test_killed),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
