/* SPDX-License-Identifier: MIT */
/* test_profile.h: a profile from text, and what its filter says; for tests. */
#ifndef PROFILE_TEST_PROFILE_H
#define PROFILE_TEST_PROFILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <seccomp.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "sys/bpf.h"
#include "sys/calls.h"
#include "profile/jsonpos.h"
#include "profile/profile.h"
#include "profile/rules.h"

#define KILL "\"defaultAction\": \"SCMP_ACT_KILL\""

static inline struct profile *parse(const char *text, struct profile_error *err)
{
	memset(err, 0, sizeof(*err));
	return profile_parse("t.json", text, strlen(text), err);
}

/* What the profile's filter says to a call. */
static inline uint32_t verdict(
	const char *text, uint32_t arch, const char *call, uint64_t arg1)
{
	static struct filter bpf;
	struct profile_error err;
	struct profile *p = parse(text, &err);
	struct seccomp_data data = {
		.nr = calls_number(arch, call),
		.arch = arch,
		.args = { 0, arg1 },
	};

	assert_string_equal(err.text, "");
	assert_non_null(p);
	assert_int_equal(profile_build(p, arch, &bpf, &err), 0);
	profile_free(p);
	assert_int_equal(bpf_check(bpf.insns, bpf.ninsns, &(size_t){ 0 }), 0);
	return bpf_run(bpf.insns, bpf.ninsns, &data);
}

#endif
