/* SPDX-License-Identifier: MIT */
/* guest_programs.c: runs futex programs that come on a line. */
#include "suite/guest_programs.h"

#include <errno.h>

#include "oracle/runs.h"
#include "sys/has.h"
#include "sys/text.h"

int guest_has(struct link *line)
{
	char names[2048];
	struct text t = text_in(names, sizeof(names));

	for (int i = 0; has_name(i); i++)
		if (has_feature(has_name(i)))
			text_put(&t, "%s ", has_name(i));
	return link_send(line, LINK_HAS, 0, 0, names, t.n);
}

int guest_program(struct link *line, const struct filter *bpf,
	const struct link_head *head, const char *data)
{
	static struct runner *runner;
	static struct runs runs;
	struct program p;
	int ret;

	if (!runner)
		runner = runner_open(bpf);
	if (!runner)
		return -errno;
	program_decode(&p, data, head->size);
	ret = runner_run(runner, &p, (int)head->a, head->b, &runs);
	return ret ? ret
		   : link_send(line, LINK_SEEN, 0, 0, &runs, runs_size(&runs));
}
