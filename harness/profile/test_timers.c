/* SPDX-License-Identifier: MIT */
/* test_timers.c: filters written by hand, of which some let nobody make a
 * timer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/syscall.h>

#include "profile/profile.h"

#define NR	 offsetof(struct seccomp_data, nr)
#define ARG0_LOW offsetof(struct seccomp_data, args)
#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define RET(v)	 BPF_STMT(BPF_RET | BPF_K, v)
#define EQ(k)	 BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1)
#define ALLOW	 RET(SECCOMP_RET_ALLOW)
#define EPERMS	 RET(SECCOMP_RET_ERRNO | EPERM)

static struct filter filter_of(const struct sock_filter *insns, size_t n)
{
	struct filter f = { .mode = FILTER_BPF, .ninsns = n };

	memcpy(f.insns, insns, n * sizeof(*insns));
	return f;
}

#define FILTER(...)                                                            \
	filter_of((struct sock_filter[]){ __VA_ARGS__ },                       \
		sizeof((struct sock_filter[]){ __VA_ARGS__ }) /                \
			sizeof(struct sock_filter))

static void test_timers(void **state)
{
	static const int calls[] = { SYS_alarm, SYS_setitimer, SYS_timer_create,
		SYS_timer_settime, SYS_timerfd_create };
	static const struct {
		uint32_t verdict;
		bool refuses;
	} rows[] = {
		{ SECCOMP_RET_ALLOW, false },
		{ SECCOMP_RET_LOG, false },
		{ SECCOMP_RET_ERRNO | EPERM, true },
		{ SECCOMP_RET_TRAP, true },
		{ SECCOMP_RET_KILL_PROCESS, true },
	};
	static const struct filter none = { .mode = FILTER_NONE };
	static const struct filter strict = { .mode = FILTER_STRICT };

	(void)state;
	assert_false(profile_refuses_timers(&none, AUDIT_ARCH_X86_64));
	assert_true(profile_refuses_timers(&strict, AUDIT_ARCH_X86_64));
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
			struct filter f =
				FILTER(LOAD(NR), EQ((unsigned)calls[i]),
					RET(rows[k].verdict), EPERMS);

			assert_int_equal(
				profile_refuses_timers(&f, AUDIT_ARCH_X86_64),
				rows[k].refuses);
		}
}

/* It may depend on its arguments: then somebody may. */
static void test_timers_by_argument(void **state)
{
	struct filter f = FILTER(
		LOAD(NR), EQ(SYS_alarm), LOAD(ARG0_LOW), EQ(7), ALLOW, EPERMS);

	(void)state;
	assert_false(profile_refuses_timers(&f, AUDIT_ARCH_X86_64));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_timers),
		cmocka_unit_test(test_timers_by_argument),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
