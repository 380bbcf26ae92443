/* SPDX-License-Identifier: MIT */
/*
 * futex/key-bits.c: words whose addresses, or whose places in a file, differ
 * in one bit are different words, whichever bit that is.
 */
#include "sleeper.h"

enum { FIRST = 2, PRIVATE = 37, FILE_BITS = 24, KINDS = 2, MOST = PRIVATE };

#define BASE 0x4000000000ull

static volatile int *places[KINDS][MOST];
static struct sleeper s[KINDS][MOST];
static int nbits[KINDS] = { PRIVATE, FILE_BITS };

/* The page of a file in which PLACE lies. */
static long map_page(long fd, uint64_t place)
{
	return sys_mmap(
		4096, 3, 1 /* MAP_SHARED */, (int)fd, (long)(place & ~4095ull));
}

/* Each page alone, where a word of it has its address. What a kernel has no
 * room for is left out. */
static int place_private(void)
{
	for (int bit = 0; bit < PRIVATE; bit++) {
		uint64_t place = BASE | (bit ? 1ull << bit : 0);
		long page = (long)(place & ~4095ull);
		long at = sys(__NR_mmap, page, 4096, 3, 0x22, -1, 0);

		if (sys_failed(at))
			return ENOMEM;
		if (at == page)
			places[0][bit] = (int *)(long)place;
	}
	for (int bit = 1; bit < 12 && places[0][0]; bit++)
		places[0][bit] = (int *)(long)(BASE | 1ull << bit);
	return 0;
}

static int place_file(void)
{
	long fd = sys(__NR_memfd_create, "", 0);

	if (sys_failed(fd) || sys(__NR_ftruncate, fd, 1l << FILE_BITS))
		return EIO;
	for (int bit = 0; bit < FILE_BITS; bit++) {
		uint64_t place = bit ? 1ull << bit : 0;
		long at = map_page(fd, place);

		if (sys_failed(at))
			return ENOMEM;
		places[1][bit] = (int *)(at + (long)(place & 4095));
	}
	return 0;
}

static int op(int kind, int private)
{
	return kind ? private & ~FUTEX_PRIVATE_FLAG : private;
}

static int setup(void)
{
	int err = place_private();

	if (!err)
		err = place_file();
	for (int kind = 0; kind < KINDS && !err; kind++)
		for (int bit = 0; bit < nbits[kind] && !err; bit++) {
			if (!places[kind][bit] || (bit && bit < FIRST))
				continue;
			s[kind][bit].word = places[kind][bit];
			s[kind][bit].op = op(kind, FUTEX_WAIT_PRIVATE);
			err = sleeper_start(&s[kind][bit]);
		}
	return err;
}

static int run(void)
{
	for (int kind = 0; kind < KINDS; kind++)
		for (int bit = 0; bit < nbits[kind]; bit++) {
			if (!places[kind][bit] || (bit && bit < FIRST))
				continue;
			CHECK_AT(bit, sys_futex(places[kind][bit],
					      op(kind, FUTEX_WAKE_PRIVATE), 99,
					      NULL, NULL, 0) == 1);
			CHECK_AT(bit, !sleeper_result(&s[kind][bit]));
		}
	return 0;
}

PROBE_RAW = {
	.about = "sleep at words whose addresses, and places in a file, differ "
		 "in one bit, and wake each",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, get_futex_key" },
};
