/* SPDX-License-Identifier: MIT */
/* doctor_look.c: what this machine allows, by trying it. */
#include "cmd/doctor.h"

#include <errno.h>
#include <gnu/libc-version.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/beside.h"
#include "sys/kernel_log.h"
#include "sys/path.h"
#include "sys/preflight.h"
#include "sys/proc.h"
#include "sys/taken.h"

/* What declarations were held against: scripts/kernel, scripts/try-debian. */
#define KERNELS	   "5.10 to 7.2"
#define LIBCS	   "2.36 to 2.43"

/* Well above what was seen to be too little: 20 files, 60 MB of memory; the
 * record of a whole run has 3.4 MB. */
#define FILES_MIN  64
#define MEMORY_MIN (256UL << 20)
#define SIZE_MIN   (16UL << 20)

__attribute__((format(printf, 4, 5))) static void tell(struct doctor_fact *f,
	bool lacks, const char *todo, const char *format, ...)
{
	va_list ap;

	f->lacks = lacks;
	f->todo = lacks ? todo : NULL;
	va_start(ap, format);
	vsnprintf(f->is, sizeof(f->is), format, ap);
	va_end(ap);
}

static bool is_between(const char *version, unsigned low, unsigned high)
{
	unsigned major = 0, minor = 0;

	sscanf(version, "%u.%u", &major, &minor);
	return major * 100 + minor >= low && major * 100 + minor <= high;
}

static void look_versions(struct doctor_fact *facts)
{
	const char *libc = gnu_get_libc_version();
	struct utsname u;

	uname(&u);
	tell(&facts[PART_KERNEL], !is_between(u.release, 510, 702),
		"compare with one that is known: run -k debian:SUITE",
		"Linux %s %s; declarations know " KERNELS, u.release,
		u.machine);
	tell(&facts[PART_LIBC], !is_between(libc, 236, 243),
		"see quartet lint --libc for what is known of others",
		"glibc %s; declarations know " LIBCS, libc);
}

/* What FN returned in a process of its own: 0, or an errno. */
static int try(int (*fn)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(fn());
	if (pid < 0)
		return errno;
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return EFAULT; /* a filter killed it */
	return WEXITSTATUS(status);
}

static int enter_user(void)
{
	return unshare(CLONE_NEWUSER) ? errno : 0;
}

static int enter_net(void)
{
	return unshare(CLONE_NEWNET) ? errno : 0;
}

static void look_namespaces(struct doctor_fact *facts)
{
	int user = try(enter_user), net = try(enter_net);

	/* No verb needs one. */
	tell(&facts[PART_USER_NS], false, NULL, "%s",
		user ? strerror(user) : "can be made");
	tell(&facts[PART_NET_NS], net, "as root, or unshare -rn quartet ...",
		net ? "none of its own: %s" : "can be made", strerror(net));
}

static pid_t start_sleeper(void)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0) {
		proc_die_with(parent, SIGKILL);
		pause();
		_exit(0);
	}
	return pid;
}

static pid_t sleeper;

static int seize_sleeper(void)
{
	return ptrace(PTRACE_SEIZE, sleeper, 0, 0) ? errno : 0;
}

/* The sleeper is no child of the one that seizes it. */
static void look_others(struct doctor_fact *others, struct doctor_fact *read)
{
	static struct filter bpf;
	int err, n;

	sleeper = start_sleeper();
	if (sleeper < 0) {
		tell(others, true, NULL, "fork: %s", strerror(errno));
		tell(read, true, NULL, "fork: %s", strerror(errno));
		return;
	}
	err = try(seize_sleeper);
	tell(others, err, "as root; or sysctl kernel.yama.ptrace_scope=0",
		err ? "not allowed: %s" : "allowed", strerror(err));
	n = taken_filter(sleeper, 1, &bpf);
	tell(read, n < 0, "as root, outside of other filters",
		n < 0 ? "not allowed: %s" : "allowed",
		n < 0 ? taken_why(-n) : "");
	kill(sleeper, SIGKILL);
	waitpid(sleeper, NULL, 0);
}

static void look_ptrace(struct doctor_fact *facts)
{
	struct failure f;
	char scope[16];
	int err = preflight_ptrace(&f);

	if (proc_read(scope, sizeof(scope), "sys/kernel/yama/ptrace_scope") < 1)
		strcpy(scope, "none");
	scope[strcspn(scope, "\n")] = '\0';
	tell(&facts[PART_PTRACE], err,
		"sysctl kernel.yama.ptrace_scope=1; in a container "
		"--cap-add=SYS_PTRACE, or a seccomp profile that allows ptrace",
		err ? "%.200s; yama scope %s"
		    : "%.0schildren may be traced; yama scope %s",
		f.text, scope);
	look_others(&facts[PART_OTHERS], &facts[PART_FILTERS]);
}

static const struct {
	const char *name;
	uint32_t action;
} actions[] = {
	{ "kill_process", SECCOMP_RET_KILL_PROCESS },
	{ "kill_thread", SECCOMP_RET_KILL_THREAD },
	{ "trap", SECCOMP_RET_TRAP },
	{ "errno", SECCOMP_RET_ERRNO },
	{ "user_notif", SECCOMP_RET_USER_NOTIF },
	{ "trace", SECCOMP_RET_TRACE },
	{ "log", SECCOMP_RET_LOG },
};

static void look_actions(struct doctor_fact *fact)
{
	char lacking[200] = "", has[200] = "";

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		bool is = !syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0,
			&actions[i].action);
		char *to = is ? has : lacking;

		snprintf(to + strlen(to), sizeof(has) - strlen(to), " %s",
			actions[i].name);
	}
	if (lacking[0])
		tell(fact, true, "a newer kernel: user_notif came with 5.0",
			"not here:%s", lacking);
	else
		tell(fact, false, NULL, "%s", has + 1);
}

static void look_seccomp(struct doctor_fact *facts)
{
	struct failure f;
	int err = preflight_seccomp(&f);
	long n = proc_filters(getpid());

	tell(&facts[PART_SECCOMP], err, "a kernel with CONFIG_SECCOMP_FILTER",
		"%s", err ? f.text : "filters can be loaded");
	look_actions(&facts[PART_ACTIONS]);
	if (n < 0)
		n = prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER;
	tell(&facts[PART_OUTER], n > 0,
		"outside of the container, or with "
		"--security-opt seccomp=unconfined",
		n > 0 ? "%ld on this process already" : "none", n);
	tell(&facts[PART_NNP], false, NULL, "%s",
		prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1
			? "set: su, sudo and the like get no privileges"
			: "not set");
}

static void look_proc(struct doctor_fact *fact)
{
	bool is = proc_is_own();

	tell(fact, !is, "mount -t proc proc /proc", "%s",
		is ? "of our processes"
		   : "not there, or of another PID "
		     "namespace");
}

static void look_log(struct doctor_fact *fact)
{
	int log;

	errno = 0;
	log = kernel_log_open(false);
	tell(fact, log < 0, "as root, or sysctl kernel.dmesg_restrict=0",
		log < 0 ? "cannot be read: %s" : "can be read",
		errno ? strerror(errno) : "processes have other numbers in it");
	if (log >= 0)
		close(log);
}

static void limit(struct doctor_fact *fact, int which, unsigned long min,
	const char *todo, unsigned long unit, const char *name)
{
	struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };

	getrlimit(which, &r);
	if (r.rlim_cur == RLIM_INFINITY)
		tell(fact, false, NULL, "none");
	else
		tell(fact, r.rlim_cur < min, todo, "%lu%s",
			(unsigned long)r.rlim_cur / unit, name);
}

static void look_limits(struct doctor_fact *facts)
{
	limit(&facts[PART_STACK], RLIMIT_STACK, 0, NULL, 1024, " kB");
	limit(&facts[PART_FILES], RLIMIT_NOFILE, FILES_MIN, "ulimit -n 1024", 1,
		"");
	limit(&facts[PART_MEMORY], RLIMIT_AS, MEMORY_MIN, "ulimit -v unlimited",
		1 << 20, " MB");
	limit(&facts[PART_CPU], RLIMIT_CPU, RLIM_INFINITY,
		"ulimit -t unlimited", 1, " s of processor time");
	limit(&facts[PART_SIZE], RLIMIT_FSIZE, SIZE_MIN, "ulimit -f unlimited",
		1 << 20, " MB");
}

static void look_tmp(struct doctor_fact *fact)
{
	const char *tmp = getenv("TMPDIR");
	int err;

	tmp = tmp && tmp[0] && strlen(tmp) < 80 ? tmp : "/tmp";
	err = access(tmp, W_OK | X_OK) ? errno : 0;
	tell(fact, err, "set TMPDIR to a folder that can be written",
		err ? "%s: %s" : "%s", tmp, strerror(err));
}

static void beside(struct doctor_fact *fact, const char *name, const char *todo)
{
	char path[4096];
	int err = beside_path(path, sizeof(path), name);

	if (!err && access(path, R_OK))
		err = -errno;
	tell(fact, err, todo, err ? "%s: %s" : "%s", name,
		err ? strerror(-err) : "");
	if (!err)
		snprintf(fact->is, sizeof(fact->is), "beside this command");
}

static void program(struct doctor_fact *fact, bool is, const char *todo)
{
	tell(fact, !is, todo, "%s", is ? "installed" : "not installed");
}

static void look_files(struct doctor_fact *facts)
{
	look_tmp(&facts[PART_TMP]);
	beside(&facts[PART_PROFILES], "profiles", "build or install them anew");
	beside(&facts[PART_PROBES], "probes.jsonl",
		"build them: make; or install quartet-probes");
	beside(&facts[PART_TARGET], "quartet-target",
		"apt-get install afl++ clang, and build it: make afl");
	program(&facts[PART_AFL], path_has("afl-fuzz"),
		"apt-get install afl++");
	program(&facts[PART_UML], !access("/usr/bin/linux.uml", X_OK),
		"apt-get install user-mode-linux");
	program(&facts[PART_QEMU], path_has("qemu-system-x86_64"),
		"apt-get install qemu-system-x86");
}

void doctor_look(struct doctor_fact facts[PARTS])
{
	look_versions(facts);
	look_proc(&facts[PART_PROC]);
	look_seccomp(facts);
	look_ptrace(facts);
	look_namespaces(facts);
	look_log(&facts[PART_LOG]);
	look_limits(facts);
	look_files(facts);
}
