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

#include "sys/clock.h"
#include "sys/text.h"

/* PROC_PID_INIT_INO, PROC_TIME_INIT_INO, include/linux/proc_ns.h */
#define FIRST_PID_NAMESPACE  0xEFFFFFFC
#define FIRST_TIME_NAMESPACE 0xEFFFFFFA

/* What the log's clock may be away from the others: it starts otherwise, and
 * they are corrected by up to a two-thousandth (adjtimex(2), 500 ppm). */
#define OFF_US		     1000000
#define OFF_PART	     2000

/* The wall clock of a record is that of the last tick, of 10 ms at most. */
#define TICK_US		     20000

/* CONSOLE_EXT_LOG_MAX, kernel/printk: less is EINVAL */
#define RECORD_MAX	     8192

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

/* audit(SECONDS.MILLISECONDS:SERIAL) */
static bool read_wall(const char *text, uint64_t *us)
{
	uint64_t s, ms;
	int end = 0;

	sscanf(text, ";audit: type=1326 audit(%" SCNu64 ".%3" SCNu64 ":%n", &s,
		&ms, &end);
	if (!end)
		return false;
	*us = s * 1000000 + ms * 1000;
	return true;
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
		prefix > 7 || !read_wall(text, &kill->wall_us))
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

/* A record, of RECORD_MAX bytes. False: none is there yet. */
static bool read_record(int log, char *record)
{
	ssize_t n;

	do {
		n = read(log, record, RECORD_MAX - 1);
		/* EPIPE: some were overwritten before they were read. */
	} while (n < 0 && (errno == EPIPE || errno == EINTR));
	record[n > 0 ? n : 0] = '\0';
	return n > 0;
}

bool kernel_log_next(int log, struct kernel_kill *kill)
{
	char record[RECORD_MAX];

	while (read_record(log, record))
		if (kernel_log_parse(record, kill))
			return true;
	return false;
}

/* Its facility is 0, as above; behind the line come its properties. */
bool kernel_log_line(int log, char *line, size_t size)
{
	char record[RECORD_MAX], *text;

	while (read_record(log, record)) {
		text = strchr(record, ';');
		if (!text || strtoul(record, NULL, 10) > 7)
			continue;
		text[1 + strcspn(text + 1, "\n")] = '\0';
		snprintf(line, size, "%s", text + 1);
		return true;
	}
	return false;
}

void kernel_log_clocks(struct kernel_clocks *now)
{
	struct stat st;

	now->boot = clock_ns(CLOCK_BOOTTIME) / 1000;
	now->awake = clock_us();
	now->wall = clock_ns(CLOCK_REALTIME) / 1000;
	/* Before Linux 5.6 there are none. */
	now->shifted = !stat("/proc/self/ns/time", &st) &&
		       st.st_ino != FIRST_TIME_NAMESPACE;
}

bool kernel_log_is_since(const struct kernel_kill *kill, uint64_t start,
	const struct kernel_clocks *now)
{
	int64_t slept = (int64_t)(now->boot - now->awake);
	int64_t off = OFF_US + (int64_t)(kill->us / OFF_PART);
	int64_t first = (int64_t)kill->us - off;
	int64_t last = (int64_t)kill->us + slept + off;
	int64_t by_wall = (int64_t)(kill->wall_us - now->wall + now->boot);

	if (!start || now->shifted || last < (int64_t)start)
		return false;
	if (first > (int64_t)start)
		return true;
	return first <= by_wall && by_wall <= last &&
	       by_wall + TICK_US >= (int64_t)start;
}
