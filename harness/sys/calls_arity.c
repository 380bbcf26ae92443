/* SPDX-License-Identifier: MIT */
/*
 * calls_arity.c: how many arguments each system call has.
 *
 * Counted in the kernel's declarations (include/linux/syscalls.h of
 * Linux 6.12), but for those of arch/x86, old ones and those since. Compared
 * with what strace 6.1 decodes of each number (strace -e raw=all). On i386 an
 * argument of 64 bits is two, and the oldest calls take a pointer to theirs.
 * Calls that were never there have none.
 */
#include <linux/audit.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/text.h"

#define ARITIES 7

static const char *const arities[ARITIES] = {
	[0] = "afs_syscall break fork ftime getegid getegid32 geteuid "
	      "geteuid32 getgid getgid32 getpgrp getpid getpmsg getppid "
	      "gettid getuid getuid32 gtty idle inotify_init lock mpx "
	      "munlockall pause prof profil putpmsg restart_syscall "
	      "rt_sigreturn sched_yield security setsid sgetmask "
	      "sigreturn stty sync tuxcall ulimit uprobe uretprobe vfork "
	      "vhangup vserver",
	[1] = "_sysctl acct adjtimex alarm brk chdir chroot close dup "
	      "epoll_create epoll_create1 eventfd exit exit_group fchdir "
	      "fdatasync fsync get_kernel_syms get_thread_area getpgid "
	      "getsid inotify_init1 io_destroy iopl memfd_secret "
	      "mlockall mq_unlink nice oldolduname olduname personality "
	      "pipe pkey_free rmdir sched_get_priority_max "
	      "sched_get_priority_min sched_getscheduler set_thread_area "
	      "set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 "
	      "setgid setgid32 setuid setuid32 shmdt sigpending ssetmask "
	      "stime swapoff syncfs sysinfo time timer_delete "
	      "timer_getoverrun times umask uname unlink unshare uselib "
	      "userfaultfd vm86old",
	[2] = "access arch_prctl bdflush capget capset chmod "
	      "clock_adjtime clock_adjtime64 clock_getres "
	      "clock_getres_time64 clock_gettime clock_gettime64 "
	      "clock_settime clock_settime64 clone3 creat create_module "
	      "delete_module dup2 eventfd2 fanotify_init fchmod flock "
	      "fremovexattr fsopen fstat fstat64 fstatfs ftruncate "
	      "getcwd getgroups getgroups32 getitimer getpriority "
	      "getrlimit getrusage gettimeofday inotify_rm_watch "
	      "io_setup io_uring_setup ioprio_get kill "
	      "landlock_restrict_self link listen lremovexattr lstat "
	      "lstat64 memfd_create mkdir mlock mq_notify msgget munlock "
	      "munmap nanosleep oldfstat oldlstat oldstat pidfd_open "
	      "pipe2 pivot_root pkey_alloc process_mrelease removexattr "
	      "rename rt_sigpending rt_sigsuspend sched_getparam "
	      "sched_rr_get_interval sched_rr_get_interval_time64 "
	      "sched_setparam set_robust_list setdomainname setgroups "
	      "setgroups32 sethostname setns setpgid setregid setregid32 "
	      "setreuid setreuid32 setrlimit settimeofday shutdown "
	      "sigaltstack signal socketcall stat stat64 statfs swapon "
	      "symlink timer_gettime timer_gettime64 timerfd_create "
	      "timerfd_gettime timerfd_gettime64 tkill truncate "
	      "ugetrlimit umount umount2 ustat utime utimes vm86",
	[3] = "accept bind bpf chown chown32 close_range connect dup3 "
	      "execve faccessat fchmodat fchown fchown32 fcntl fcntl64 "
	      "finit_module flistxattr fsmount fspick fstatfs64 "
	      "ftruncate64 futimesat get_robust_list getcpu getdents "
	      "getdents64 getpeername getrandom getresgid getresgid32 "
	      "getresuid getresuid32 getsockname init_module "
	      "inotify_add_watch io_cancel io_submit ioctl ioperm "
	      "ioprio_set landlock_create_ruleset lchown lchown32 "
	      "listxattr llistxattr lookup_dcookie lseek "
	      "lsm_list_modules madvise map_shadow_stack membarrier "
	      "mincore mkdirat mknod mlock2 modify_ldt mprotect "
	      "mq_getsetattr mseal msgctl msync nfsservctl open "
	      "open_by_handle_at open_tree pidfd_getfd poll read "
	      "readahead readdir readlink readv recvmsg rt_sigqueueinfo "
	      "sched_getaffinity sched_setaffinity sched_setattr "
	      "sched_setscheduler seccomp semget semop sendmsg "
	      "set_mempolicy setitimer setpriority setresgid setresgid32 "
	      "setresuid setresuid32 shmat shmctl shmget sigaction "
	      "signalfd sigprocmask sigsuspend socket statfs64 symlinkat "
	      "sysfs syslog tgkill timer_create truncate64 unlinkat "
	      "waitpid write writev",
	[4] = "accept4 cachestat clock_nanosleep clock_nanosleep_time64 "
	      "epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old "
	      "faccessat2 fadvise64 fallocate fchmodat2 fgetxattr "
	      "fstatat64 futex_requeue futex_wake getxattr "
	      "io_uring_register kexec_load landlock_add_rule lgetxattr "
	      "listmount lsm_get_self_attr lsm_set_self_attr "
	      "migrate_pages mknodat mq_open msgsnd newfstatat openat "
	      "openat2 pidfd_send_signal pkey_mprotect pread64 prlimit64 "
	      "ptrace pwrite64 quotactl quotactl_fd readlinkat reboot "
	      "removexattrat renameat request_key rseq rt_sigaction "
	      "rt_sigprocmask rt_sigtimedwait rt_sigtimedwait_time64 "
	      "rt_tgsigqueueinfo sched_getattr semctl semtimedop "
	      "semtimedop_time64 sendfile sendfile64 sendmmsg "
	      "set_mempolicy_home_node signalfd4 socketpair statmount "
	      "sync_file_range tee timer_settime timer_settime64 "
	      "timerfd_settime timerfd_settime64 utimensat "
	      "utimensat_time64 vmsplice wait4",
	[5] = "_llseek _newselect add_key clone execveat fanotify_mark "
	      "fchownat fsconfig fsetxattr futex_waitv get_mempolicy "
	      "getsockopt io_getevents kcmp kexec_file_load keyctl "
	      "linkat listxattrat lsetxattr mount mount_setattr "
	      "move_mount mq_timedreceive mq_timedreceive_time64 "
	      "mq_timedsend mq_timedsend_time64 mremap msgrcv "
	      "name_to_handle_at open_tree_attr perf_event_open ppoll "
	      "ppoll_time64 prctl preadv process_madvise pwritev "
	      "query_module recvmmsg recvmmsg_time64 remap_file_pages "
	      "renameat2 select setsockopt setxattr statx waitid",
	[6] = "copy_file_range epoll_pwait epoll_pwait2 fadvise64_64 "
	      "futex futex_time64 futex_wait getxattrat io_pgetevents "
	      "io_pgetevents_time64 io_uring_enter ipc mbind mmap mmap2 "
	      "move_pages preadv2 process_vm_readv process_vm_writev "
	      "pselect6 pselect6_time64 pwritev2 recvfrom sendto "
	      "setxattrat splice",
};

/* Where i386 is unlike x86-64. */
static const char *const i386[ARITIES] = {
	[1] = "mmap select umount",
	[4] = "lookup_dcookie readahead",
	[5] = "fadvise64 pread64 pwrite64",
	[6] = "fallocate fanotify_mark sync_file_range",
};

static int find(const char *const lists[ARITIES], const char *name)
{
	for (int i = 0; i < ARITIES; i++)
		if (lists[i] && text_matches(lists[i], name))
			return i;
	return -1;
}

int calls_arity(uint32_t arch, const char *name)
{
	int n = arch == AUDIT_ARCH_I386 ? find(i386, name) : -1;

	if (!strncmp(name, "x32:", 4))
		name += 4;
	return n < 0 ? find(arities, name) : n;
}
