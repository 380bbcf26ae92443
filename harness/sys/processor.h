/* SPDX-License-Identifier: MIT */
/* processor.h: which processors this thread may use. */
#ifndef SYS_PROCESSOR_H
#define SYS_PROCESSOR_H

/* From now on one of those that it may: the NTH, counted round and round.
 * Where that cannot be, nothing changes. */
void processor_take(int nth);

#endif
