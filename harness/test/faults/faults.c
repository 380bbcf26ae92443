/* SPDX-License-Identifier: MIT */
/*
 * faults.c: preloaded to quartet, counts what it asks of the system, in all of
 * its processes together, and lets the one of number FAULT_AT fail: FAULT_OF is
 * "memory", "calls" or both.
 *
 * The file FAULTS becomes a struct shared: it says which of them are the first
 * from their stack. What quartet executes goes without.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct shared {
	long n;
	char failed[32];
	void *from[24]; /* in quartet, as `addr2line -e` takes it */
	/* The hashes of the stacks that were seen, and each one's first number.
	 */
	uint64_t stacks[1 << 14];
	int32_t first[1 << 14];
};

static struct shared *shared;
static long at;
static int memory = 1, calls = 1;

static void *next(const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);

	if (!f)
		abort();
	return f;
}

#define REAL(ret, name, ...)                                                   \
	static ret (*real)(__VA_ARGS__);                                       \
	if (!real)                                                             \
	real = (ret(*)(__VA_ARGS__))next(#name)

static void say_where(const char *name)
{
	void *from[24];
	int n = backtrace(from, 24);
	Dl_info info;

	for (int i = 0; i < n; i++)
		if (dladdr(from[i], &info) && info.dli_fname &&
			strstr(info.dli_fname, "quartet"))
			shared->from[i] = (void *)((char *)from[i] -
						   (char *)info.dli_fbase - 1);
	strncpy(shared->failed, name, sizeof(shared->failed) - 1);
}

static uint64_t stack_hash(void)
{
	void *from[16];
	int n = backtrace(from, 16);
	uint64_t hash = 14695981039346656037u;
	Dl_info info;

	/* Addresses that are the same in each run; two are this file's. */
	for (int i = 2; i < n; i++)
		if (dladdr(from[i], &info) && info.dli_fbase)
			hash = (hash ^ (uintptr_t)((char *)from[i] -
						   (char *)info.dli_fbase)) *
			       1099511628211u;
	return hash ? hash : 1;
}

static void note_stack(long n)
{
	const size_t size = sizeof(shared->stacks) / sizeof(*shared->stacks);
	uint64_t hash = stack_hash();

	for (size_t i = 0; i < size; i++) {
		uint64_t *at_i = &shared->stacks[(hash + i) % size], was = 0;

		if (__atomic_compare_exchange_n(at_i, &was, hash, 0,
			    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
			shared->first[(hash + i) % size] = (int32_t)n;
			return;
		}
		if (was == hash)
			return;
	}
	abort();
}

static int fails_of(int counted, const char *name, int err)
{
	long n;

	if (!shared || !counted)
		return 0;
	n = __atomic_add_fetch(&shared->n, 1, __ATOMIC_SEQ_CST);
	if (!at)
		note_stack(n);
	if (n != at)
		return 0;
	say_where(name);
	errno = err;
	return 1;
}

static int fails(const char *name, int err)
{
	return fails_of(calls, name, err);
}

__attribute__((constructor)) static void begin(void)
{
	const char *file = getenv("FAULTS"), *number = getenv("FAULT_AT");
	const char *of = getenv("FAULT_OF");
	void *unused[1];
	int fd = file ? open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
	struct shared *s;

	unsetenv("LD_PRELOAD");
	unsetenv("FAULTS");
	unsetenv("FAULT_AT");
	unsetenv("FAULT_OF");
	backtrace(unused, 1);
	if (fd < 0 || ftruncate(fd, sizeof(*shared)))
		abort();
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (s == MAP_FAILED)
		abort();
	close(fd);
	at = number ? atol(number) : 0;
	memory = !of || strcmp(of, "calls");
	calls = !of || strcmp(of, "memory");
	shared = s;
}

/* malloc's own: dlsym() may ask for memory. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
	return fails_of(memory, "malloc", ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails_of(memory, "calloc", ENOMEM) ? NULL
						  : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	return fails_of(memory, "realloc", ENOMEM) ? NULL
						   : __libc_realloc(p, size);
}

static mode_t mode_of(int flags, va_list ap)
{
	return flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name)                                                             \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		va_list ap;                                                    \
		mode_t mode;                                                   \
		REAL(int, name, const char *, int, ...);                       \
                                                                               \
		va_start(ap, flags);                                           \
		mode = mode_of(flags, ap);                                     \
		va_end(ap);                                                    \
		return fails(#name, EMFILE) ? -1 : real(path, flags, mode);    \
	}
#define OPENAT(name)                                                           \
	int name(int dir, const char *path, int flags, ...)                    \
	{                                                                      \
		va_list ap;                                                    \
		mode_t mode;                                                   \
		REAL(int, name, int, const char *, int, ...);                  \
                                                                               \
		va_start(ap, flags);                                           \
		mode = mode_of(flags, ap);                                     \
		va_end(ap);                                                    \
		return fails(#name, EMFILE) ? -1                               \
					    : real(dir, path, flags, mode);    \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* clang-format off */
#define ONE(ret, name, bad, err, params, types, args) \
	ret name params \
	{ \
		REAL(ret, name, types); \
		return fails(#name, err) ? (bad) : real args; \
	}
#define T(...) __VA_ARGS__
ONE(int, __open_2, -1, EMFILE, (const char *p, int f), T(const char *, int), (p, f))
ONE(int, __open64_2, -1, EMFILE, (const char *p, int f), T(const char *, int), (p, f))
ONE(int, __openat_2, -1, EMFILE, (int d, const char *p, int f),
	T(int, const char *, int), (d, p, f))
ONE(int, __openat64_2, -1, EMFILE, (int d, const char *p, int f),
	T(int, const char *, int), (d, p, f))
ONE(FILE *, fopen, NULL, EMFILE, (const char *p, const char *m),
	T(const char *, const char *), (p, m))
ONE(FILE *, fopen64, NULL, EMFILE, (const char *p, const char *m),
	T(const char *, const char *), (p, m))
ONE(void *, opendir, NULL, EMFILE, (const char *p), T(const char *), (p))
ONE(int, memfd_create, -1, EMFILE, (const char *n, unsigned int f),
	T(const char *, unsigned int), (n, f))
ONE(int, pipe2, -1, EMFILE, (int p[2], int f), T(int *, int), (p, f))
ONE(ssize_t, write, -1, ENOSPC, (int fd, const void *b, size_t n),
	T(int, const void *, size_t), (fd, b, n))
ONE(ssize_t, writev, -1, ENOSPC, (int fd, const struct iovec *v, int n),
	T(int, const struct iovec *, int), (fd, v, n))
ONE(ssize_t, pwrite, -1, ENOSPC, (int fd, const void *b, size_t n, off_t o),
	T(int, const void *, size_t, off_t), (fd, b, n, o))
ONE(ssize_t, pwrite64, -1, ENOSPC, (int fd, const void *b, size_t n, off_t o),
	T(int, const void *, size_t, off_t), (fd, b, n, o))
ONE(int, clone, -1, EAGAIN, (int (*f)(void *), void *s, int n, void *a, ...),
	T(int (*)(void *), void *, int, void *, ...), (f, s, n, a))
ONE(pid_t, fork, -1, EAGAIN, (void), T(void), ())
ONE(void *, mmap, MAP_FAILED, ENOMEM,
	(void *a, size_t n, int p, int f, int fd, off_t o),
	T(void *, size_t, int, int, int, off_t), (a, n, p, f, fd, o))
ONE(void *, mmap64, MAP_FAILED, ENOMEM,
	(void *a, size_t n, int p, int f, int fd, off_t o),
	T(void *, size_t, int, int, int, off_t), (a, n, p, f, fd, o))
/* clang-format on */

int fclose(FILE *f)
{
	int fd = fileno(f), flags = fd < 0 ? -1 : fcntl(fd, F_GETFL), ret;
	REAL(int, fclose, FILE *);

	ret = real(f);
	if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY ||
		!fails("fclose", ENOSPC))
		return ret;
	return EOF;
}

long ptrace(enum __ptrace_request request, ...)
{
	REAL(long, ptrace, enum __ptrace_request, ...);
	va_list ap;
	pid_t pid;
	void *addr, *data;

	va_start(ap, request);
	pid = va_arg(ap, pid_t);
	addr = va_arg(ap, void *);
	data = va_arg(ap, void *);
	va_end(ap);
	return fails("ptrace", EIO) ? -1 : real(request, pid, addr, data);
}
