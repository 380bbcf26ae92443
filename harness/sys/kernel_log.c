/* SPDX-License-Identifier: MIT */
/* kernel_log.c: kills by seccomp filters, in the kernel's log. */
#include "sys/kernel_log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/text.h"

/* PROC_PID_INIT_INO, include/linux/proc_ns.h */
#define FIRST_PID_NAMESPACE 0xEFFFFFFC

/* CONSOLE_EXT_LOG_MAX, kernel/printk: less is EINVAL */
#define RECORD_MAX	    8192

int kernel_log_open(bool all)
{
	struct stat st;
	int fd;

	if (stat("/proc/self/ns/pid", &st) || st.st_ino != FIRST_PID_NAMESPACE)
		return -1;
	fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && !all)
		lseek(fd, 0, SEEK_END);
	return fd;
}

/* What stands behind KEY; NULL without it. Strangers' names hold no blank:
 * such are written in hex (kernel/audit.c, audit_log_untrustedstring). */
static const char *value(const char *record, const char *key)
{
	const char *at = strstr(record, key);

	return at ? at + strlen(key) : NULL;
}

static bool number(
	const char *record, const char *key, int base, uint64_t *result)
{
	const char *at = value(record, key);
	char *end;

	if (!at)
		return false;
	*result = strtoull(at, &end, base);
	return end != at;
}

/* comm="NAME", or comm=HEX. */
static void read_comm(const char *at, char *comm, size_t size)
{
	char raw[17] = "", two[3] = "";
	size_t n;

	if (*at == '"') {
		n = strcspn(at + 1, "\"");
		memcpy(raw, at + 1, n < 16 ? n : 16);
	} else {
		n = strspn(at, "0123456789ABCDEF") / 2;
		for (size_t i = 0; i < n && i < 16; i++) {
			memcpy(two, at + 2 * i, 2);
			raw[i] = (char)strtoul(two, NULL, 16);
		}
	}
	text_show(raw, comm, size);
}

bool kernel_log_parse(const char *record, struct kernel_kill *kill)
{
	const char *text = strchr(record, ';'), *comm;
	uint64_t pid, arch, nr, code;
	unsigned prefix;

	/* Others can write lines too, but not as the kernel: its facility is 0,
	 * and so the prefix its priority alone. */
	if (!text ||
		sscanf(record, "%u,%*u,%" SCNu64, &prefix, &kill->us) < 2 ||
		prefix > 7 || strncmp(text, ";audit: type=1326 ", 18) != 0)
		return false;
	comm = value(text, " comm=");
	if (!comm || !number(text, " pid=", 10, &pid) ||
		!number(comm, " arch=", 16, &arch) ||
		!number(comm, " syscall=", 10, &nr) ||
		!number(comm, " ip=", 16, &kill->ip) ||
		!number(comm, " code=", 16, &code))
		return false;
	kill->pid = (pid_t)pid;
	kill->arch = (uint32_t)arch;
	kill->nr = (int)nr;
	kill->action = (uint32_t)code & SECCOMP_RET_ACTION_FULL;
	read_comm(comm, kill->comm, sizeof(kill->comm));
	return kill->action == SECCOMP_RET_KILL_THREAD ||
	       kill->action == SECCOMP_RET_KILL_PROCESS;
}

bool kernel_log_next(int log, struct kernel_kill *kill)
{
	char record[RECORD_MAX];
	ssize_t n;

	for (;;) {
		n = read(log, record, sizeof(record) - 1);
		/* EPIPE: some were overwritten before they were read. */
		if (n < 0 && errno != EPIPE && errno != EINTR)
			return false;
		if (n == 0)
			return false;
		if (n < 0)
			continue;
		record[n] = '\0';
		if (kernel_log_parse(record, kill))
			return true;
	}
}
