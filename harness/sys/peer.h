/* SPDX-License-Identifier: MIT */
/* peer.h: are two sockets the ends of one connection? */
#ifndef SYS_PEER_H
#define SYS_PEER_H

#include <stdint.h>
#include <sys/types.h>

enum peer_answer {
	PEER_NO,
	PEER_YES,
	PEER_UNKNOWN, /* they cannot be asked after */
};

/*
 * Do the sockets with the inodes A and B, in the network namespace of thread
 * TID, write to each other? Of Unix sockets sock_diag(7) tells, in our own
 * namespace alone; of TCP /proc/TID/net/tcp and tcp6 (proc_pid_net(5)).
 */
enum peer_answer peer_ends(pid_t tid, uint32_t a, uint32_t b);

#endif
