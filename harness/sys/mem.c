/* SPDX-License-Identifier: MIT */
/* mem.c: the memory of another process. */
#include "sys/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/uio.h>
#include <unistd.h>

#define PAGE 4096 /* the smallest there is, on any machine */

static int open_mem(pid_t tid, int flags)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/mem", tid);
	return open(path, flags | O_CLOEXEC);
}

/* For a kernel without CONFIG_CROSS_MEMORY_ATTACH. */
static ssize_t read_file(pid_t tid, uint64_t addr, void *to, size_t size)
{
	int fd = open_mem(tid, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT ? -ESRCH : -errno;
	n = pread(fd, to, size, (off_t)addr);
	if (n < 0)
		n = errno == EIO || errno == EINVAL ? -EFAULT : -errno;
	close(fd);
	return n;
}

static ssize_t read_once(pid_t tid, uint64_t addr, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)addr, size };
	ssize_t n = process_vm_readv(tid, &local, 1, &remote, 1, 0);

	if (n < 0 && errno == ENOSYS)
		return read_file(tid, addr, to, size);
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

	ssize_t n = process_vm_writev(tid, &local, 1, &remote, 1, 0);

	if (n < 0 && errno == ENOSYS)
		return mem_patch(tid, addr, from, size);
	return n == (ssize_t)size;
}

bool mem_patch(pid_t tid, uint64_t addr, const void *from, size_t size)
{
	int fd = open_mem(tid, O_RDWR);
	ssize_t n;

	n = fd < 0 ? -1 : pwrite(fd, from, size, (off_t)addr);
	if (fd >= 0)
		close(fd);
	return n == (ssize_t)size;
}
