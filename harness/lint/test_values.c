/* SPDX-License-Identifier: MIT */
/* test_values.c: comparisons that cannot mean what they say, and such that
 * look alike and can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <seccomp.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "lint/lint.h"

static struct lint found;

static void lint_bytes(const char *text, size_t size, uint32_t arch)
{
	static struct filter bpf;
	struct profile_error err = { "" };
	struct profile *p = profile_parse("t", text, size, &err);

	assert_string_equal(err.text, "");
	assert_non_null(p);
	assert_int_equal(profile_build(p, arch, &bpf, &err), 0);
	lint_profile(p, &bpf, arch, &found);
	profile_free(p);
}

static const struct lint_finding *find(const char *id)
{
	for (size_t i = 0; i < found.n; i++)
		if (!strcmp(found.findings[i].rule->id, id))
			return &found.findings[i];
	return NULL;
}

#define ARG(index, op, value)                                                  \
	"{ \"index\": " #index ", \"op\": \"SCMP_CMP_" op                      \
	"\", \"value\": " #value " }"
#define MASKED(index, mask, value)                                             \
	"{ \"index\": " #index                                                 \
	", \"op\": \"SCMP_CMP_MASKED_EQ\", \"value\": " #mask                  \
	", \"valueTwo\": " #value " }"

/* TEXT: of the finding ID; NULL: it is not found. */
struct row {
	const char *from, *call, *action, *args, *id, *text;
	uint32_t arch;
};

static const struct row rows[] = {
	{ "ALLOW", "chmod", "ERRNO", MASKED(1, 4294967295, 2541), "high-bits",
		"chmod, argument 1: 0x9ed is refused, 0x109ed passes" },
	{ "ALLOW", "chmod", "ERRNO", MASKED(1, 65535, 2541), "high-bits",
		NULL },
	{ "ALLOW", "chmod", "ERRNO", ARG(1, "EQ", 2541), "high-bits",
		"chmod, argument 1: 0x9ed is refused, 0x1000009ed passes" },
	{ "ALLOW", "fchmodat2", "ERRNO", MASKED(2, 4294967295, 2541),
		"high-bits",
		"fchmodat2, argument 2: 0x9ed is refused, 0x109ed passes" },
	{ "ALLOW", "mkdir", "ERRNO", MASKED(1, 4294967295, 511), "high-bits",
		"mkdir, argument 1: 0x1ff is refused, 0x101ff passes" },
	/* Of an int all 32 bits count. */
	{ "ALLOW", "access", "ERRNO", MASKED(1, 4294967295, 2), "high-bits",
		NULL },
	{ "ERRNO", "chmod", "ALLOW", MASKED(1, 4294967295, 2541), "high-bits",
		NULL },

	{ "ERRNO", "mprotect", "ALLOW", ARG(2, "NE", 7), "flags-compared-whole",
		"mprotect, argument 2: 0x7 is refused by itself, and passes "
		"with any other flag beside" },
	{ "ERRNO", "mprotect", "ALLOW", MASKED(2, 4, 0), "flags-compared-whole",
		NULL },
	{ "ERRNO", "mprotect", "ALLOW", ARG(2, "EQ", 1), "flags-compared-whole",
		NULL },
	{ "ALLOW", "mprotect", "ERRNO", MASKED(2, 6, 6), "flags-compared-whole",
		NULL },
	{ "ALLOW", "socket", "ERRNO", ARG(1, "EQ", 3), "flags-compared-whole",
		"socket, argument 1: 0x3 is refused by itself, and passes with "
		"any other flag beside" },
	{ "ALLOW", "socket", "ERRNO", MASKED(1, 15, 3), "flags-compared-whole",
		NULL },
	/* A family is no set of flags. */
	{ "ALLOW", "socket", "ERRNO", ARG(0, "EQ", 3), "flags-compared-whole",
		NULL },
	{ "ALLOW", "unshare", "ERRNO", ARG(0, "EQ", 268435456),
		"flags-compared-whole",
		"unshare, argument 0: 0x10000000 is refused by itself, and "
		"passes with any other flag beside" },

	{ "ERRNO", "write", "ALLOW", ARG(1, "EQ", 4198400), "pointer-compared",
		"write, argument 1" },
	{ "ERRNO", "write", "ALLOW", ARG(1, "GT", 4096), "pointer-compared",
		"write, argument 1" },
	/* NULL is a value like another. */
	{ "ERRNO", "write", "ALLOW", ARG(1, "EQ", 0), "pointer-compared",
		NULL },
	{ "ERRNO", "write", "ALLOW", ARG(1, "NE", 0), "pointer-compared",
		NULL },
	{ "ERRNO", "write", "ALLOW", ARG(1, "GE", 1), "pointer-compared",
		NULL },
	{ "ERRNO", "write", "ALLOW", ARG(0, "EQ", 1), "pointer-compared",
		NULL },
	/* With FUTEX_REQUEUE argument 3 is a number. */
	{ "ERRNO", "futex", "ALLOW", ARG(3, "EQ", 9), "pointer-compared",
		NULL },
	/* An address for mmap is where, not what. */
	{ "ERRNO", "mmap", "ALLOW", ARG(0, "EQ", 4096), "pointer-compared",
		NULL },

	{ "ERRNO", "close", "ALLOW", ARG(1, "EQ", 3), "no-such-argument",
		"close, argument 1: it has 1" },
	{ "ERRNO", "close", "ALLOW", ARG(0, "EQ", 3), "no-such-argument",
		NULL },
	{ "ERRNO", "getpid", "ALLOW", ARG(0, "NE", 3), "no-such-argument",
		"getpid, argument 0: it has 0" },
	{ "ERRNO", "pread64", "ALLOW", ARG(4, "EQ", 3), "no-such-argument",
		"pread64, argument 4: it has 4" },
	/* Of 64 bits it has two halves there. */
	{ "ERRNO", "pread64", "ALLOW", ARG(4, "EQ", 3), "no-such-argument",
		NULL, AUDIT_ARCH_I386 },
	{ "ERRNO", "close", "ALLOW", ARG(5, "EQ", 3), "no-such-argument",
		"close, argument 5: it has 1", AUDIT_ARCH_I386 },

	{ "ERRNO", "mprotect", "ALLOW", MASKED(2, 3, 4), "value-outside-mask",
		"mprotect, argument 2: of the value 0x4 the mask 0x3 leaves "
		"0x0" },
	{ "ERRNO", "mprotect", "ALLOW", MASKED(2, 4, 4), "value-outside-mask",
		NULL },
	{ "ERRNO", "mprotect", "ALLOW", MASKED(2, 0, 4), "value-outside-mask",
		"mprotect, argument 2: of the value 0x4 the mask 0x0 leaves "
		"0x0: every value passes" },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *r = &rows[i];
		const struct lint_finding *f;
		char text[512];

		snprintf(text, sizeof(text),
			"{ \"defaultAction\": \"SCMP_ACT_%s\", \"syscalls\": "
			"[ { \"names\": [\"%s\"], \"action\": \"SCMP_ACT_%s\", "
			"\"args\": [ %s ] } ] }",
			r->from, r->call, r->action, r->args);
		lint_bytes(text, strlen(text),
			r->arch ? r->arch : AUDIT_ARCH_X86_64);
		f = find(r->id);
		if (!f != !r->text)
			fail_msg("%s: %s", text, f ? f->text : "not found");
		if (f)
			assert_string_equal(f->text, r->text);
	}
}

/* A filter that has no rules is judged by what it does. */
static void test_by_hand(void **state)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, 8),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 10, 0, 5),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 32),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 7, 4, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 40),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 2, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
	};

	(void)state;
	lint_bytes((const char *)code, sizeof(code), AUDIT_ARCH_X86_64);
	assert_string_equal(find("flags-compared-whole")->text,
		"mprotect, argument 2: 0x7 is refused by itself, and passes "
		"with any other flag beside");
	assert_string_equal(find("no-such-argument")->text,
		"mprotect, argument 3: it has 3");
	assert_string_equal(
		find("errno-zero")->text, "1 of 512 numbers: mprotect");
	assert_null(find("pointer-compared"));
}

static void test_errno_zero(void **state)
{
	static const char done[] =
		"{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [ "
		"{ \"names\": [\"setuid\", \"setgid\"], \"errnoRet\": 0, "
		"\"action\": \"SCMP_ACT_ERRNO\" } ] }";
	static const char refused[] =
		"{ \"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [ "
		"{ \"names\": [\"setuid\"], \"action\": \"SCMP_ACT_ERRNO\" } "
		"] }";

	(void)state;
	lint_bytes(done, strlen(done), AUDIT_ARCH_X86_64);
	assert_string_equal(
		find("errno-zero")->text, "2 of 512 numbers: setuid, setgid");
	lint_bytes(refused, strlen(refused), AUDIT_ARCH_X86_64);
	assert_null(find("errno-zero"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_errno_zero),
	};

	/* Not asked of the kernel: valgrind's has no seccomp(2). */
	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
