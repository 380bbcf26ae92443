/* SPDX-License-Identifier: MIT */
/* test_lxc.c: LXC's seccomp files, by hand from its src/lxc/seccomp.c. */
#include "profile/test_profile.h"

#include "profile/read_lxc.h"

#define X64    AUDIT_ARCH_X86_64
#define X86    AUDIT_ARCH_I386
#define ERR(n) (SECCOMP_RET_ERRNO | (n))

struct row {
	const char *text;
	uint32_t arch;
	int nr;
	uint64_t a0, a1;
	uint32_t verdict;
};

static void check(const struct row *r)
{
	static struct filter bpf;
	struct profile_error err;
	struct seccomp_data data = {
		.arch = r->arch, .nr = r->nr, .args = { r->a0, r->a1 }
	};
	struct profile *p = profile_parse("t", r->text, strlen(r->text), &err);
	uint32_t got;

	if (!p || profile_build(p, X64, &bpf, &err))
		fail_msg("%s: %s", r->text, err.text);
	profile_free(p);
	got = bpf_run(bpf.insns, bpf.ninsns, &data);
	if (got != r->verdict)
		fail_msg("%s: call %d: 0x%x", r->text, r->nr, got);
}

static void verdicts(void **state)
{
	static const struct row rows[] = {
		{ "1\nallowlist\n0\n1024\n", X64, 0, 0, 0, SECCOMP_RET_ALLOW },
		{ "1\nallowlist\n0\n1024\n", X64, 1024, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "1\nallowlist\n0\n", X64, 1, 0, 0, SECCOMP_RET_KILL },
		{ "1\nallowlist\n3\n", X86, 3, 0, 0, SECCOMP_RET_KILL },
		{ "2\nallowlist\nread\n", X64, 0, 0, 0, SECCOMP_RET_ALLOW },
		{ "2\nallowlist\nread\n", X64, 1, 0, 0, SECCOMP_RET_KILL },
		{ "2\nwhitelist errno 5\nread\n", X64, 1, 0, 0, ERR(5) },
		/* A section limits nothing. */
		{ "2\nallowlist\n[x86]\nread\n", X64, 0, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "2\nallowlist\n[x86_64]\nread\n", X86, 3, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "2\nallowlist\n[x86_64]\nread\n", X64, 0x40000000, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "2\nallowlist\n[arm64]\nread\n", X64, 0, 0, 0,
			SECCOMP_RET_KILL },
		{ "2\ndenylist\nread\n", X64, 0, 0, 0, SECCOMP_RET_KILL },
		{ "2\ndenylist\nread errno 0\n", X64, 0, 0, 0, ERR(0) },
		{ "2\ndenylist\nread trap # so\n", X64, 0, 0, 0,
			SECCOMP_RET_TRAP },
		{ "2\ndenylist trap\nread\n", X64, 1, 0, 0, SECCOMP_RET_TRAP },
		{ "2\ndenylist\nread\n", X64, 1, 0, 0, SECCOMP_RET_ALLOW },
		/* What begins with a blank has no name. */
		{ "2\ndenylist\n trap\n", X64, 0, 0, 0, SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nread\terrno\n", X64, 0, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nreject_force_umount # x\n", X64, 166, 0, 3,
			ERR(13) },
		{ "2\ndenylist\nreject_force_umount\n", X64, 166, 0, 2,
			SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nreject_force_umount\n", X86, 52, 0, 1,
			ERR(13) },
		{ "2\ndenylist\nread errno 1 [0,5,>=][1,2,&=,6]\n", X64, 0, 5,
			3, ERR(1) },
		{ "2\ndenylist\nread errno 1 [0,5,>=][1,2,&=,6]\n", X64, 0, 4,
			3, SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nread errno 1 [0,5,>=][1,2,&=,6]\n", X64, 0, 5,
			6, SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nread errno 1 [1,0x10,SCMP_CMP_EQ]\n", X64, 0, 9,
			16, ERR(1) },
		/* x86's socket goes by socketcall, and LXC leaves it out. */
		{ "2\ndenylist\nsocket errno 1\n", X64, 41, 0, 0, ERR(1) },
		{ "2\ndenylist\nsocket errno 1\n", X86, 359, 0, 0,
			SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nsocket errno 1\n", X86, 102, 1, 0,
			SECCOMP_RET_ALLOW },
		{ "2\ndenylist\nsocketcall errno 1\n", X86, 102, 1, 0, ERR(1) },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check(&rows[i]);
}

static void wrong(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ "# mine\n2\nallowlist trap\nread\n", "t:1:1: ", "version" },
		{ "3\nallowlist\nread\n", "t:1:1: ", "version" },
		{ "1\nwhitelist\n0\n", "t:2:1: ", "allowlist" },
		{ "1\nallowlist\nread\n", "t:3:1: ", "number" },
		{ "2\nmy allowlist\nread\n", "t:2:1: ", "denylist" },
		{ "2\nallowlist debug\nread\n", "t:2:1: ", "debug" },
		{ "2\nallowlist log\nread\n", "t:2:11: ", "expected kill" },
		{ "2\nallowlist \nread\n", "t:2:10: ", "blank" },
		{ "2\ndenylist\n[mips128]\n", "t:3:1: ", "[x86_64]" },
		{ "2\ndenylist\n[all] \n", "t:3:1: ", "nothing behind" },
		{ "2\ndenylist\nread log\n", "t:3:6: ", "trap" },
		{ "2\ndenylist\nread errno EPERM\n", "t:3:6: ", "number" },
		{ "2\ndenylist\nread errno 4095\n", "t:3:6: ", "4094" },
		{ "2\ndenylist\nread allow\n", "t:3:1: ", "anyway" },
		{ "2\ndenylist\nread errno 1 [6,1,==]\n", "t:3:14: ", "INDEX" },
		{ "2\ndenylist\nread errno 1 [1,1,=]\n", "t:3:14: ", "INDEX" },
		{ "2\ndenylist\nread errno 1 [1,-1,==]\n",
			"t:3:14: ", "INDEX" },
		{ "2\ndenylist\nread errno 1 [1,1,==] x\n",
			"t:3:22: ", "nothing behind" },
		{ "2\ndenylist\nread errno 1 [1,1,==][1,2,==]\n",
			"t:3:22: ", "twice" },
		{ "2\ndenylist\nread [1,1,==]\n", "t:3:6: ", "expected kill" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(profile_parse(
			"t", rows[i].text, strlen(rows[i].text), &err));
		if (strncmp(err.text, rows[i].where, strlen(rows[i].where)) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

/* Only what begins with a version and a list's kind is LXC's. */
static void others(void **state)
{
	static const char *const texts[] = { "", "1", "1\n", "1\n6 0 0 0\n",
		"allowlist\nread\n", "read: 1\n", "{}", "2\nread\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (lxc_is(texts[i], strlen(texts[i])))
			fail_msg("%s", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(wrong),
		cmocka_unit_test(others),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
