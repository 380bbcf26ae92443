/* SPDX-License-Identifier: MIT */
/* has_ask.h: what the files that ask the kernel share; others ask has.h. */
#ifndef SYS_HAS_ASK_H
#define SYS_HAS_ASK_H

#include <stdbool.h>

/* The exit status of a child that runs FN, or -1 when a signal ended it. */
int has_child_status(int (*fn)(void));

/* has_old.c */
bool has_lock_pi2(void);
bool has_last_status(void);
bool has_addfd_send(void);

/* has_gvisor.c */
bool has_gvisor(void);
bool has_strict_mode(void);
bool has_listener(void);
bool has_kill_process(void);
bool has_ret_log(void);
bool has_requeue_pi(void);
bool has_mem_write(void);

/* has_futex.c */
bool has_robust_unlock(void);
bool has_robust_list32(void);
bool has_futex2_numa(void);
bool has_futex_hash(void);
bool has_rseq_slice(void);
bool has_realtime(void);
bool has_thousand_threads(void);
bool has_pid_namespace(void);
bool has_user_dispatch(void);

/* has_uml.c */
bool has_sysemu(void);
bool has_rseq(void);
bool has_call_address(void);
bool has_uretprobe_exempt(void);
bool has_uprobe_exempt(void);

#endif
