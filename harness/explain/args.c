/* SPDX-License-Identifier: MIT */
/* args.c: the arguments of a system call, for people. */
#include "explain/args.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "sys/calls.h"
#include "sys/mem.h"
#include "explain/shapes.h"
#include "explain/sockaddr.h"
#include "sys/text.h"

#define STRING 40 /* bytes of a string that are shown */

static void put_flags(struct text *o, uint64_t value, const struct flag *flag,
	const char *none)
{
	const char *sep = "";

	for (; flag->name; flag++) {
		if ((value & flag->bit) != flag->bit)
			continue;
		text_put(o, "%s%s", sep, flag->name);
		value &= ~(uint64_t)flag->bit;
		sep = "|";
	}
	if (value)
		text_put(o, "%s0x%llx", sep, (unsigned long long)value);
	else if (!*sep)
		text_put(o, "%s", none);
}

static void put_value(struct text *o, uint64_t value, const struct flag *flag)
{
	while (flag->name && flag->bit != (unsigned)value)
		flag++;
	if (flag->name)
		text_put(o, "%s", flag->name);
	else
		text_put(o, "0x%x", (unsigned)value);
}

static void put_pointer(struct text *o, uint64_t value)
{
	if (value)
		text_put(o, "0x%llx", (unsigned long long)value);
	else
		text_put(o, "NULL");
}

/* SIZE bytes of memory, or up to a NUL when SIZE is -1. */
static void put_bytes(struct text *o, pid_t tid, uint64_t addr, uint64_t size)
{
	unsigned char buf[STRING + 1];
	bool string = size == (uint64_t)-1;
	ssize_t n = 0;
	size_t i;

	if (addr)
		n = mem_read(tid, addr, buf,
			size < sizeof(buf) ? size : sizeof(buf));
	if (n < 0 || !addr) {
		put_pointer(o, addr);
		return;
	}
	i = string ? strnlen((char *)buf, (size_t)n) : (size_t)n;
	text_put_quoted(o, buf, i < STRING ? i : STRING);
	text_put(o, "%s", i >= STRING ? "..." : "");
}

/* The access mode is no bit: 0 is O_RDONLY. */
static void put_open(struct text *o, uint64_t value)
{
	static const char *const modes[] = { "O_RDONLY", "O_WRONLY", "O_RDWR",
		"O_ACCMODE" };

	text_put(o, "%s", modes[value & O_ACCMODE]);
	value &= (unsigned)~O_ACCMODE;
	if (value) {
		text_put(o, "|");
		put_flags(o, value, explain_opens, "");
	}
}

void explain_futex_op(struct text *o, uint64_t value)
{
	unsigned op = value & 127;

	if (op < EXPLAIN_FUTEX_OPS && explain_futex_ops[op])
		text_put(o, "%s", explain_futex_ops[op]);
	else
		text_put(o, "%u", op);
	if (value & FUTEX_PRIVATE_FLAG)
		text_put(o, "_PRIVATE");
	if (value & FUTEX_CLOCK_REALTIME)
		text_put(o, "|FUTEX_CLOCK_REALTIME");
	if ((uint32_t)value >> 9)
		text_put(o, "|0x%x", (uint32_t)value & ~511u);
}

static void put_signal(struct text *o, uint64_t value)
{
	const char *name = value < 65 ? sigabbrev_np((int)value) : NULL;

	if (name)
		text_put(o, "SIG%s", name);
	else
		text_put(o, "%d", (int)value);
}

static void put_fd(struct text *o, uint64_t value, bool dir)
{
	if (dir && (int)value == AT_FDCWD)
		text_put(o, "AT_FDCWD");
	else
		text_put(o, "%d", (int)value);
}

static void put_arg(struct text *o, pid_t tid, char kind, const uint64_t *arg,
	uint64_t next)
{
	switch (kind) {
	case 'd':
	case 'D':
		put_fd(o, *arg, kind == 'D');
		return;
	case 'c':
		put_value(o, *arg, explain_fcntls);
		return;
	case 'I':
		put_value(o, *arg, explain_ioctls);
		return;
	case 'i':
		text_put(o, "%d", (int)*arg);
		return;
	case 'u':
		text_put(o, "%llu", (unsigned long long)*arg);
		return;
	case 'o':
		text_put(o, "0%o", (unsigned)*arg);
		return;
	case 'p':
		put_pointer(o, *arg);
		return;
	case 's':
		put_bytes(o, tid, *arg, (uint64_t)-1);
		return;
	case 'b':
		put_bytes(o, tid, *arg, next);
		return;
	case 'F':
		explain_futex_op(o, *arg);
		return;
	case 'S':
		put_signal(o, *arg);
		return;
	case 'P':
		put_flags(o, *arg, explain_prots, "PROT_NONE");
		return;
	case 'M':
		put_flags(o, *arg, explain_maps, "0");
		return;
	case 'O':
		put_open(o, *arg);
		return;
	case 'C':
		put_flags(o, *arg, explain_opens, "0");
		return;
	case 'a':
		explain_put_sockaddr(o, tid, *arg, next);
		return;
	}
	text_put(o, "0x%llx", (unsigned long long)*arg);
}

/* open's mode is for a file that is made. */
static bool is_unused(const char *kinds, int i, const uint64_t args[6])
{
	return i && kinds[i] == 'o' && kinds[i - 1] == 'O' &&
	       !(args[i - 1] & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)));
}

void explain_args(pid_t tid, uint32_t arch, const char *call,
	const uint64_t args[6], char *text, size_t size)
{
	const char *kinds = explain_shape(call);
	int n = calls_arity(arch, call);
	struct text o = text_in(text, size);

	/* i386 has other arguments where some are of 64 bits. */
	if (!kinds || (n >= 0 && (size_t)n != strlen(kinds)))
		kinds = "xxxxxx";
	text_put(&o, "%s(", call);
	for (int i = 0; kinds[i] && (n < 0 || i < n); i++) {
		if (is_unused(kinds, i, args))
			break;
		text_put(&o, "%s", i ? ", " : "");
		put_arg(&o, tid, kinds[i], &args[i], i < 5 ? args[i + 1] : 0);
	}
	text_put(&o, ")");
}
