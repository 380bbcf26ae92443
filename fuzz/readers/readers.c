/* SPDX-License-Identifier: MIT */
/*
 * readers.c: the readers of profiles under AFL++: what strangers' files go
 * through. A file is read, built, checked, run on paper and linted; a
 * sanitizer's report, or a filter that the kernel would not take, is a finding.
 * Without AFL++ it reads the files that its arguments name.
 */
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bpf.h"
#include "lint.h"

static void build(const struct profile *p, uint32_t arch)
{
	static struct profile_bpf bpf;
	static struct lint found;
	struct profile_error err;
	size_t bad;

	if (profile_build(p, arch, &bpf, &err))
		return;
	if (bpf_check(bpf.insns, bpf.ninsns, &bad))
		abort();
	lint_profile(p, &bpf, arch, &found);
}

static void read_one(const char *data, size_t size)
{
	struct profile_error err = { "" };
	struct profile *p = profile_parse("t", data, size, &err);

	if (!p) {
		if (!err.text[0])
			abort();
		return;
	}
	build(p, AUDIT_ARCH_X86_64);
	build(p, AUDIT_ARCH_I386);
	profile_free(p);
}

#ifdef __AFL_FUZZ_TESTCASE_LEN
__AFL_FUZZ_INIT();

int main(void)
{
	__AFL_INIT();
	unsigned char *data = __AFL_FUZZ_TESTCASE_BUF;

	while (__AFL_LOOP(10000))
		read_one((const char *)data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
	return 0;
}
#else
int main(int argc, char **argv)
{
	static char data[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "re");

		if (!f) {
			perror(argv[i]);
			return 111;
		}
		read_one(data, fread(data, 1, sizeof(data), f));
		fclose(f);
	}
	return 0;
}
#endif
