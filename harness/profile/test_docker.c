/* SPDX-License-Identifier: MIT */
/* test_docker.c: engines' forms of profiles, and what they leave out. */
#include "profile/test_profile.h"

#define WHEN(key, what)                                                        \
	"{" KILL ", \"syscalls\": [ { \"names\": [\"brk\"], "                  \
	"\"action\": \"SCMP_ACT_ALLOW\", \"" key "\": {" what "} } ] }"
#define PODMAN(rest, rule)                                                     \
	"{ \"defaultAction\": \"SCMP_ACT_ERRNO\", " rest                       \
	", \"flags\": null, \"syscalls\": [ { \"names\": [\"brk\"], "          \
	"\"action\": "                                                         \
	"\"SCMP_ACT_ERRNO\", \"args\": null, " rule " } ] }"
#define ARCH_MAP                                                               \
	"{" KILL ", \"archMap\": [ { \"architecture\": \"SCMP_ARCH_MIPS\","    \
	" \"subArchitectures\": [\"SCMP_ARCH_MIPS64\"] }, {"                   \
	" \"architecture\": \"SCMP_ARCH_X86_64\","                             \
	" \"subArchitectures\": [\"SCMP_ARCH_X86\"] } ], \"syscalls\": [ {"    \
	" \"names\": [\"brk\"], \"action\": \"SCMP_ACT_ALLOW\" } ] }"
#define FIELD(arches)                                                          \
	"{" KILL ", \"architectures\": [\"SCMP_ARCH_X86_64\"" arches "],"      \
	"\n\"syscalls\": [ { \"action\": \"SCMP_ACT_ALLOW\", \"names\":"       \
	" [\"read\", \"chown32\", \"raed\", \"brk\", \"raed\"] } ] }"

/* Docker's conditions: all capabilities, any architecture, the kernel. */
static void test_docker(void **state)
{
	static const struct {
		const char *text;
		uint32_t want;
	} rows[] = {
		{ WHEN("includes", "\"caps\": [\"CAP_CHOWN\"]"),
			SECCOMP_RET_ALLOW },
		{ WHEN("includes",
			  "\"caps\": [\"CAP_CHOWN\", \"CAP_SYS_ADMIN\"]"),
			SECCOMP_RET_KILL_THREAD },
		{ WHEN("excludes",
			  "\"caps\": [\"CAP_CHOWN\", \"CAP_SYS_ADMIN\"]"),
			SECCOMP_RET_KILL_THREAD },
		{ WHEN("excludes", "\"caps\": [\"CAP_SYS_ADMIN\"]"),
			SECCOMP_RET_ALLOW },
		{ WHEN("includes", "\"arches\": [\"arm\", \"amd64\"]"),
			SECCOMP_RET_ALLOW },
		{ WHEN("includes", "\"arches\": [\"arm\"]"),
			SECCOMP_RET_KILL_THREAD },
		{ WHEN("excludes", "\"arches\": [\"amd64\"]"),
			SECCOMP_RET_KILL_THREAD },
		{ WHEN("includes", "\"arches\": [], \"caps\": null"),
			SECCOMP_RET_ALLOW },
		{ WHEN("includes", "\"minKernel\": \"3.0\""),
			SECCOMP_RET_ALLOW },
		{ WHEN("includes", "\"minKernel\": \"999.0\""),
			SECCOMP_RET_KILL_THREAD },
		{ WHEN("excludes", "\"minKernel\": \"3.0\""),
			SECCOMP_RET_KILL_THREAD },
		{ "{" KILL ", \"syscalls\": [ { \"name\": \"brk\","
		  " \"action\": \"SCMP_ACT_ALLOW\" } ] }",
			SECCOMP_RET_ALLOW },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(
			verdict(rows[i].text, AUDIT_ARCH_X86_64, "brk", 0),
			rows[i].want);
}

/* containers-common's form: an errno's name goes before its number, and the
 * capabilities are Podman's: CAP_AUDIT_WRITE is none of them. */
static void test_podman(void **state)
{
	static const struct {
		const char *text, *call;
		uint32_t want;
	} rows[] = {
		{ PODMAN("\"defaultErrno\": \"ENOSYS\"", "\"comment\": null"),
			"read", ENOSYS },
		{ PODMAN("\"defaultErrno\": \"ENOSYS\"", "\"comment\": null"),
			"brk", EPERM },
		{ PODMAN("\"defaultErrnoRet\": 1, \"defaultErrno\": \"ENOSYS\"",
			  "\"errno\": \"EINVAL\", \"errnoRet\": 13"),
			"read", ENOSYS },
		{ PODMAN("\"defaultErrnoRet\": 1, \"defaultErrno\": \"38\"",
			  "\"errno\": \"EINVAL\", \"errnoRet\": 13"),
			"brk", EINVAL },
		{ PODMAN("\"defaultErrnoRet\": 38, \"defaultErrno\": \"\"",
			  "\"errno\": null, \"errnoRet\": 13"),
			"read", ENOSYS },
		{ PODMAN("\"defaultErrnoRet\": null", "\"errno\": null, "
						      "\"errnoRet\": 13"),
			"brk", EACCES },
		{ PODMAN("\"defaultErrnoRet\": null", "\"errnoRet\": null"),
			"read", EPERM },
		{ PODMAN("\"archMap\": null", "\"errno\": \"ENOTSUP\""), "brk",
			EOPNOTSUPP },
		{ PODMAN("\"defaultErrnoRet\": 38",
			  "\"includes\": {\"caps\": [\"CAP_AUDIT_WRITE\"]}"),
			"brk", EPERM },
		{ PODMAN("\"defaultErrno\": \"ENOSYS\"",
			  "\"includes\": {\"caps\": [\"CAP_AUDIT_WRITE\"]}"),
			"brk", ENOSYS },
		{ PODMAN("\"defaultErrnoRet\": 38",
			  "\"errno\": \"EACCES\", "
			  "\"excludes\": {\"caps\": [\"CAP_AUDIT_WRITE\"]}"),
			"brk", EACCES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(verdict(rows[i].text, AUDIT_ARCH_X86_64,
					 rows[i].call, 0),
			SECCOMP_RET_ERRNO | rows[i].want);
}

static void test_arch_map(void **state)
{
	(void)state;
	assert_int_equal(verdict(ARCH_MAP, AUDIT_ARCH_X86_64, "brk", 0),
		SECCOMP_RET_ALLOW);
	assert_int_equal(verdict(ARCH_MAP, AUDIT_ARCH_I386, "brk", 0),
		SECCOMP_RET_ALLOW);
	assert_int_equal(verdict(ARCH_MAP, AUDIT_ARCH_I386, "read", 0),
		SECCOMP_RET_KILL_THREAD);
}

/* Names that libseccomp has on no architecture; chown32 it has on i386. */
static void test_left_out(void **state)
{
	static const char *const texts[] = { FIELD(""),
		FIELD(", \"SCMP_ARCH_X86\""),
		FIELD(", \"SCMP_ARCH_X86\", \"SCMP_ARCH_X32\"") };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		static struct filter bpf;
		struct profile_error err;
		struct profile *p = parse(texts[i], &err);

		assert_int_equal(p->nrules, 5);
		assert_int_not_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
		assert_ptr_equal(strstr(err.text, "t.json:2:74: raed: "),
			(char *)err.text);
		assert_int_equal(profile_leave_out(p, &err), 0);
		assert_int_equal(p->nrules, 3);
		assert_int_equal(p->nleft, 2);
		assert_int_equal(p->left[1].column, 89);
		assert_int_equal(
			profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
		profile_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_docker),
		cmocka_unit_test(test_podman),
		cmocka_unit_test(test_arch_map),
		cmocka_unit_test(test_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
