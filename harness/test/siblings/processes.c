/* SPDX-License-Identifier: MIT */
/* processes.c: calls on processes, memory, mounts and the machine. */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "doers.h"

#define NR_OPEN_TREE_ATTR 467

static char *const done[] = { "siblings", "--done", NULL };
DO(do_execve)
{
	return RAW(__NR_execve, "/proc/self/exe", done, environ);
}
DO(do_execveat)
{
	return RAW(__NR_execveat, -1, "/proc/self/exe", done, environ, 0);
}

static long make_new(void)
{
	return RAW(__NR_openat, AT_FDCWD, "new", O_CREAT | O_WRONLY, 0600);
}
/* The child makes `new`. */
static long parted(long pid)
{
	if (!pid)
		_exit(make_new() < 0);
	return pid < 0 ? pid : RAW(__NR_wait4, pid, 0, 0, 0);
}
DO(do_fork)
{
	return parted(RAW(__NR_fork));
}
DO(do_vfork)
{
	pid_t pid = vfork();

	if (!pid)
		_exit(make_new() < 0);
	return pid < 0 ? -errno : 0;
}
DO(do_clone)
{
	return parted(RAW(__NR_clone, SIGCHLD));
}
DO(do_clone3)
{
	struct clone_args a = { .exit_signal = SIGCHLD };

	return parted(RAW(__NR_clone3, &a, sizeof(a)));
}

static ino_t user_namespace(void)
{
	struct stat st;

	return stat("/proc/self/ns/user", &st) ? 0 : st.st_ino;
}
static long elsewhere(long pid, ino_t here)
{
	int status = 0;

	if (!pid)
		_exit(user_namespace() == here);
	if (pid < 0)
		return pid;
	waitpid((pid_t)pid, &status, 0);
	return status ? -1000 : 0;
}
DO(do_clone_user)
{
	ino_t here = user_namespace();

	return elsewhere(RAW(__NR_clone, CLONE_NEWUSER | SIGCHLD), here);
}
DO(do_clone3_user)
{
	struct clone_args a = { .flags = CLONE_NEWUSER,
		.exit_signal = SIGCHLD };
	ino_t here = user_namespace();

	return elsewhere(RAW(__NR_clone3, &a, sizeof(a)), here);
}
DO(do_unshare_user)
{
	ino_t here = user_namespace();
	long ret = RAW(__NR_unshare, CLONE_NEWUSER);

	return ret ? ret : user_namespace() == here ? -1000 : 0;
}

/* In a mount namespace that is the child's own. */
static long mounted(long ret)
{
	return ret || !access("folder/file", F_OK) ? ret : -1000;
}
DO(do_mount)
{
	return mounted(RAW(__NR_mount, ".", "folder", 0, MS_BIND, 0));
}
DO(do_move_mount)
{
	long tree = RAW(__NR_open_tree, AT_FDCWD, ".", OPEN_TREE_CLONE);

	return mounted(RAW(__NR_move_mount, tree, "", AT_FDCWD, "folder",
		MOVE_MOUNT_F_EMPTY_PATH));
}
DO(do_open_tree)
{
	return RAW(__NR_open_tree, AT_FDCWD, ".", OPEN_TREE_CLONE);
}
DO(do_open_tree_attr)
{
	return RAW(NR_OPEN_TREE_ATTR, AT_FDCWD, ".", OPEN_TREE_CLONE, 0, 0);
}

static char page[4096] __attribute__((aligned(4096)));
/* Its first byte is the instruction ret. */
static long runs(long at)
{
	if ((unsigned long)at > -4096UL)
		return at;
	*(volatile unsigned char *)at = 0xc3;
	((void (*)(void))at)();
	return 0;
}
#define RWX (PROT_READ | PROT_WRITE | PROT_EXEC)
DO(do_mmap)
{
	return runs(RAW(
		__NR_mmap, 0, 4096, RWX, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}
DO(do_mprotect)
{
	long ret = RAW(__NR_mprotect, page, 4096, RWX);

	return ret ? ret : runs((long)page);
}
DO(do_pkey_mprotect)
{
	long ret = RAW(__NR_pkey_mprotect, page, 4096, RWX, -1);

	return ret ? ret : runs((long)page);
}

/* Who made the stage sees that it dies. */
static siginfo_t info = { .si_signo = SIGKILL, .si_code = SI_QUEUE };
DO(do_kill)
{
	return RAW(__NR_kill, s->other, SIGKILL);
}
DO(do_rt_sigqueueinfo)
{
	return RAW(__NR_rt_sigqueueinfo, s->other, SIGKILL, &info);
}
DO(do_tkill)
{
	return RAW(__NR_tkill, s->other, SIGKILL);
}
DO(do_tgkill)
{
	return RAW(__NR_tgkill, s->other, s->other, SIGKILL);
}
DO(do_rt_tgsigqueueinfo)
{
	return RAW(__NR_rt_tgsigqueueinfo, s->other, s->other, SIGKILL, &info);
}
DO(do_pidfd_send_signal)
{
	long fd = RAW(__NR_pidfd_open, s->other, 0);

	return RAW(__NR_pidfd_send_signal, fd, SIGKILL, 0, 0);
}

/* At the same place in the other process, which was forked. */
static long secret = 42;
DO(do_process_vm_readv)
{
	long copy = 0;
	struct iovec here = { &copy, sizeof(copy) };
	struct iovec there = { &secret, sizeof(secret) };
	long ret = RAW(__NR_process_vm_readv, s->other, &here, 1, &there, 1, 0);

	return ret < 0 || copy == 42 ? ret : -1000;
}
DO(do_process_vm_writev)
{
	long copy = 43;
	struct iovec here = { &copy, sizeof(copy) };
	struct iovec there = { &secret, sizeof(secret) };

	return RAW(__NR_process_vm_writev, s->other, &here, 1, &there, 1, 0);
}
static long seize(const struct stage *s)
{
	long ret = RAW(__NR_ptrace, PTRACE_SEIZE, s->other, 0, 0);

	if (ret)
		return ret;
	RAW(__NR_ptrace, PTRACE_INTERRUPT, s->other, 0, 0);
	return RAW(__NR_wait4, s->other, 0, __WALL, 0) < 0 ? -1000 : 0;
}
DO(do_ptrace_reads)
{
	long copy = 0, ret = seize(s);

	if (!ret)
		ret = RAW(
			__NR_ptrace, PTRACE_PEEKDATA, s->other, &secret, &copy);
	return ret || copy == 42 ? ret : -1000;
}
DO(do_ptrace_writes)
{
	long copy = 0, ret = seize(s);

	if (!ret)
		ret = RAW(__NR_ptrace, PTRACE_POKEDATA, s->other, &secret, 43);
	if (!ret)
		ret = RAW(
			__NR_ptrace, PTRACE_PEEKDATA, s->other, &secret, &copy);
	return ret || copy == 43 ? ret : -1000;
}

long reached(long ret)
{
	return ret == -EADDRNOTAVAIL || ret == -ENOSYS || ret >= 0 ? ret : 0;
}
DO(do_init_module)
{
	return reached(RAW(__NR_init_module, "", 0, ""));
}
DO(do_finit_module)
{
	return reached(RAW(__NR_finit_module, -1, "", 0));
}
DO(do_kexec_load)
{
	return reached(RAW(__NR_kexec_load, 0, 0, 0, 0x8000));
}
DO(do_kexec_file_load)
{
	return reached(RAW(__NR_kexec_file_load, -1, -1, 0, 0, 0x8000));
}
static struct timeval never = { -1, -1 };
static struct timespec never_exact = { -1, -1 };
DO(do_settimeofday)
{
	return reached(RAW(__NR_settimeofday, &never, 0));
}
DO(do_clock_settime)
{
	return reached(RAW(__NR_clock_settime, 0, &never_exact));
}

static long is_one(long ret, long who)
{
	return ret || RAW(who) == 1 ? ret : -1000;
}
DO(do_setuid)
{
	return is_one(RAW(__NR_setuid, 1), __NR_getuid);
}
DO(do_setreuid)
{
	return is_one(RAW(__NR_setreuid, 1, 1), __NR_getuid);
}
DO(do_setresuid)
{
	return is_one(RAW(__NR_setresuid, 1, 1, 1), __NR_getuid);
}
DO(do_setgid)
{
	return is_one(RAW(__NR_setgid, 1), __NR_getgid);
}
DO(do_setregid)
{
	return is_one(RAW(__NR_setregid, 1, 1), __NR_getgid);
}
DO(do_setresgid)
{
	return is_one(RAW(__NR_setresgid, 1, 1, 1), __NR_getgid);
}
static struct rlimit none;
static long limited(long ret)
{
	struct rlimit l = { 1, 1 };

	RAW(__NR_getrlimit, RLIMIT_NICE, &l);
	return ret || !l.rlim_max ? ret : -1000;
}
DO(do_setrlimit)
{
	return limited(RAW(__NR_setrlimit, RLIMIT_NICE, &none));
}
DO(do_prlimit64)
{
	return limited(RAW(__NR_prlimit64, 0, RLIMIT_NICE, &none, 0));
}
static long scheduled(long ret)
{
	long now = RAW(__NR_sched_getscheduler, 0);

	return ret || now == SCHED_BATCH ? ret : -1000;
}
DO(do_sched_setscheduler)
{
	int none_of_it = 0;

	return scheduled(
		RAW(__NR_sched_setscheduler, 0, SCHED_BATCH, &none_of_it));
}
DO(do_sched_setattr)
{
	/* struct sched_attr, linux/sched/types.h */
	uint32_t attr[12] = { sizeof(attr), SCHED_BATCH };

	return scheduled(RAW(__NR_sched_setattr, 0, attr, 0));
}
static struct timespec soon = { 0, 1000 };
DO(do_poll)
{
	return RAW(__NR_poll, 0, 0, 0);
}
DO(do_ppoll)
{
	return RAW(__NR_ppoll, 0, 0, &soon, 0, 8);
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
const struct doer doers_processes[] = { D(execve), D(execveat), D(fork),
	D(vfork), { "makes a user namespace", "clone", do_clone_user },
	{ "makes a user namespace", "clone3", do_clone3_user },
	{ "makes a user namespace", "unshare", do_unshare_user }, D(clone),
	D(clone3), D(mount), D(move_mount), D(open_tree), D(open_tree_attr),
	D(mmap), D(mprotect), D(pkey_mprotect), D(kill), D(rt_sigqueueinfo),
	D(tkill), D(tgkill), D(rt_tgsigqueueinfo), D(pidfd_send_signal),
	D(process_vm_readv), D(process_vm_writev),
	{ "reads another", "ptrace", do_ptrace_reads },
	{ "writes another", "ptrace", do_ptrace_writes }, D(init_module),
	D(finit_module), D(kexec_load), D(kexec_file_load), D(settimeofday),
	D(clock_settime), D(setuid), D(setreuid), D(setresuid), D(setgid),
	D(setregid), D(setresgid), D(setrlimit), D(prlimit64),
	D(sched_setscheduler), D(sched_setattr), D(poll), D(ppoll), { 0 } };
