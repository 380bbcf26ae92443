/* SPDX-License-Identifier: MIT */
/* plain_target.c: the plain way, as AFL++ runs it: a process for each program.
 * QUARTET_PROFILE names the filter. */
#include <stdlib.h>
#include <unistd.h>

#include "afl/map.h"
#include "bench/plain.h"
#include "session/program_file.h"

__AFL_FUZZ_INIT();

int main(void)
{
	static struct filter bpf;
	static struct memory_map memory;
	static struct program p;
	struct failure f;
	/* AFL++ does not begin without any. */
	const struct behaviour one = { 0 };
	unsigned char *data;

	if (program_file_profile(getenv("QUARTET_PROFILE"), &bpf, &f)) {
		fprintf(stderr, "quartet: bench: %s\n", f.text);
		return 111;
	}
	if (memory_make(&memory))
		return 111;
	__AFL_INIT();
	data = __AFL_FUZZ_TESTCASE_BUF;
	program_decode(&p, data, (size_t)__AFL_FUZZ_TESTCASE_LEN);
	map_mark(&one, 1);
	plain_run(&p, &memory, &bpf);
}
