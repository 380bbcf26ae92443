/* SPDX-License-Identifier: MIT */
/* other.h: forms of filters that are known and not read. Pure code. */
#ifndef PROFILE_OTHER_H
#define PROFILE_OTHER_H

#include <stddef.h>

/* What TEXT is, and what to do about it; NULL: no such form. */
const char *other_form(const char *text, size_t size);

#endif
