/* SPDX-License-Identifier: MIT */
/* away_blocks.c: what code of another kernel a campaign went through. */
#include "session/session.h"

#include <stdio.h>

static bool is_marked(const struct blackbox *b, uint64_t at)
{
	return b->blocks[at / 8] >> at % 8 & 1;
}

void fuzz_write_blocks(struct fuzz_run *r)
{
	const struct blackbox *b = r->blackbox;
	char path[PATH_MAX];
	FILE *to;

	r->blocks = 0;
	for (uint64_t at = 0; b && at < COVER_BLOCKS; at++)
		r->blocks += is_marked(b, at);
	fuzz_path(path, "%s/blocks", r->out);
	to = r->blocks ? fopen(path, "we") : NULL;
	if (!to)
		return;
	for (uint64_t at = 0; at < COVER_BLOCKS; at++)
		if (is_marked(b, at))
			fprintf(to, "%llx\n",
				(unsigned long long)(COVER_TEXT + at));
	fclose(to);
}
