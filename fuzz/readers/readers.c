/* SPDX-License-Identifier: MIT */
/*
 * readers.c: the readers of profiles, and of traces and logs, under AFL++: what
 * strangers' files go through. A file is read, built, whole and as runtimes
 * take it, checked, run on paper, linted, and written in each form; a
 * sanitizer's report, a filter that the kernel would not take, or JSON that is
 * not read back as the same filter is a finding. Without AFL++ it reads the
 * files that are its arguments.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/bpf.h"
#include "lint/lint.h"
#include "profile/learn.h"
#include "profile/profile.h"
#include "profile/rules.h"

typedef int write_fn(
	const struct profile *, uint32_t, FILE *, struct profile_error *);

static int write_oci(const struct profile *p, uint32_t arch, FILE *to,
	struct profile_error *err)
{
	(void)arch;
	return profile_write_oci(p, to, err);
}

/* What is written says the same as BPF, or the writer says why not. */
static void write_as(write_fn *fn, bool back, const struct profile *p,
	uint32_t arch, const struct filter *bpf)
{
	static struct filter got;
	struct profile_error err = { "" };
	struct profile *q;
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	if (fn(p, arch, f, &err)) {
		if (!err.text[0])
			abort();
		back = false;
	}
	fclose(f);
	q = back ? profile_parse("t.json", text, size, &err) : NULL;
	if (back && (!q || profile_build(q, arch, &got, &err) ||
			    got.ninsns != bpf->ninsns ||
			    memcmp(got.insns, bpf->insns,
				    got.ninsns * sizeof(*got.insns))))
		abort();
	profile_free(q);
	free(text);
}

/* What OCI JSON has words for: which death calls of other architectures die,
 * and whether they have a call by another's way, is none of it. */
static bool is_plain(const struct profile *p)
{
	return !p->exact && !p->foreign &&
	       !(p->x32_default && p->default_action != p->foreign);
}

static void build(const struct profile *p, uint32_t arch)
{
	static struct filter bpf;
	static struct lint found;
	struct profile_error err;
	size_t bad;

	if (profile_build(p, arch, &bpf, &err))
		return;
	if (bpf_check(bpf.insns, bpf.ninsns, &bad))
		abort();
	lint_profile(p, &bpf, arch, &found);
	write_as(write_oci, is_plain(p), p, arch, &bpf);
	write_as(profile_write_c, false, p, arch, &bpf);
	write_as(profile_write_systemd, false, p, arch, &bpf);
	write_as(profile_write_policy, false, p, arch, &bpf);
}

/* As traces, logs and records, as quartet learn takes them: a profile that can
 * be built is made of whatever they told. */
static void learn(const char *data, size_t size)
{
	static struct learned l;
	static struct filter bpf;
	char *text = malloc(size + 1);
	struct profile_error err = { "" };
	struct profile *p;

	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	memset(&l, 0, sizeof(l));
	if (learn_text(&l, "t", text, size, &err) < 0 && !err.text[0])
		abort();
	free(text);
	if (!l.n)
		return;
	p = learn_build(&l, SCMP_ACT_KILL_PROCESS);
	if (!p || profile_build(p, ARCH_NATIVE, &bpf, &err))
		abort();
	profile_free(p);
}

static void read_one(const char *data, size_t size)
{
	struct profile_error err = { "" };
	struct profile *p;

	learn(data, size);
	p = profile_parse("t", data, size, &err);
	if (!p) {
		if (!err.text[0])
			abort();
		return;
	}
	build(p, ARCH_NATIVE);
	build(p, ARCH_COMPAT);
	if (profile_leave_out(p, &err))
		abort();
	build(p, ARCH_NATIVE);
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
