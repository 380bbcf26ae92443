/* SPDX-License-Identifier: MIT */
/* test_spin.c: who runs on and had its time, against who merely waits for it.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "suite/spin.h"
#include "sys/proc.h"

static pid_t start(bool loops)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	alarm(60);
	for (;;)
		if (!loops)
			pause();
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static struct hang seen(pid_t a, char of_a, pid_t b, char of_b)
{
	struct hang hang = { .nthreads = 2 };

	hang.threads[0].pid = hang.threads[0].tid = a;
	hang.threads[0].state = of_a;
	hang.threads[1].pid = hang.threads[1].tid = b;
	hang.threads[1].state = of_b;
	return hang;
}

static void use(pid_t pid, long us)
{
	long was = proc_thread_us(pid, pid);

	while (proc_thread_us(pid, pid) < was + us)
		usleep(1000);
}

static void test_spin(void **state)
{
	pid_t loops = start(true), idle = start(false);
	struct hang alone = seen(loops, 'R', idle, 'S');
	struct hang both = seen(loops, 'R', idle, 'R');
	struct hang told = seen(loops, 'R', idle, 't');
	struct hang none = seen(loops, 'S', idle, 'S');
	struct spin spin = { 0 };

	(void)state;
	assert_false(spin_look(&spin, &alone));
	use(loops, SPIN_EACH);
	assert_true(spin_look(&spin, &alone));
	/* One that runs since then, and had no time yet. */
	assert_false(spin_look(&spin, &both));
	use(loops, SPIN_EACH);
	assert_false(spin_look(&spin, &both));
	assert_false(spin_look(&spin, &told));
	assert_false(spin_look(&spin, &alone));
	use(loops, SPIN_EACH);
	assert_false(spin_look(&spin, &none));
	assert_false(spin_look(&spin, &alone));
	end(loops);
	end(idle);
	assert_int_equal(proc_thread_us(idle, idle), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_spin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
