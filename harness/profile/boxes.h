/* SPDX-License-Identifier: MIT */
/* boxes.h: the calls that a comparison takes, as tests of words. Pure code. */
#ifndef PROFILE_BOXES_H
#define PROFILE_BOXES_H

#include <seccomp.h>

#include "profile/region.h"

#define WORD_NR	    0
#define WORD_ARCH   1
#define WORD_LOW(a) (4 + 2 * (a)) /* the upper half comes next */

/* One or two sets, of one or two tests each; a set without tests is all calls,
 * no set is none. */
struct boxes {
	unsigned n;
	struct {
		unsigned n;
		struct region_test tests[2];
	} sets[2];
};

/* Those that CMP takes (TRUTH), or does not. HALVES: the upper half of the
 * argument counts as 0. */
void boxes_of(struct boxes *b, const struct scmp_arg_cmp *cmp, bool halves,
	bool truth);

#endif
