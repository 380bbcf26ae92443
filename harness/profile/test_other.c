/* SPDX-License-Identifier: MIT */
/* test_other.c: forms that are known and not read, by their names. */
#include "profile/test_profile.h"

#include "profile/other.h"

static void told_by_name(void **state)
{
	static const struct {
		const char *text, *what;
	} rows[] = {
		{ "# mine\n2\nallowlist trap\nread\n", "LXC" },
		{ "include globals.local\ncaps.drop all\nseccomp\n",
			"Firejail" },
		{ "seccomp\n", "Firejail" },
		{ "#\n# pseudo filter code start\n#\n", "PFC" },
		{ "A = arch\nreturn ALLOW\n", "seccomp-tools" },
		{ "# snapd template\nread\nwrite\nsocket AF_UNIX\n", "snapd" },
		{ "@unrestricted\n", "snapd" },
		{ "# mine\n[D-BUS Service]\nName=a.b\n", "SystemdService=" },
		{ "# mine\nlxc.net.0.type = veth\n", "lxc.seccomp.profile" },
		{ "\177ELF\2\1\1\n", "quartet dump" },
	};
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(profile_parse(
			"t", rows[i].text, strlen(rows[i].text), &err));
		if (strncmp(err.text, "t:1:1: ", 7) != 0 ||
			!strstr(err.text, rows[i].what))
			fail_msg("%s: %s", rows[i].text, err.text);
	}
}

static void policies_are_none(void **state)
{
	static const char *const texts[] = { "read: 1\nwrite: 1\n",
		"# [Service]\nread: 1\n", "seccomp: 1\nread: 1\n", "", "read",
		"@denylist\nbpf: return 1\n", "@include ./x\n",
		"read: 1\n# USE of this\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (other_form(texts[i], strlen(texts[i])))
			fail_msg("%s", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(told_by_name),
		cmocka_unit_test(policies_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
