/* SPDX-License-Identifier: MIT */
/* taken.h: the filters that a thread has on it, out of the kernel. */
#ifndef SYS_TAKEN_H
#define SYS_TAKEN_H

#include <sys/types.h>

#include "sys/bpf.h"

/*
 * Fills OUT with filter NTH of thread TID, 1 being the newest, the one that was
 * loaded last. The thread is stopped for a moment; where its filter refuses
 * restart_syscall, a wait with a time-out begins anew. The number of filters on
 * it, which may be less than NTH, or a negative errno: -EPERM when the caller
 * may not trace it, -EACCES without CAP_SYS_ADMIN or under a filter itself,
 * -EMEDIUMTYPE for a filter that was not loaded as classic BPF, -EIO from a
 * kernel without CONFIG_CHECKPOINT_RESTORE, -EOWNERDEAD for a thread that a
 * filter has killed, -ETIMEDOUT when it does not stop.
 */
int taken_filter(pid_t tid, int nth, struct filter *out);

/* The same with the MAX newest ones in OUT, the newest first; and of a thread
 * that the caller traces, and that is stopped. */
int taken_filters(pid_t tid, struct filter *out, int max);
int taken_of_stopped(pid_t tid, struct filter *out, int max);

/* What such an errno says, in words. */
const char *taken_why(int err);

#endif
