/* SPDX-License-Identifier: MIT */
/* i386.c: calls that i386 alone has, and what they stand beside there. What
 * they point to is in the page s->low. */
#include <errno.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "doers.h"

static void *low(const struct stage *s, const void *what, size_t n)
{
	return memcpy(s->low, what, n);
}
#define LOW_OF(...)                                                            \
	low(s, (uint32_t[]){ __VA_ARGS__ }, sizeof((uint32_t[]){ __VA_ARGS__ }))

DO(path_chown)
{
	return LOW(nr, low(s, "file", 5), 1, 1);
}
DO(do_fchown)
{
	return LOW(nr, s->file, 1, 1);
}
DO(do_fchownat)
{
	return LOW(nr, s->folder, low(s, "file", 5), 1, 1, 0);
}
static long is_one(long ret, long who)
{
	return ret || RAW(who) == 1 ? ret : -1000;
}
DO(set_user)
{
	return is_one(LOW(nr, 1, 1, 1), __NR_getuid);
}
DO(set_group)
{
	return is_one(LOW(nr, 1, 1, 1), __NR_getgid);
}
DO(do_socket)
{
	return LOW(nr, AF_INET, SOCK_STREAM, 0);
}
DO(do_socketcall)
{
	return LOW(nr, 1, LOW_OF(AF_INET, SOCK_STREAM, 0));
}
static void put_address(const struct stage *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = (in_port_t)s->port,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	memcpy(s->low + 64, &a, sizeof(a));
}
DO(do_connect)
{
	put_address(s);
	return LOW(nr, RAW(__NR_socket, AF_INET, SOCK_STREAM, 0), s->low + 64,
		sizeof(struct sockaddr_in));
}
DO(do_socketcall_connects)
{
	uint32_t fd = (uint32_t)RAW(__NR_socket, AF_INET, SOCK_STREAM, 0);

	put_address(s);
	return LOW(nr, 3,
		LOW_OF(fd, (uint32_t)(uintptr_t)s->low + 64,
			sizeof(struct sockaddr_in)));
}

/* An end that has passed, as two words or, with 64 bits each, as four. */
#define PAST   LOW_OF(0, 1000)
#define PAST64 LOW_OF(0, 0, 1000, 0)
#define WORD   (s->low + 256) /* it is 0 */
static long timed_out(long ret)
{
	return ret == -ETIMEDOUT ? 0 : ret;
}
DO(do_futex)
{
	return timed_out(LOW(nr, WORD, FUTEX_WAIT, 0, PAST, 0));
}
DO(do_futex_time64)
{
	return timed_out(LOW(nr, WORD, FUTEX_WAIT, 0, PAST64, 0));
}
DO(do_futex_waitv)
{
	struct futex_waitv w = { .uaddr = (uintptr_t)WORD, .flags = FUTEX_32 };

	memcpy(s->low + 64, &w, sizeof(w));
	return timed_out(LOW(nr, s->low + 64, 1, 0, PAST64, CLOCK_MONOTONIC));
}
DO(do_futex_wait)
{
	return timed_out(LOW(nr, WORD, 0, ~0u, FUTEX_32, PAST64));
}

/* The seconds of the first clock, which are many. */
static long told(const struct stage *s, long ret)
{
	uint32_t seconds;

	memcpy(&seconds, s->low, sizeof(seconds));
	return ret || seconds > 1000000000 ? ret : -1000;
}
DO(reads_clock)
{
	return told(s, LOW(nr, 0, LOW_OF(0, 0, 0, 0)));
}
DO(do_clock_nanosleep)
{
	return LOW(nr, 0, 0, PAST, 0);
}
DO(do_clock_nanosleep_time64)
{
	return LOW(nr, 0, 0, PAST64, 0);
}
DO(do_poll)
{
	return LOW(nr, 0, 0, 0);
}
DO(do_ppoll)
{
	return LOW(nr, 0, 0, PAST, 0, 8);
}
DO(do_ppoll_time64)
{
	return LOW(nr, 0, 0, PAST64, 0, 8);
}
DO(do_pselect6)
{
	return LOW(nr, 0, 0, 0, 0, PAST);
}
DO(do_pselect6_time64)
{
	return LOW(nr, 0, 0, 0, 0, PAST64);
}
DO(sets_clock)
{
	return reached(LOW(nr, 0, LOW_OF(~0u, ~0u, ~0u, ~0u)));
}
DO(do_settimeofday)
{
	return reached(LOW(nr, LOW_OF(~0u, ~0u), 0));
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
#define AS(name, how)                                                          \
	{                                                                      \
		.call = #name, .act = how                                      \
	}
const struct doer doers_i386[] = { AS(chown, path_chown),
	AS(lchown, path_chown), AS(chown32, path_chown),
	AS(lchown32, path_chown), D(fchown), AS(fchown32, do_fchown),
	D(fchownat), AS(setuid, set_user), AS(setreuid, set_user),
	AS(setresuid, set_user), AS(setuid32, set_user),
	AS(setreuid32, set_user), AS(setresuid32, set_user),
	AS(setgid, set_group), AS(setregid, set_group),
	AS(setresgid, set_group), AS(setgid32, set_group),
	AS(setregid32, set_group), AS(setresgid32, set_group), D(socket),
	{ "connects", "socketcall", do_socketcall_connects }, D(socketcall),
	D(connect), D(futex), D(futex_time64), D(futex_waitv), D(futex_wait),
	AS(clock_gettime, reads_clock), AS(clock_gettime64, reads_clock),
	D(clock_nanosleep), D(clock_nanosleep_time64), D(poll), D(ppoll),
	D(ppoll_time64), D(pselect6), D(pselect6_time64),
	AS(clock_settime, sets_clock), AS(clock_settime64, sets_clock),
	D(settimeofday), { 0 } };
