/* SPDX-License-Identifier: MIT */
/*
 * asleep.c: the call stack of a thread that nobody may stop.
 *
 * /proc/TID/syscall tells the stack and instruction pointers of a sleeper, and
 * no other register: the frame pointer is guessed, from the first place on the
 * stack that looks as if one had been saved there.
 */
#include <string.h>

#include "stack/stack.h"
#include "stack/walk.h"
#include "sys/maps.h"
#include "sys/mem.h"
#include "sys/text.h"

#define SPAN	16384 /* bytes of stack that are searched for a frame pointer */
#define GUESSES 8

static bool is_code(pid_t tid, uint64_t addr)
{
	struct map map;

	return maps_find(tid, addr, &map) > 0 && map.perms[2] == 'x';
}

/* The next place from word I on that looks as if a frame pointer were saved
 * there, and a return address behind it; or -1. */
static int next_guess(
	pid_t tid, const uint64_t *words, int n, uint64_t sp, int i)
{
	for (; i + 1 < n; i++) {
		uint64_t at = sp + (uint64_t)i * 8;

		if (words[i] > at && words[i] - at < 1 << 20 &&
			words[i] % 8 == 0 && is_code(tid, words[i + 1]))
			return i;
	}
	return -1;
}

static bool is_whole(const struct frame *frames, int n)
{
	return n > 0 &&
	       text_matches("_start _start_c start __clone clone __clone3 "
			    "clone3 start_thread",
		       frames[n - 1].function);
}

/* Guesses are tried until one leads to where stacks begin. */
int stack_asleep(struct stack_cache *stacks, pid_t pid, pid_t tid, uint64_t ip,
	uint64_t sp, struct frame *frames, int max)
{
	static uint64_t words[SPAN / 8];
	static struct frame tried[STACK_FRAMES];
	uint64_t fp = 0;
	int n, found = 0, guess = -1;

	if (!sp)
		return 0;
	max = max < STACK_FRAMES ? max : STACK_FRAMES;
	n = (int)(mem_read(tid, sp, words, SPAN) / 8);
	for (int i = 0; i < GUESSES; i++) {
		struct regs regs = regs_of_sleeper(ip, sp, fp);
		int k = stack_walk_native(stacks, tid, &regs, tried, max);
		bool whole = is_whole(tried, k);

		if (k > found || whole) {
			memcpy(frames, tried, (size_t)k * sizeof(*frames));
			found = k;
		}
		if (whole)
			break;
		guess = next_guess(tid, words, n, sp, guess + 1);
		if (guess < 0)
			break;
		fp = sp + (uint64_t)guess * 8;
	}
	(void)pid;
	return stack_add_scripts(stacks, tid, 0, frames, found, max);
}
