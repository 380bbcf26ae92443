/* SPDX-License-Identifier: MIT */
/* test_proc.c: status files by proc_pid_status(5), and this process's own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/proc.h"

/* A thread may call itself what it likes: the kernel writes \n for its
 * newlines, and they stay within their line. */
static const char status[] = "Name:\tState:\tZ SigCgt:\t7\\nState:\tX\n"
			     "Umask:\t0022\n"
			     "State:\tS (sleeping)\n"
			     "Pid:\t17248\n"
			     "NSpid:\t17248\t12\t1\n"
			     "SigCgt:\t0000000000010002\n"
			     "voluntary_ctxt_switches:\t150\n"
			     "nonvoluntary_ctxt_switches:\t545\n";

static void lines_of_a_status(void **state)
{
	static const struct {
		const char *key;
		int base;
		unsigned long value;
	} rows[] = {
		{ "Pid", 10, 17248 },
		{ "SigCgt", 16, 0x10002 },
		{ "voluntary_ctxt_switches", 10, 150 },
		{ "nonvoluntary_ctxt_switches", 10, 545 },
	};
	unsigned long value = 1;

	(void)state;
	assert_memory_equal(proc_line(status, "Name"), "State:\tZ", 8);
	assert_memory_equal(proc_line(status, "State"), "S (", 3);
	assert_memory_equal(proc_line(status, "NSpid"), "17248\t12\t1\n", 11);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_true(
			proc_number(status, rows[i].key, rows[i].base, &value));
		assert_int_equal(value, rows[i].value);
	}
	assert_null(proc_line(status, "Stat"));
	assert_null(proc_line(status, "Seccomp"));
	assert_false(proc_number(status, "Seccomp", 10, &value));
	assert_int_equal(value, 0);
	assert_null(proc_line("", "Name"));
	assert_null(proc_line("Name:", "Name"));
}

static void files(void **state)
{
	unsigned long pid;
	char buf[4096], small[5];

	(void)state;
	assert_true(proc_read(buf, sizeof(buf), "%d/status", getpid()) > 0);
	assert_true(proc_number(buf, "Pid", 10, &pid));
	assert_int_equal(pid, getpid());
	assert_int_equal(proc_status(getpid(), "Pid"), getpid());
	assert_int_equal(proc_status(getpid(), "NoSuch"), -1);
	assert_int_equal(proc_status(-1, "Pid"), -1);
	assert_int_equal(proc_own_tid(-1), -1);
	assert_int_equal(
		proc_read(small, sizeof(small), "%d/status", getpid()), 4);
	assert_string_equal(small, "Name");
	assert_int_equal(proc_read(small, sizeof(small), "-1/status"), -ENOENT);
	assert_string_equal(small, "");
	assert_int_equal(proc_read(small, sizeof(small), "self"), -EISDIR);
	assert_string_equal(small, "");
}

/* What the kernel hands out in pieces of a page is read whole. */
static void longer_than_a_page(void **state)
{
	const size_t size = 1 << 20;
	char *buf = malloc(size);
	ssize_t n = proc_read(buf, size, "self/smaps");

	(void)state;
	assert_true(n > 4096);
	assert_int_equal(strlen(buf), n);
	assert_int_equal(buf[n - 1], '\n');
	assert_non_null(strstr(buf, "[stack]"));
	free(buf);
}

static void *sleeper(void *barrier)
{
	pthread_barrier_wait(barrier);
	pthread_barrier_wait(barrier);
	return NULL;
}

static void threads(void **state)
{
	pthread_barrier_t barrier;
	bool has_leader = false;
	pthread_t thread;
	DIR *dir;
	pid_t tid;
	int n = 0;

	(void)state;
	pthread_barrier_init(&barrier, NULL, 2);
	assert_int_equal(pthread_create(&thread, NULL, sleeper, &barrier), 0);
	pthread_barrier_wait(&barrier);
	dir = proc_open_threads(getpid());
	assert_non_null(dir);
	while ((tid = proc_next_thread(dir))) {
		assert_int_equal(proc_status(tid, "Tgid"), getpid());
		has_leader = has_leader || tid == getpid();
		n++;
	}
	closedir(dir);
	pthread_barrier_wait(&barrier);
	pthread_join(thread, NULL);
	assert_int_equal(n, 2);
	assert_true(has_leader);
	assert_null(proc_open_threads(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_a_status),
		cmocka_unit_test(files),
		cmocka_unit_test(longer_than_a_page),
		cmocka_unit_test(threads),
	};

	return cmocka_run_group_tests_name("proc", tests, NULL, NULL);
}
