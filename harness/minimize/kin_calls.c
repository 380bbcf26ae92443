/* SPDX-License-Identifier: MIT */
/*
 * kin_calls.c: what threads and the Go runtime call by luck, and the heap and
 * stdio of a libc with other data.
 *
 * glibc 2.36 to 2.42. A process may end before a thread that it made has
 * begun, or while one runs: start_thread (nptl/pthread_create.c) registers its
 * rseq and list of robust locks, sets its mask, and at its end gives back its
 * stack (allocatestack.c, advise_stack_range) and calls exit. What free stacks
 * take beyond 40 MiB is unmapped (nptl/nptl-stack.c, __nptl_free_stacks). Who
 * finds each heap locked makes one of its own (malloc/arena.c, arena_get2,
 * new_heap, grow_heap, shrink_heap): mapped without access, cut to its
 * alignment, and opened, and shrunk, bit by bit.
 *
 * musl 1.2, src/thread/pthread_create.c: start sets the mask, __pthread_exit
 * blocks the signals, and a detached thread unmaps itself.
 * Its heap (src/malloc/mallocng): malloc.c, alloc_meta, alloc_group; free.c,
 * free_group, which advises and unmaps; realloc.c, which moves.
 *
 * glibc's heap (malloc/malloc.c): sysmalloc takes by brk, or beyond a threshold
 * or where that fails by mmap; systrim, munmap_chunk and mremap_chunk. Its
 * streams ask a character device whether it is a terminal
 * (libio/filedoalloc.c), by TCGETS, since 2.42 by TCGETS2
 * (sysdeps/unix/sysv/linux/tcgetattr.c).
 *
 * Go 1.19 to 1.24, src/runtime. A monitor looks at what runs too long and stops
 * it by SIGURG (proc.go, sysmon, retake; signal_unix.go, preemptM; os_linux.go,
 * signalM), sleeps for that (usleep), and spinning threads yield (osyield).
 * Whoever finds work and no thread makes one (proc.go, startm, newm, mstart1;
 * os_linux.go, newosproc, minit), which may end (mexit). Memory is taken,
 * given back and advised upon when the collector comes to it (mem_linux.go;
 * malloc.go, sysReserveAligned; MADV_COLLAPSE since 1.21). Once it polls, each
 * thread without work may ask (netpoll_epoll.go, netpoll), and be woken by a
 * write to a descriptor of its own (netpollBreak), which is then read.
 */
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "minimize/kin.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

/* asm-generic/ioctls.h needs a struct for it that <termios.h> is at odds with.
 */
#undef TCGETS2
#define TCGETS2	     0x802c542a

#define ANY	     -1
/* A number and its name. */
#define IS(n)	     n, #n

#define ENDS_GLIBC   KIN_OF "glibc does so at the beginning or end of a thread"
#define HEAP_GLIBC   KIN_OF "glibc does so for a heap of a thread's own"
#define ENDS_MUSL    KIN_OF "musl does so at the beginning or end of a thread"
#define SIZE_GLIBC   KIN_OF "glibc's heap does so at other sizes"
#define SIZE_MUSL    KIN_OF "musl's heap does so at other sizes"
#define STREAM_GLIBC KIN_OF "glibc's stdio asks so of another kind of file"
#define THREAD_GO    KIN_OF "the Go runtime makes and ends threads so"
#define STOPS_GO     KIN_OF "the Go runtime stops so what runs too long"
#define WAITS_GO     KIN_OF "the Go runtime passes time so"
#define MEMORY_GO    KIN_OF "the Go runtime manages its memory so"
#define POLLS_GO     KIN_OF "the Go runtime polls so"

const struct kin_call minimize_kin_calls[] = {
	{ KIN_GLIBC_THREADS, "exit", ANY, 0, NULL, ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "rseq", ANY, 0, NULL, ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "set_robust_list", ANY, 0, NULL, ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "rt_sigprocmask", 0, IS(SIG_BLOCK), ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "rt_sigprocmask", 0, IS(SIG_SETMASK), ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "madvise", 2, IS(MADV_DONTNEED), ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "munmap", ANY, 0, NULL, ENDS_GLIBC },
	{ KIN_GLIBC_THREADS, "mmap", 2, IS(PROT_NONE), HEAP_GLIBC },
	{ KIN_GLIBC_THREADS, "mmap2", 2, IS(PROT_NONE), HEAP_GLIBC },
	{ KIN_GLIBC_THREADS, "mprotect", 2, IS(PROT_READ | PROT_WRITE),
		HEAP_GLIBC },

	{ KIN_MUSL_THREADS, "exit", ANY, 0, NULL, ENDS_MUSL },
	{ KIN_MUSL_THREADS, "rt_sigprocmask", 0, IS(SIG_BLOCK), ENDS_MUSL },
	{ KIN_MUSL_THREADS, "rt_sigprocmask", 0, IS(SIG_SETMASK), ENDS_MUSL },
	{ KIN_MUSL_THREADS, "munmap", ANY, 0, NULL, ENDS_MUSL },

	{ KIN_GLIBC_HEAP, "brk", ANY, 0, NULL, SIZE_GLIBC },
	{ KIN_GLIBC_HEAP, "mmap", 2, IS(PROT_READ | PROT_WRITE), SIZE_GLIBC },
	{ KIN_GLIBC_HEAP, "mmap2", 2, IS(PROT_READ | PROT_WRITE), SIZE_GLIBC },
	{ KIN_GLIBC_HEAP, "munmap", ANY, 0, NULL, SIZE_GLIBC },
	{ KIN_GLIBC_HEAP, "mremap", ANY, 0, NULL, SIZE_GLIBC },

	{ KIN_MUSL_HEAP, "brk", ANY, 0, NULL, SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mmap", 2, IS(PROT_NONE), SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mmap", 2, IS(PROT_READ | PROT_WRITE), SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mmap2", 2, IS(PROT_NONE), SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mmap2", 2, IS(PROT_READ | PROT_WRITE), SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mprotect", 2, IS(PROT_READ | PROT_WRITE), SIZE_MUSL },
	{ KIN_MUSL_HEAP, "munmap", ANY, 0, NULL, SIZE_MUSL },
	{ KIN_MUSL_HEAP, "mremap", ANY, 0, NULL, SIZE_MUSL },
	{ KIN_MUSL_HEAP, "madvise", 2, IS(MADV_FREE), SIZE_MUSL },

	{ KIN_GLIBC_STREAMS, "ioctl", 1, IS(TCGETS), STREAM_GLIBC },
	{ KIN_GLIBC_STREAMS, "ioctl", 1, IS(TCGETS2), STREAM_GLIBC },

	{ KIN_GO, "clone", ANY, 0, NULL, THREAD_GO },
	{ KIN_GO, "gettid", ANY, 0, NULL, THREAD_GO },
	{ KIN_GO, "sigaltstack", ANY, 0, NULL, THREAD_GO },
	{ KIN_GO, "rt_sigprocmask", 0, IS(SIG_SETMASK), THREAD_GO },
	{ KIN_GO, "exit", ANY, 0, NULL, THREAD_GO },
	{ KIN_GO, "getpid", ANY, 0, NULL, STOPS_GO },
	{ KIN_GO, "tgkill", 2, IS(SIGURG), STOPS_GO },
	{ KIN_GO, "nanosleep", ANY, 0, NULL, WAITS_GO },
	{ KIN_GO, "sched_yield", ANY, 0, NULL, WAITS_GO },
	{ KIN_GO, "mmap", 2, IS(PROT_NONE), MEMORY_GO },
	{ KIN_GO, "mmap", 2, IS(PROT_READ | PROT_WRITE), MEMORY_GO },
	{ KIN_GO, "munmap", ANY, 0, NULL, MEMORY_GO },
	{ KIN_GO, "madvise", 2, IS(MADV_DONTNEED), MEMORY_GO },
	{ KIN_GO, "madvise", 2, IS(MADV_FREE), MEMORY_GO },
	{ KIN_GO, "madvise", 2, IS(MADV_HUGEPAGE), MEMORY_GO },
	{ KIN_GO, "madvise", 2, IS(MADV_NOHUGEPAGE), MEMORY_GO },
	{ KIN_GO, "madvise", 2, IS(MADV_COLLAPSE), MEMORY_GO },

	{ KIN_GO_POLLS, "epoll_ctl", ANY, 0, NULL, POLLS_GO },
	{ KIN_GO_POLLS, "epoll_pwait", ANY, 0, NULL, POLLS_GO },
	{ KIN_GO_POLLS, "read", ANY, 0, NULL, POLLS_GO },
	{ KIN_GO_POLLS, "write", ANY, 0, NULL, POLLS_GO },
};

const size_t minimize_nkin_calls =
	sizeof(minimize_kin_calls) / sizeof(*minimize_kin_calls);
