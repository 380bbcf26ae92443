/* SPDX-License-Identifier: MIT */
/*
 * kin_calls.c: what a libc, or the Go runtime, calls for a need that was seen,
 * at other sizes, by luck, at failure, or in its next version. Each row has its
 * source: of glibc 2.36 to 2.43, of musl 1.2, of Go 1.19 to 1.24.
 */
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>

#include "minimize/kin.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

/* asm-generic/ioctls.h needs a struct for it that <termios.h> is at odds with.
 */
#undef TCGETS2
#define TCGETS2	     0x802c542a

#define ANY	     -1, 0, NULL
/* An argument, a number and its name. */
#define IS(arg, n)   arg, n, #n
#define READ_WRITE   PROT_READ | PROT_WRITE

#define GLIBC	     LIBC_GLIBC
#define MUSL	     LIBC_MUSL
#define GO	     LIBC_GO
#define C	     LIBC_GLIBC | LIBC_MUSL

#define ENDS_GLIBC   KIN_OF "glibc does so at the beginning or end of a thread"
#define HEAP_GLIBC   KIN_OF "glibc does so for a heap of a thread's own"
#define YIELDS	     KIN_OF "who spins for another thread lets it run so"
#define ENDS_MUSL    KIN_OF "musl does so at the beginning or end of a thread"
#define SIZE_GLIBC   KIN_OF "glibc's heap does so at other sizes"
#define SIZE_MUSL    KIN_OF "musl's heap does so at other sizes"
#define STREAM_GLIBC KIN_OF "glibc's stdio asks so of another kind of file"
#define STREAM_MUSL  KIN_OF "musl's stdio does so with another kind of file"
#define SEEK_GLIBC   KIN_OF "glibc's stdio gives back so what it read ahead"
#define FAILS	     KIN_OF "what fails says so"
#define PERRORS	     KIN_OF "perror(3) writes so to a copy of stderr"
#define ABORTS	     KIN_OF "abort(3) ends so"
#define LOCALE	     KIN_OF "setlocale(3) reads another locale so"
#define TIME	     KIN_OF "time is asked for so where the vDSO cannot tell it"
#define RANDOM	     KIN_OF "glibc asks for random bytes so"
#define COPIES	     KIN_OF "what it imports copies so from file to file"
#define NEXT_FSTAT   KIN_OF "another version of glibc has fstat(2) so"
#define NEXT_THREAD  KIN_OF "another version of glibc starts threads so"
#define NEXT_SPAWN   KIN_OF "another version of glibc starts programs so"
#define NEXT_SLEEP   KIN_OF "another version of a libc sleeps so"
#define NEXT_START   KIN_OF "another version of glibc begins so"
#define NEXT_HEAP    KIN_OF "another version of glibc begins its heap so"
#define NEXT_RANDOM  KIN_OF "another version of glibc keeps random bytes so"
#define THREAD_GO    KIN_OF "the Go runtime makes and ends threads so"
#define STOPS_GO     KIN_OF "the Go runtime stops so what runs too long"
#define WAITS_GO     KIN_OF "the Go runtime passes time so"
#define MEMORY_GO    KIN_OF "the Go runtime manages its memory so"
#define POLLS_GO     KIN_OF "the Go runtime polls so"

/* A process may end before a thread that it made has begun, or while one runs.
 * Who finds each heap locked makes one of its own, mapped without access, cut
 * to its alignment, and opened and shrunk bit by bit. */
#define START_THREAD "glibc nptl/pthread_create.c, start_thread"
#define FREE_STACK   "glibc nptl/allocatestack.c, advise_stack_range"
#define FREE_STACKS  "glibc nptl/nptl-stack.c, __nptl_free_stacks"
#define NEW_HEAP     "glibc malloc/arena.c, new_heap"
#define GROW_HEAP    "glibc malloc/arena.c, grow_heap"
#define START_MUSL   "musl src/thread/pthread_create.c, start"
#define EXIT_MUSL    "musl src/thread/pthread_create.c, __pthread_exit"
/* By luck: while the other thread is amid something that is soon over. */
#define SPIN_LIBUV   "libuv src/unix/async.c, uv__async_spin"
/* By brk, or beyond a threshold or where that fails by mmap. */
#define SYSMALLOC    "glibc malloc/malloc.c, sysmalloc"
#define MUNMAP_CHUNK "glibc malloc/malloc.c, munmap_chunk"
#define MREMAP_CHUNK "glibc malloc/malloc.c, mremap_chunk"
#define ALLOC_META   "musl src/malloc/mallocng/malloc.c, alloc_meta"
#define ALLOC_GROUP  "musl src/malloc/mallocng/malloc.c, alloc_group"
#define FREE_MUSL    "musl src/malloc/mallocng/free.c, free_group"
#define REALLOC_MUSL "musl src/malloc/mallocng/realloc.c, realloc"
#define DOALLOCATE   "glibc libio/filedoalloc.c, _IO_file_doallocate"
#define TCGETATTR    "glibc sysdeps/unix/sysv/linux/tcgetattr.c (2.42)"
#define FILE_SYNC    "glibc libio/fileops.c, _IO_new_file_sync"
#define STDOUT_MUSL  "musl src/stdio/__stdout_write.c"
#define WRITE_MUSL   "musl src/stdio/__stdio_write.c"
#define READ_MUSL    "musl src/stdio/__stdio_read.c"
#define SEEK_MUSL    "musl src/stdio/__stdio_exit.c, close_file"
#define MESSAGE	     "glibc sysdeps/posix/libc_fatal.c, __libc_message"
#define ERROR	     "glibc misc/error.c, error_tail"
#define PERROR	     "glibc stdio-common/perror.c, perror"
#define ABORT	     "glibc stdlib/abort.c, abort"
#define RAISE	     "glibc nptl/pthread_kill.c, __pthread_kill_implementation"
#define RAISE_MUSL   "musl src/signal/raise.c, src/signal/block.c"
#define LOCARCHIVE   "glibc locale/loadarchive.c, _nl_load_locale_from_archive"
#define GCONV	     "glibc iconv/gconv_db.c, __gconv_compare_alias"
#define LOADLOCALE   "glibc locale/loadlocale.c, _nl_load_locale"
#define LOADMSGCAT   "glibc intl/loadmsgcat.c, _nl_load_domain"
#define LOCALE_MUSL  "musl src/locale/locale_map.c, src/internal/map_file.c"
#define VDSO	     "linux lib/vdso/gettimeofday.c, __cvdso_clock_gettime"
#define TCACHE_KEY   "glibc malloc/malloc.c, tcache_key_initialize (2.36)"
#define ARC4RANDOM   "glibc stdlib/arc4random.c, __arc4random_buf (2.36)"
#define COPY_CAT     "coreutils src/cat.c, copy_cat (9.1)"
#define FSTAT	     "glibc sysdeps/unix/sysv/linux/fstat64.c (2.33, 2.39)"
#define CLONE	     "glibc sysdeps/unix/sysv/linux/clone-internal.c (2.34)"
/* 2.36 by clone3 or, where there is none, clone, and sets each handler
 * back; 2.41 lets clone3 do that. */
#define SPAWN	     "glibc sysdeps/unix/sysv/linux/spawni.c (2.36, 2.41)"
#define NANOSLEEP    "glibc time/nanosleep.c (2.31), musl src/time/nanosleep.c"
#define VGETRANDOM   "glibc sysdeps/unix/sysv/linux/getrandom.c (2.41)"
#define TLS_INIT     "glibc sysdeps/nptl/dl-tls_init_tp.c (2.35)"
#define GO_SYSMON    "go src/runtime/proc.go, sysmon, retake"
#define GO_PREEMPT   "go src/runtime/os_linux.go, signalM"
#define GO_NEWM	     "go src/runtime/os_linux.go, newosproc, minit, mexit"
#define GO_MEM	     "go src/runtime/mem_linux.go"
#define GO_NETPOLL   "go src/runtime/netpoll_epoll.go, netpoll, netpollBreak"

#define THREADS	     KIN_THREADS
#define HEAP	     KIN_HEAP
#define STREAMS	     KIN_STREAMS

const struct kin_call minimize_kin_calls[] = {
	{ THREADS, GLIBC, "exit", ANY, ENDS_GLIBC, START_THREAD },
	{ THREADS, GLIBC, "rseq", ANY, ENDS_GLIBC, START_THREAD },
	{ THREADS, GLIBC, "set_robust_list", ANY, ENDS_GLIBC, START_THREAD },
	{ THREADS, GLIBC, "rt_sigprocmask", IS(0, SIG_BLOCK), ENDS_GLIBC,
		START_THREAD },
	{ THREADS, GLIBC, "rt_sigprocmask", IS(0, SIG_SETMASK), ENDS_GLIBC,
		START_THREAD },
	{ THREADS, GLIBC, "madvise", IS(2, MADV_DONTNEED), ENDS_GLIBC,
		FREE_STACK },
	{ THREADS, GLIBC, "munmap", ANY, ENDS_GLIBC, FREE_STACKS },
	{ THREADS, GLIBC, "mmap", IS(2, PROT_NONE), HEAP_GLIBC, NEW_HEAP },
	{ THREADS, GLIBC, "mmap2", IS(2, PROT_NONE), HEAP_GLIBC, NEW_HEAP },
	{ THREADS, GLIBC, "mprotect", IS(2, READ_WRITE), HEAP_GLIBC,
		GROW_HEAP },
	{ THREADS, C, "sched_yield", ANY, YIELDS, SPIN_LIBUV },
	{ THREADS, MUSL, "exit", ANY, ENDS_MUSL, EXIT_MUSL },
	{ THREADS, MUSL, "rt_sigprocmask", IS(0, SIG_BLOCK), ENDS_MUSL,
		EXIT_MUSL },
	{ THREADS, MUSL, "rt_sigprocmask", IS(0, SIG_SETMASK), ENDS_MUSL,
		START_MUSL },
	{ THREADS, MUSL, "munmap", ANY, ENDS_MUSL, EXIT_MUSL },

	{ HEAP, GLIBC, "brk", ANY, SIZE_GLIBC, SYSMALLOC },
	{ HEAP, GLIBC, "mmap", IS(2, READ_WRITE), SIZE_GLIBC, SYSMALLOC },
	{ HEAP, GLIBC, "mmap2", IS(2, READ_WRITE), SIZE_GLIBC, SYSMALLOC },
	{ HEAP, GLIBC, "munmap", ANY, SIZE_GLIBC, MUNMAP_CHUNK },
	{ HEAP, GLIBC, "mremap", ANY, SIZE_GLIBC, MREMAP_CHUNK },
	{ HEAP, MUSL, "brk", ANY, SIZE_MUSL, ALLOC_META },
	{ HEAP, MUSL, "mmap", IS(2, PROT_NONE), SIZE_MUSL, ALLOC_META },
	{ HEAP, MUSL, "mmap", IS(2, READ_WRITE), SIZE_MUSL, ALLOC_GROUP },
	{ HEAP, MUSL, "mmap2", IS(2, PROT_NONE), SIZE_MUSL, ALLOC_META },
	{ HEAP, MUSL, "mmap2", IS(2, READ_WRITE), SIZE_MUSL, ALLOC_GROUP },
	{ HEAP, MUSL, "mprotect", IS(2, READ_WRITE), SIZE_MUSL, ALLOC_META },
	{ HEAP, MUSL, "munmap", ANY, SIZE_MUSL, FREE_MUSL },
	{ HEAP, MUSL, "mremap", ANY, SIZE_MUSL, REALLOC_MUSL },
	{ HEAP, MUSL, "madvise", IS(2, MADV_FREE), SIZE_MUSL, FREE_MUSL },

	{ STREAMS, GLIBC, "ioctl", IS(1, TCGETS), STREAM_GLIBC, DOALLOCATE },
	{ STREAMS, GLIBC, "ioctl", IS(1, TCGETS2), STREAM_GLIBC, TCGETATTR },
	{ STREAMS, GLIBC, "lseek", IS(0, 0), SEEK_GLIBC, FILE_SYNC },
	{ KIN_STREAMS_MUSL, MUSL, "ioctl", IS(1, TIOCGWINSZ), STREAM_MUSL,
		STDOUT_MUSL },
	{ KIN_STREAMS_MUSL, MUSL, "writev", IS(0, 1), STREAM_MUSL, WRITE_MUSL },
	{ KIN_STREAMS_MUSL, MUSL, "readv", IS(0, 0), STREAM_MUSL, READ_MUSL },
	{ KIN_STREAMS_MUSL, MUSL, "lseek", IS(0, 0), STREAM_MUSL, SEEK_MUSL },
	{ KIN_STREAMS_AT, GLIBC, "newfstatat", IS(0, 0), STREAM_GLIBC,
		DOALLOCATE },
	{ KIN_STREAMS_AT, GLIBC, "newfstatat", IS(0, 1), STREAM_GLIBC,
		DOALLOCATE },
	{ KIN_STREAMS_STAT, GLIBC, "fstat", IS(0, 0), STREAM_GLIBC,
		DOALLOCATE },
	{ KIN_STREAMS_STAT, GLIBC, "fstat", IS(0, 1), STREAM_GLIBC,
		DOALLOCATE },

	{ KIN_FAILS, GLIBC, "write", IS(0, 2), FAILS, ERROR },
	{ KIN_ABORT, GLIBC, "writev", IS(0, 2), FAILS, MESSAGE },
	{ KIN_FAILS, MUSL, "writev", IS(0, 2), FAILS, WRITE_MUSL },
	{ KIN_PERROR, GLIBC, "dup", ANY, PERRORS, PERROR },
	{ KIN_PERROR, GLIBC, "fcntl", IS(1, F_GETFL), PERRORS, PERROR },
	{ KIN_PERROR, GLIBC, "newfstatat", ANY, PERRORS, PERROR },
	{ KIN_PERROR, GLIBC, "fstat", ANY, PERRORS, PERROR },
	{ KIN_PERROR, GLIBC, "write", ANY, PERRORS, PERROR },
	{ KIN_PERROR, GLIBC, "close", ANY, PERRORS, PERROR },
	{ KIN_ABORT, GLIBC, "rt_sigprocmask", IS(0, SIG_UNBLOCK), ABORTS,
		ABORT },
	{ KIN_ABORT, C, "rt_sigprocmask", IS(0, SIG_BLOCK), ABORTS, ABORT },
	{ KIN_ABORT, C, "rt_sigprocmask", IS(0, SIG_SETMASK), ABORTS, RAISE },
	{ KIN_ABORT, GLIBC, "gettid", ANY, ABORTS, RAISE },
	{ KIN_ABORT, GLIBC, "getpid", ANY, ABORTS, RAISE },
	{ KIN_ABORT, GLIBC, "tgkill", IS(2, SIGABRT), ABORTS, RAISE },
	{ KIN_ABORT, MUSL, "gettid", ANY, ABORTS, RAISE_MUSL },
	{ KIN_ABORT, MUSL, "tkill", ANY, ABORTS, RAISE_MUSL },

	{ KIN_LOCALE, GLIBC, "openat", ANY, LOCALE, LOCARCHIVE },
	{ KIN_LOCALE, GLIBC, "newfstatat", ANY, LOCALE, LOCARCHIVE },
	{ KIN_LOCALE, GLIBC, "fstat", ANY, LOCALE, LOCARCHIVE },
	{ KIN_LOCALE, GLIBC, "mmap", IS(2, PROT_READ), LOCALE, LOCARCHIVE },
	{ KIN_LOCALE, GLIBC, "read", ANY, LOCALE, LOADMSGCAT },
	{ KIN_LOCALE, GLIBC, "munmap", ANY, LOCALE, LOADLOCALE },
	{ KIN_LOCALE, GLIBC, "close", ANY, LOCALE, LOCARCHIVE },
	{ KIN_LOCALE, GLIBC, "futex", IS(1, FUTEX_WAKE_PRIVATE), LOCALE,
		GCONV },
	{ KIN_LOCALE, MUSL, "open", ANY, LOCALE, LOCALE_MUSL },
	{ KIN_LOCALE, MUSL, "fstat", ANY, LOCALE, LOCALE_MUSL },
	{ KIN_LOCALE, MUSL, "mmap", IS(2, PROT_READ), LOCALE, LOCALE_MUSL },
	{ KIN_LOCALE, MUSL, "close", ANY, LOCALE, LOCALE_MUSL },

	{ KIN_TIME, C, "clock_gettime", IS(0, CLOCK_REALTIME), TIME, VDSO },
	{ KIN_TIME, C, "clock_gettime", IS(0, CLOCK_MONOTONIC), TIME, VDSO },
	{ KIN_TIME, C, "gettimeofday", ANY, TIME, VDSO },
	{ KIN_TIME, C, "time", ANY, TIME, VDSO },

	{ KIN_RANDOM, GLIBC, "getrandom", IS(2, 0), RANDOM, ARC4RANDOM },
	{ KIN_RANDOM, GLIBC, "getrandom", IS(2, GRND_NONBLOCK), RANDOM,
		TCACHE_KEY },

	{ KIN_COPIES, C, "copy_file_range", ANY, COPIES, COPY_CAT },

	{ KIN_NEXT | KIN_FSTATAT, GLIBC, "fstat", ANY, NEXT_FSTAT, FSTAT },
	{ KIN_NEXT | KIN_FSTAT, GLIBC, "newfstatat", ANY, NEXT_FSTAT, FSTAT },
	{ KIN_NEXT | THREADS, GLIBC, "clone3", ANY, NEXT_THREAD, CLONE },
	{ KIN_NEXT | THREADS, GLIBC, "clone", ANY, NEXT_THREAD, CLONE },
	{ KIN_NEXT | KIN_SPAWN, GLIBC, "clone3", ANY, NEXT_SPAWN, SPAWN },
	{ KIN_NEXT | KIN_SPAWN, GLIBC, "clone", ANY, NEXT_SPAWN, SPAWN },
	{ KIN_NEXT | KIN_SPAWN, GLIBC, "rt_sigaction", ANY, NEXT_SPAWN, SPAWN },
	{ KIN_NEXT | KIN_SLEEP, C, "clock_nanosleep", ANY, NEXT_SLEEP,
		NANOSLEEP },
	{ KIN_NEXT | KIN_SLEEP, C, "nanosleep", ANY, NEXT_SLEEP, NANOSLEEP },
	{ KIN_NEXT | HEAP, GLIBC, "getrandom", IS(2, GRND_NONBLOCK), NEXT_HEAP,
		TCACHE_KEY },
	{ KIN_NEXT | KIN_RANDOM, GLIBC, "mmap", IS(2, READ_WRITE), NEXT_RANDOM,
		VGETRANDOM },
	{ KIN_NEXT | KIN_RANDOM, GLIBC, "munmap", ANY, NEXT_RANDOM,
		VGETRANDOM },
	{ KIN_NEXT | KIN_START, GLIBC, "set_tid_address", ANY, NEXT_START,
		TLS_INIT },
	{ KIN_NEXT | KIN_START, GLIBC, "set_robust_list", ANY, NEXT_START,
		TLS_INIT },
	{ KIN_NEXT | KIN_START, GLIBC, "rseq", ANY, NEXT_START, TLS_INIT },

	{ KIN_GO, GO, "clone", ANY, THREAD_GO, GO_NEWM },
	{ KIN_GO, GO, "gettid", ANY, THREAD_GO, GO_NEWM },
	{ KIN_GO, GO, "sigaltstack", ANY, THREAD_GO, GO_NEWM },
	{ KIN_GO, GO, "rt_sigprocmask", IS(0, SIG_SETMASK), THREAD_GO,
		GO_NEWM },
	{ KIN_GO, GO, "exit", ANY, THREAD_GO, GO_NEWM },
	{ KIN_GO, GO, "getpid", ANY, STOPS_GO, GO_PREEMPT },
	{ KIN_GO, GO, "tgkill", IS(2, SIGURG), STOPS_GO, GO_PREEMPT },
	{ KIN_GO, GO, "nanosleep", ANY, WAITS_GO, GO_SYSMON },
	{ KIN_GO, GO, "sched_yield", ANY, WAITS_GO, GO_SYSMON },
	{ KIN_GO, GO, "mmap", IS(2, PROT_NONE), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "mmap", IS(2, READ_WRITE), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "munmap", ANY, MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "madvise", IS(2, MADV_DONTNEED), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "madvise", IS(2, MADV_FREE), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "madvise", IS(2, MADV_HUGEPAGE), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "madvise", IS(2, MADV_NOHUGEPAGE), MEMORY_GO, GO_MEM },
	{ KIN_GO, GO, "madvise", IS(2, MADV_COLLAPSE), MEMORY_GO, GO_MEM },
	{ KIN_GO_POLLS, GO, "epoll_ctl", ANY, POLLS_GO, GO_NETPOLL },
	{ KIN_GO_POLLS, GO, "epoll_pwait", ANY, POLLS_GO, GO_NETPOLL },
	{ KIN_GO_POLLS, GO, "read", ANY, POLLS_GO, GO_NETPOLL },
	{ KIN_GO_POLLS, GO, "write", ANY, POLLS_GO, GO_NETPOLL },
};

const size_t minimize_nkin_calls =
	sizeof(minimize_kin_calls) / sizeof(*minimize_kin_calls);
