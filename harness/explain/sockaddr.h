/* SPDX-License-Identifier: MIT */
/* sockaddr.h: the address of a socket, for people. */
#ifndef EXPLAIN_SOCKADDR_H
#define EXPLAIN_SOCKADDR_H

#include <stdint.h>
#include <sys/types.h>

#include "sys/text.h"

/* The address at ADDR in the memory of thread TID, SIZE bytes, as strace writes
 * it. */
void explain_put_sockaddr(
	struct text *o, pid_t tid, uint64_t addr, uint64_t size);

#endif
