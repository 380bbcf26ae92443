/* SPDX-License-Identifier: MIT */
/*
 * needs.c: what a program needs a system call for, in words.
 *
 * Functions are those of glibc 2.31 to 2.41 and musl 1.2, as their debug
 * information names them; without it exported names are left, and the call
 * alone. The first row that matches decides, so rows of functions that stand
 * deep in the stack (a crash's, an exit's) come before those of what they use.
 */
#include "explain/needs.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "sys/text.h"

static const struct {
	const char *functions; /* one of them on the stack; NULL: any */
	const char *calls;     /* NULL: any */
	const char *need;
	bool direct; /* it makes the call itself, or calls who does */
} needs[] = {
	/* A program that ends itself for a fault. */
	{ "abort __GI_abort __assert_fail* __stack_chk_fail* __fortify_fail "
	  "__chk_fail __libc_message* __libc_fatal malloc_printerr "
	  "*panic_fmt* runtime.dieFromSignal runtime.fatalpanic",
		NULL, "a crash: the program ends itself for a fault" },

	/* Where there is no stack to speak of. */
	{ NULL, "rt_sigreturn sigreturn", "the return from a signal handler" },
	{ NULL, "restart_syscall",
		"the kernel goes on with a wait that a signal or a stop "
		"interrupted" },

	/* Wherever it comes, a constructor's among them. */
	{ "tcache_key_initialize tcache_init", "getrandom",
		"the heap's first use: a random key" },
	{ "ptmalloc_init* __libc_early_malloc*", "getrandom",
		"the heap's first use" },

	/* The beginning. */
	{ "_dl_relocate_object* _dl_protect_relro", NULL,
		"start-up: the dynamic linker relocates" },
	{ "dlopen* __libc_dlopen* __libc_unwind_link_get", NULL,
		"a library that is loaded at run time" },
	{ "__libc_early_init __libc_setup_tls __libc_init_secure "
	  "_dl_relocate_static_pie __libc_init_first __init_libc __init_tls "
	  "static_init_tls _dl_discover_osversion __libc_start_init "
	  "_dl_non_dynamic_init __tunables_init",
		NULL, "start-up: the C library" },
	{ "_dl_init", NULL, "start-up: a library's constructor" },
	{ "__tls_init_tp init_tls", NULL, "start-up: the main thread" },
	{ "dl_main __dls3 __dls2b __dls2", NULL,
		"start-up: the dynamic linker loads libraries" },
	{ "_dl_start _dl_start_user _dl_sysdep_start __dls2 _dlstart "
	  "_dlstart_c",
		NULL, "start-up: the dynamic linker" },
	{ "runtime.rt0_go* runtime.schedinit* runtime.osinit* runtime.check*",
		NULL, "start-up: the Go runtime" },
	{ "*std*rt*init* *std*rt*lang_start_internal*init*",
		"poll rt_sigaction sigaltstack sched_getaffinity mmap mprotect "
		"prctl openat",
		"start-up: the Rust runtime" },

	/* The end, of a thread and of all. */
	{ NULL, "exit_group", "the end of the process" },
	{ "exit __run_exit_handlers _IO_cleanup __funcs_on_exit "
	  "__libc_exit_fini __stdio_exit*",
		NULL, "the end of the process: exit handlers, stdio" },
	{ "*once*Once*call*", "sigaltstack munmap",
		"the end of a Rust program: its signal stack" },
	{ "*std*rt*cleanup* *stack_overflow*drop_handler*", NULL,
		"the end of the process: the Rust runtime" },
	{ "__libc_pthread_exit pthread_exit __pthread_exit "
	  "__do_cancel __nptl_deallocate_tsd",
		NULL, "the end of a thread" },
	{ "__malloc_arena_thread_freeres __libc_thread_freeres "
	  "__call_tls_dtors advise_stack_range __nptl_free_tcb "
	  "__nptl_deallocate_stack",
		NULL, "the end of a thread" },
	{ "start_thread start", "madvise exit munmap", "the end of a thread",
		true },

	/* Processes. */
	{ "system do_system popen* _IO_*proc_open* *posix_spawn* __spawni* "
	  "__spawnix fork __libc_fork __fork _Fork vfork __vfork __libc_vfork",
		"clone clone3 fork vfork", "the start of a process" },
	{ "system do_system *posix_spawn* __spawni* __spawnix", NULL,
		"a new process" },
	{ "fork __libc_fork __fork _Fork vfork __vfork __libc_vfork", NULL,
		"a new process" },
	{ NULL, "fork vfork", "the start of a process" },

	/* Threads. */
	{ "*pthread_create* allocate_stack create_thread", NULL,
		"the start of a thread" },
	{ "start_thread start __clone3 clone3 __clone clone runtime.mstart* "
	  "runtime.newosproc*",
		"rseq set_robust_list sigaltstack gettid "
		"clone clone3",
		"the start of a thread" },
	{ "start_thread start", "rt_sigprocmask",
		"the start or the end of a thread", true },
	{ NULL, "clone3 set_robust_list rseq", "the start of a thread" },
	{ "*pthread_getattr_np*", NULL, "a thread asks where its stack is" },
	{ "*pthread_cancel*", NULL, "a thread that is cancelled" },

	/* The heap. */
	{ "ptmalloc_init* __libc_early_malloc*", NULL, "the heap's first use" },
	{ "systrim* heap_trim* shrink_heap",
		"brk munmap madvise mmap openat read "
		"close",
		"the heap gives memory back" },
	{ "sysmalloc* __libc_morecore __default_morecore __glibc_morecore sbrk "
	  "__sbrk __expand_heap alloc_group alloc_slot "
	  "__malloc_alloc_meta",
		"brk mmap mprotect madvise", "the heap grows" },
	{ "new_heap alloc_new_heap grow_heap arena_get2 arena_get* tcache_init",
		NULL, "a thread's own heap" },
	{ "munmap_chunk unmap_chunk free "
	  "__libc_free __libc_free_impl _int_free* cfree",
		"brk munmap madvise mprotect mremap mmap openat read close",
		"the heap gives memory back" },
	{ "malloc __libc_malloc* calloc __libc_calloc* realloc __libc_realloc* "
	  "*memalign* _mid_memalign __libc_malloc_impl mremap_chunk",
		"brk mmap mremap mprotect madvise", "the heap grows" },
	{ "runtime.*", "mmap madvise munmap", "the Go heap" },
	{ "runtime.*",
		"nanosleep futex sched_yield epoll_* eventfd* pipe2 fcntl "
		"clone timer_*",
		"the Go scheduler" },
	{ "runtime.*", "tgkill getpid gettid",
		"the Go scheduler: a signal preempts a goroutine" },

	/* stdio. */
	{ "_IO_file_doallocate __GI__IO_file_doallocate _IO_doallocbuf*",
		"fstat newfstatat ioctl mmap brk getrandom",
		"stdio's first use of a stream" },
	{ "_IO_file_stat __GI__IO_file_stat", NULL,
		"stdio's first use of a stream" },
	{ "__stdout_write", "ioctl", "stdio's first use of a stream" },
	{ "_IO_* __GI__IO_* __stdio_* __fwritex fflush* fclose*",
		"lseek _llseek", "stdio finds its place in a file" },
	{ "__stdio_write* __stdio_read*", "writev readv",
		"musl's stdio reads and writes by vectors" },

	/* What libc functions ask of the kernel behind their names. */
	{ "isatty __isatty tcgetattr* __tcgetattr", NULL,
		"is this a terminal?" },
	{ "qsort* __qsort_r", "sysinfo",
		"qsort asks how much memory there is" },
	{ "getaddrinfo* gethostby* __nss_* nscd_* __nscd_* res_*", NULL,
		"a name is looked up" },
	{ "getpw* getgr* *initgroups*", NULL, "a user is looked up" },
	{ "tzset* __tz* localtime* mktime* strftime*", NULL,
		"the time zone file" },
	{ "setlocale* _nl_* newlocale* textdomain* dcgettext* __gconv* iconv*",
		NULL, "the locale, or its messages" },
	{ "*syslog*", NULL, "syslog" },
	{ "sysconf __sysconf get_nprocs* __get_nprocs* sched_getcpu* "
	  "__sched_getaffinity*",
		NULL, "how many processors are there?" },
	{ "perror strerror* error error_at_line", "dup fcntl",
		"an error message" },
	{ "sigsetjmp siglongjmp __sigjmp_save __libc_siglongjmp",
		"rt_sigprocmask", "a jump that saves the signal mask" },
	{ "arc4random* getentropy __getrandom*", NULL, "random numbers" },
	{ "*std*collections*hash*map*RandomState* *hashmap_random_keys*", NULL,
		"random numbers, for a hash map" },

	/* The call alone. */
	{ NULL, "getrandom", "random numbers" },
	{ NULL,
		"clock_gettime clock_gettime64 gettimeofday time clock_getres "
		"clock_getres_time64",
		"a clock that the vDSO does not serve" },
	{ NULL,
		"nanosleep clock_nanosleep clock_nanosleep_time64 "
		"timer_* setitimer alarm timerfd_*",
		"to wait, or a timer" },
	{ NULL,
		"poll ppoll ppoll_time64 select pselect6 pselect6_time64 "
		"epoll_* eventfd*",
		"to wait for descriptors" },
	{ NULL, "rt_sigaction sigaction rt_sigprocmask sigaltstack signal",
		"to set up signals" },
	{ NULL, "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo",
		"to send a signal" },
	{ NULL, "execve execveat", "a new program" },
	{ NULL, "clone", "a new process or thread" },
	{ NULL, "wait4 waitid waitpid", "the end of a child" },
	{ NULL, "futex futex_time64 futex_waitv", "threads that wait" },
	{ NULL, "sched_yield", "to let others run" },
	{ NULL, "membarrier", "memory barriers in all threads" },
	{ NULL, "brk", "the heap" },
	{ NULL, "mmap mmap2 munmap mremap mprotect madvise", "memory" },
	{ NULL, "ioctl", "to control a device: a terminal, mostly" },
	{ NULL,
		"open openat openat2 creat access faccessat faccessat2 stat "
		"stat64 lstat lstat64 newfstatat fstatat64 statx readlink "
		"readlinkat getdents64 getcwd chdir",
		"files by name" },
	{ NULL,
		"fstat fstat64 lseek _llseek fcntl fcntl64 dup dup2 dup3 close "
		"fadvise64 fsync ftruncate flock",
		"a file that is open" },
	{ NULL,
		"readv writev pread64 pwrite64 preadv pwritev preadv2 "
		"pwritev2 sendfile copy_file_range splice",
		"to read and write, in other ways" },
	{ NULL,
		"socket connect bind listen accept accept4 sendto recvfrom "
		"sendmsg recvmsg sendmmsg recvmmsg setsockopt getsockopt "
		"getsockname getpeername shutdown socketpair",
		"the network, or a socket" },
	{ NULL,
		"getpid gettid getppid getuid geteuid getgid getegid uname "
		"sysinfo prlimit64 getrlimit getrusage sched_getaffinity "
		"prctl arch_prctl times",
		"to know oneself or the machine" },
	{ NULL, "read write", "to read and write" },
};

/* Not below main: a stack that is guessed, where there are no unwind tables,
 * has the remains of the start there. */
static bool on_stack(
	const char *functions, const struct frame *frames, int nframes)
{
	for (int i = 0; i < nframes; i++) {
		if (frames[i].function[0] &&
			text_matches(functions, frames[i].function))
			return true;
		if (text_matches("main main.main", frames[i].function))
			return false;
	}
	return false;
}

const char *explain_need(
	const char *call, const struct frame *frames, int nframes)
{
	int near = nframes < 2 ? nframes : 2;

	/* i386's way into the kernel is a function of its own. */
	if (nframes > 2 && !strcmp(frames[0].function, "__kernel_vsyscall"))
		near = 3;
	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++) {
		if (needs[i].calls && !text_matches(needs[i].calls, call))
			continue;
		if (needs[i].functions &&
			!on_stack(needs[i].functions, frames,
				needs[i].direct ? near : nframes))
			continue;
		return needs[i].need;
	}
	return "";
}
