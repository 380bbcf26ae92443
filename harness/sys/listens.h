/* SPDX-License-Identifier: MIT */
/* listens.h: does a server wait for others? */
#ifndef SYS_LISTENS_H
#define SYS_LISTENS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Has one of the N processes PIDS, which share a network namespace, a socket
 * that others may reach: TCP or Unix, listening, or UDP, bound and not
 * connected (proc_pid_net(5))? WHAT tells of one: "TCP port 80".
 */
bool listens_any(const pid_t *pids, int n, char *what, size_t size);

#endif
