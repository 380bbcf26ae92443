/* SPDX-License-Identifier: MIT */
/*
 * lint.h: what is wrong with a profile, by running its BPF on paper for every
 * call number on every way into the kernel. Pure code, but for a process in
 * which libseccomp builds the rules again.
 */
#ifndef LINT_LINT_H
#define LINT_LINT_H

#include "lint/finding.h"
#include "profile/profile.h"

/*
 * Checks BPF, which profile_build made of P for programs of ARCH, and the rules
 * of P where P has some.
 */
void lint_profile(const struct profile *p, const struct filter *bpf,
	uint32_t arch, struct lint *out);

#endif
