/* SPDX-License-Identifier: MIT */
/*
 * target.c: what AFL++ runs: a broker that takes a program from its shared
 * memory, has it run in the filter, marks in its map what it showed, and ends
 * by abort(3) where a promise was broken. Without AFL++ it takes one program
 * from standard input.
 *
 * From the environment: QUARTET_PROFILE, a name or file (four); QUARTET_FOUND,
 * a folder for programs that break a promise; QUARTET_TALLY, a file for counts;
 * QUARTET_BLACKBOX, where a guest has its own (blackbox.h).
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "program/behaviour.h"
#include "oracle/check.h"
#include "session/blackbox.h"
#include "session/found.h"
#include "afl/map.h"
#include "session/program_file.h"
#include "session/tally.h"
#include "sys/failure.h"
#include "sys/proc.h"

__AFL_FUZZ_INIT();

#define PROGRAMS 1000000 /* in one life of the broker */

static void die(const char *what, int err)
{
	failure_say("fuzz: %s: %s", what, strerror(err));
	_exit(111);
}

static struct checker *open_checker(void)
{
	static struct filter bpf;
	const char *profile = getenv("QUARTET_PROFILE");
	struct checker *c;
	struct failure f;

	profile = profile ? profile : "four";
	if (program_file_profile(profile, &bpf, &f)) {
		failure_say("%s%s", f.alone ? "" : "fuzz: ", f.text);
		_exit(f.kind == FAILURE_USAGE ? 100 : 111);
	}
	c = checker_open(&bpf);
	if (!c)
		die(profile, errno);
	return c;
}

static struct blackbox *blackbox;

static void run(struct checker *c, struct tally *tally,
	const unsigned char *data, size_t size)
{
	struct behaviour found[BEHAVIOURS_OF_RUN];
	struct finding finding;
	struct program p;
	struct result r;
	int ret, n;

	if (blackbox)
		blackbox_begin(blackbox, data, size);
	program_decode(&p, data, size);
	ret = checker_run(c, &p, &r, &finding);
	if (ret < 0)
		die("executor", -ret);
	n = behaviour_of(&p, &r, found);
	map_mark(found, n);
	tally_add(tally, found, n);
	/* No more of what was found often enough. */
	if (ret == 1 &&
		found_save(getenv("QUARTET_FOUND"), &p, &finding) != -EEXIST)
		abort();
}

int main(void)
{
	static struct tally none;
	struct tally *tally;
	struct checker *c;
	unsigned char *data;
	pid_t parent;

	/* Who calls this is the fork server; who comes back is its child. */
	parent = getpid();
	__AFL_INIT();
	/* Whoever is killed, no stopped process stays. */
	proc_die_with(getpid() == parent ? getppid() : parent, SIGKILL);
	blackbox = blackbox_open(getenv("QUARTET_BLACKBOX"));
	if (blackbox)
		cover_into(map_edges(), blackbox->blocks);
	c = open_checker();
	tally = tally_open(getenv("QUARTET_TALLY"));
	tally = tally ? tally : &none;
	data = __AFL_FUZZ_TESTCASE_BUF;
	while (__AFL_LOOP(PROGRAMS))
		run(c, tally, data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
	checker_close(c);
	return 0;
}
