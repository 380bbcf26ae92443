/* SPDX-License-Identifier: MIT */
/* has_gvisor.c: what each Linux of today has, and gVisor has not: a kernel in
 * Go that answers the same calls. */
#include "sys/has_ask.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/sys.h"

/* What its dmesg begins with (pkg/sentry/kernel/syslog.go). Linux lets not
 * everybody read his. */
bool has_gvisor(void)
{
	char log[4096] = "";
	long n = sys(SYS_syslog, 3 /* READ_ALL */, log, sizeof(log) - 1);

	log[n > 0 ? n : 0] = '\0';
	return strstr(log, "Starting gVisor...") != NULL;
}

static int be_strict(void)
{
	if (!prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT))
		sys(SYS_exit, 1);
	return 0;
}

bool has_strict_mode(void)
{
	return has_child_status(be_strict) == 1;
}

/* SECCOMP_RET_USER_NOTIF: where the flag is known, the missing program is what
 * is wrong. */
bool has_listener(void)
{
	return sys(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		       SECCOMP_FILTER_FLAG_NEW_LISTENER, NULL) == -EFAULT;
}

/* From here on getppid answers with ACTION. */
static int answer(uint32_t action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(code) / sizeof(*code), code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

static void *be_refused(void *unused)
{
	(void)unused;
	if (!answer(SECCOMP_RET_KILL_PROCESS))
		sys(SYS_getppid);
	return NULL;
}

/* Whoever waits for the thread comes here where it died alone. */
static int outlive_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, be_refused, NULL))
		return 2;
	pthread_join(thread, NULL);
	return 1;
}

/* Linux 4.14. */
bool has_kill_process(void)
{
	return has_child_status(outlive_thread) != 1;
}

static int log_it(void)
{
	return answer(SECCOMP_RET_LOG) || sys(SYS_getppid) <= 0;
}

/* Linux 4.14, too: before, it is none that is known, and kills. */
bool has_ret_log(void)
{
	return has_child_status(log_it) == 0;
}

/* No word lies at an odd address: EINVAL where it is known. */
bool has_requeue_pi(void)
{
	static int words[2];

	return sys_futex((char *)words + 1, FUTEX_CMP_REQUEUE_PI, 1, NULL,
		       words, 0) != -ENOSYS;
}

/* /proc/PID/mem takes what is written to it. */
bool has_mem_write(void)
{
	static volatile char target;
	int fd = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	bool written =
		fd >= 0 && pwrite(fd, "x", 1, (off_t)(uintptr_t)&target) == 1;

	if (fd >= 0)
		close(fd);
	return written;
}
