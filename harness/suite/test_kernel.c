/* SPDX-License-Identifier: MIT */
/* test_kernel.c: names of kernels, and cells run on one that is not the host:
 * here a child that says what it likes. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "suite/kernel.h"
#include "suite/record.h"
#include "suite/run.h"
#include "suite/worker.h"

static const char base[] = "exit/raw@four+exit_group/glibc";

static pid_t start_other(const struct kernel_start *st, int *records);

static const struct kernel other = {
	.name = "uml",
	.start = start_other,
};

static void test_find(void **state)
{
	(void)state;
	assert_ptr_equal(kernel_find("host"), &kernel_host);
	assert_ptr_equal(kernel_at(0), &kernel_host);
	assert_null(kernel_find("no-kernel"));
	assert_null(kernel_find(""));
	assert_null(kernel_find("hos"));
	assert_null(kernel_find("host+"));
}

static void test_named(void **state)
{
	(void)state;
	assert_null(kernel_named("exit/raw"));
	assert_null(kernel_named("exit/raw@four+exit_group/glibc"));
	assert_null(kernel_named("*+exit_group/*"));
	assert_null(kernel_named("exit/raw@four+exit_group"));
	assert_string_equal(kernel_named("exit/raw@four/glibc+uml"), "uml");
	assert_string_equal(kernel_named("exit/raw@four+heap/*+host"), "host");
}

static void test_cell_name(void **state)
{
	char name[100];

	(void)state;
	kernel_cell_name(&kernel_host, base, name, sizeof(name));
	assert_string_equal(name, base);
	kernel_cell_name(&other, base, name, sizeof(name));
	assert_string_equal(name, "exit/raw@four+exit_group/glibc+uml");
}

static void test_matches(void **state)
{
	static const struct {
		const char *pattern;
		bool host, other;
	} rows[] = {
		{ "exit/*", true, true },
		{ "exit/raw@four+exit_group/glibc", true, true },
		{ "exit/raw@four+exit_group/glibc+host", true, false },
		{ "exit/raw@four+exit_group/glibc+uml", false, true },
		{ "*@*/*+uml", false, true },
		{ "*@*/*+[hu]*", true, true },
		{ "*+exit_group/glibc", true, true },
		{ "*/*[!c]", false, false },
		{ "*uml", false, false },
		{ "exit/raw@four/glibc+uml", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(
			kernel_matches(&kernel_host, base, rows[i].pattern),
			rows[i].host);
		assert_int_equal(kernel_matches(&other, base, rows[i].pattern),
			rows[i].other);
	}
}

/* A line in two parts, the second of them late. */
static void say(int to, const struct cell *c, uint32_t i)
{
	char *line = record_reason(c, VERDICT_SKIP, "said over there");
	size_t size = strlen(line) + 1;
	struct worker_head head = { i, VERDICT_SKIP, (uint32_t)size };

	line[size - 1] = '\n';
	if (write(to, &head, sizeof(head)) != (ssize_t)sizeof(head) ||
		write(to, line, 5) != 5)
		_exit(1);
	usleep(20000);
	if (write(to, line + 5, size - 5) != (ssize_t)size - 5)
		_exit(1);
	free(line);
}

/* It is lost at the second cell, when it gets there. */
static pid_t start_other(const struct kernel_start *st, int *records)
{
	struct worker_share *share = st->share;
	const struct suite *s = st->s;
	int fds[2], no = st->no;
	pid_t pid;
	uint32_t i;

	if (no < 0 || !st->base[0] || pipe(fds))
		return -EINVAL;
	pid = fork();
	if (pid) {
		close(fds[1]);
		*records = fds[0];
		return pid;
	}
	while ((i = __atomic_fetch_add(&share->next, 1, __ATOMIC_SEQ_CST)) <
		s->ncells) {
		if (share->done[i])
			continue;
		share->at[no] = i + 1;
		if (i == 1)
			raise(SIGKILL);
		say(fds[1], &s->cells[i], i);
	}
	_exit(0);
}

static void test_run(void **state)
{
	static const struct declaration d = { .name = "exit/raw" };
	static const struct flavour f = { .name = "glibc" };
	static const struct built b = { .profile = "four" };
	struct cell cells[3];
	struct suite s = { .cells = cells, .ncells = 3, .kernel = &other };
	struct run_options options = { .jobs = 1, .quiet = true };
	struct run_totals totals;
	FILE *kept = tmpfile();
	struct record r = { .fd = fileno(kept), .dir = "here" };
	char line[500];
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		cells[i] = (struct cell){
			.d = &d, .flavour = &f, .built = &b, .kernel = &other
		};
		snprintf(line, sizeof(line), "exit/raw%d@four/glibc", i);
		kernel_cell_name(
			&other, line, cells[i].name, sizeof(cells[i].name));
	}
	assert_int_equal(run_cells(&s, &r, &options, &totals), 0);
	assert_int_equal(totals.verdicts[VERDICT_SKIP], 2);
	assert_int_equal(totals.verdicts[VERDICT_BROKEN], 1);
	assert_int_equal(totals.verdicts[VERDICT_MISSING], 0);
	rewind(kept);
	for (i = 0; fgets(line, sizeof(line), kept); i++) {
		assert_non_null(strstr(line, cells[i].name));
		assert_non_null(strstr(line, "\"kernel\":\"uml\""));
		assert_non_null(strstr(
			line, i == 1 ? "ended by SIGKILL" : "said over there"));
	}
	assert_int_equal(i, 3);
	fclose(kept);
}

static pid_t start_nowhere(const struct kernel_start *st, int *records)
{
	(void)st, (void)records;
	return -ENOENT;
}

/* Who cannot start a worker says so, and does not try for ever. */
static void test_no_start(void **state)
{
	static const struct kernel none = { .name = "none",
		.start = start_nowhere };
	struct cell cell = { .kernel = &none };
	struct suite s = { .cells = &cell, .ncells = 1, .kernel = &none };
	struct run_options options = { .jobs = 2, .quiet = true };
	struct run_totals totals;

	(void)state;
	assert_int_equal(run_cells(&s, NULL, &options, &totals), -ENOENT);
	assert_int_equal(totals.verdicts[VERDICT_MISSING], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_named),
		cmocka_unit_test(test_cell_name),
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_no_start),
	};

	return cmocka_run_group_tests_name("kernel", tests, NULL, NULL);
}
