/* SPDX-License-Identifier: MIT */
/* diff_campaigns.h: `quartet diff` of two campaigns of the fuzzer. */
#ifndef CMD_DIFF_CAMPAIGNS_H
#define CMD_DIFF_CAMPAIGNS_H

#include <stdbool.h>

/* Says what changed between the folders A and B. PROGRAMS: it runs both corpora
 * for programs that show what only one has. An exit code. */
int diff_campaigns(const char *a, const char *b, bool programs, bool json);

#endif
