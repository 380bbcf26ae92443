/* SPDX-License-Identifier: MIT */
/* mem.c: the memory of another process. */
#include "sys/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096 /* the smallest there is, on any machine */

static ssize_t read_once(pid_t tid, uint64_t addr, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)addr, size };
	ssize_t n = process_vm_readv(tid, &local, 1, &remote, 1, 0);

	return n < 0 ? -errno : n;
}

ssize_t mem_read(pid_t tid, uint64_t addr, void *to, size_t size)
{
	size_t here = PAGE - addr % PAGE;
	ssize_t n = read_once(tid, addr, to, size);

	/* process_vm_readv(2) does not promise a part of what it was asked. */
	return n == -EFAULT && here < size ? read_once(tid, addr, to, here) : n;
}

bool mem_read_all(pid_t tid, uint64_t addr, void *to, size_t size)
{
	return read_once(tid, addr, to, size) == (ssize_t)size;
}

bool mem_write_all(pid_t tid, uint64_t addr, const void *from, size_t size)
{
	struct iovec local = { (void *)from, size };
	struct iovec remote = { (void *)addr, size };

	return process_vm_writev(tid, &local, 1, &remote, 1, 0) ==
	       (ssize_t)size;
}

bool mem_patch(pid_t tid, uint64_t addr, const void *from, size_t size)
{
	char path[32];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", tid);
	fd = open(path, O_RDWR | O_CLOEXEC);
	n = fd < 0 ? -1 : pwrite(fd, from, size, (off_t)addr);
	if (fd >= 0)
		close(fd);
	return n == (ssize_t)size;
}
