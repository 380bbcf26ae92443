/* SPDX-License-Identifier: MIT */
/* mem.h: the memory of another process, by one of its threads. Who reads it
 * takes what is there for hostile. */
#ifndef SYS_MEM_H
#define SYS_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Reads up to SIZE bytes at ADDR of thread TID's process. Returns how many:
 * less when the memory ends before, at the end of a page; or a negative errno:
 * -EFAULT, there is none; -EPERM; -ESRCH, it is gone.
 */
ssize_t mem_read(pid_t tid, uint64_t addr, void *to, size_t size);

/* All SIZE bytes? If not, what is in TO is not to be used. */
bool mem_read_all(pid_t tid, uint64_t addr, void *to, size_t size);

/* Writes SIZE bytes, where the process itself may (on a kernel without
 * process_vm_writev(2) as mem_patch() does). All of them? */
bool mem_write_all(pid_t tid, uint64_t addr, const void *from, size_t size);

/* The same where the process may only read, as a debugger does, by
 * /proc/TID/mem (proc_pid_mem(5)). */
bool mem_patch(pid_t tid, uint64_t addr, const void *from, size_t size);

#endif
