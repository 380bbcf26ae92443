/* SPDX-License-Identifier: MIT */
/* tracing.h: ptrace(2) by those who lose what they look at when it fails. */
#ifndef SYS_TRACING_H
#define SYS_TRACING_H

#include <stddef.h>
#include <sys/types.h>

/*
 * ptrace(2) on a thread that is stopped. That it was killed meanwhile (ESRCH)
 * is its own affair; any other failure means that what is known of it is no
 * longer whole, and is kept for who began to trace.
 */
long tracing(int request, pid_t tid, unsigned long addr, void *data);

/* What failed first since tracing_begin(): a sentence, or NULL. */
const char *tracing_failed(void);
void tracing_begin(void);

#endif
