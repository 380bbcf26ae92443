/* SPDX-License-Identifier: MIT */
/* disasm.h: the rules of a filter in print. */
#ifndef CMD_DISASM_H
#define CMD_DISASM_H

#include "profile/diff.h"

/* D: all that one filter says. */
void disasm_rules_print(const struct diff *d, bool json);

#endif
