/* SPDX-License-Identifier: MIT */
/* test_yaml.c: SeccompProfiles of the Security Profiles Operator. */
#include "profile/test_profile.h"

#include "profile/yaml.h"

#define HEAD                                                                   \
	"apiVersion: security-profiles-operator.x-k8s.io/v1beta1\n"            \
	"kind: SeccompProfile\n"                                               \
	"metadata:\n"                                                          \
	"  name: p\n"                                                          \
	"spec:\n"

static const char whole[] =
	"# a comment\n" HEAD "  defaultAction: SCMP_ACT_ERRNO\n"
	"  defaultErrnoRet: 0x26\n"
	"  architectures:\n"
	"  - SCMP_ARCH_X86_64\n"
	"  flags: []\n"
	"  syscalls:\n"
	"  - action: SCMP_ACT_ALLOW\n"
	"    names: [read, \"write\"]\n"
	"  - names:\n"
	"    - brk\n"
	"    action: 'SCMP_ACT_ALLOW'\n"
	"    args:\n"
	"    - index: 1\n"
	"      value: 18446744073709551615 # the most\n"
	"      valueTwo: 0o0\n"
	"      op: SCMP_CMP_EQ\n";

static uint32_t says(struct profile *p, const char *call, uint64_t arg1)
{
	static struct filter bpf;
	struct profile_error err;
	struct seccomp_data data = { .arch = AUDIT_ARCH_X86_64,
		.nr = calls_number(AUDIT_ARCH_X86_64, call),
		.args = { 0, arg1 } };

	assert_int_equal(profile_build(p, AUDIT_ARCH_X86_64, &bpf, &err), 0);
	return bpf_run(bpf.insns, bpf.ninsns, &data);
}

static struct profile *read_text(const char *text, struct profile_error *err)
{
	memset(err, 0, sizeof(*err));
	return profile_parse("t", text, strlen(text), err);
}

static void read_whole(void **state)
{
	char text[sizeof(whole)];
	struct profile_error err;
	struct profile *p;
	char *octal;

	(void)state;
	strcpy(text, whole);
	octal = strstr(text, "0o0");
	memcpy(octal, "000", 3);
	p = read_text(text, &err);
	if (!p)
		fail_msg("%s", err.text);
	assert_int_equal(says(p, "read", 0), SECCOMP_RET_ALLOW);
	assert_int_equal(says(p, "write", 0), SECCOMP_RET_ALLOW);
	assert_int_equal(says(p, "brk", UINT64_MAX), SECCOMP_RET_ALLOW);
	assert_int_equal(says(p, "brk", 1), SECCOMP_RET_ERRNO | ENOSYS);
	assert_int_equal(says(p, "open", 0), SECCOMP_RET_ERRNO | ENOSYS);
	assert_int_equal(p->rules[0].line, 14);
	assert_int_equal(p->rules[2].line, 16);
	profile_free(p);
}

static void wrong(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} rows[] = {
		{ whole, "t:21:", "whole number" }, /* 0o0 is a text */
		{ HEAD "  defaultAction: SCMP_ACT_MAIM\n", "t:6:", "MAIM" },
		{ HEAD "  defaultAction: SCMP_ACT_KILL\n  sycalls: []\n",
			"t:7:", "sycalls" },
		{ HEAD "  defaultAction: *a\n", "t:6:", "aliases" },
		{ HEAD "  defaultAction: &a SCMP_ACT_KILL\n",
			"t:6:", "anchors" },
		{ HEAD "  defaultAction: !!str SCMP_ACT_KILL\n",
			"t:6:", "tags" },
		{ HEAD "  [a]: b\n", "t:6:", "scalar" },
		{ HEAD "  defaultAction: [\n", "t:7:", "" },
		{ HEAD "  defaultAction: SCMP_ACT_KILL\n---\na: b\n",
			"t:7:", "one document" },
		{ HEAD "  baseProfileName: runc\n", "t:6:", "elsewhere" },
		{ HEAD "  defaultAction: SCMP_ACT_KILL\n  disabled: true\n",
			"t:7:", "disabled" },
		{ "apiVersion: v1\nkind: Pod\n", "t:2:", "SeccompProfile" },
		{ "kind: SeccompProfile\n", "t:1:", "spec" },
		{ HEAD "  a: [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]\n",
			"t:6:", "too deep" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(read_text(rows[i].text, &err));
		if (strncmp(err.text, rows[i].where, strlen(rows[i].where)) ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

/* Cut anywhere, or with any byte changed, it is read or refused. */
static void mangled(void **state)
{
	struct profile_error err;
	char copy[sizeof(whole)];

	(void)state;
	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		static const char with[] = "\"'{[:&*!|>%@`-\n\t\x80";

		profile_free(profile_parse("t", whole, i, &err));
		for (size_t k = 0; k < sizeof(with); k++) {
			memcpy(copy, whole, sizeof(whole));
			copy[i] = with[k];
			profile_free(profile_parse(
				"t", copy, sizeof(whole) - 1, &err));
		}
	}
}

static void as_json(void **state)
{
	static const char values[] = "a: ~\nb: true\nc: 010\nx: 0x10\n"
				     "e: -1\nf: \"1\"\ng: 1.5\n";
	static const char escapes[] = "a: \"q\\\"\\n\"";
	struct profile_error err;
	char *json;
	size_t n;

	(void)state;
	json = yaml_to_json("t", values, strlen(values), &n, &err);
	assert_non_null(json);
	assert_non_null(strstr(json, "\"a\"")); /* each on its line */
	assert_non_null(strstr(json, "null,\n\"b\""));
	assert_non_null(strstr(json, "true,\n\"c\""));
	assert_non_null(strstr(json, "8,\n\"x\""));
	assert_non_null(strstr(json, "16,\n\"e\""));
	assert_non_null(strstr(json, "-1,\n\"f\""));
	assert_non_null(strstr(json, "\"1\",\n\"g\""));
	assert_non_null(strstr(json, "\"1.5\""));
	free(json);
	json = yaml_to_json("t", escapes, strlen(escapes), &n, &err);
	assert_non_null(json);
	assert_non_null(strstr(json, "\"q\\u0022\\u000a\""));
	free(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_whole),
		cmocka_unit_test(wrong),
		cmocka_unit_test(mangled),
		cmocka_unit_test(as_json),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
