/* SPDX-License-Identifier: MIT */
/* emit.h: a part of a filter, written without libseccomp. Pure code. */
#ifndef PROFILE_EMIT_H
#define PROFILE_EMIT_H

#include "profile/meaning.h"

/*
 * Puts in front of the filter what the rules say of the number of DATA on its
 * way: the first rule of the profile that takes a call decides. 0, or -E2BIG:
 * the kernel takes no filter of that size.
 */
int emit_call(const struct meaning *m, const struct seccomp_data *data,
	struct filter *bpf);

#endif
