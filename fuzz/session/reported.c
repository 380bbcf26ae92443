/* SPDX-License-Identifier: MIT */
/* reported.c: reports in the kernel's log, as findings of a campaign. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/session.h"
#include "sys/hash.h"
#include "sys/kernel_log.h"
#include "sys/kernel_report.h"
#include "sys/tree.h"

#define ANCESTORS 8 /* from a thread of an executor up to us */

static pid_t parent_of(pid_t pid)
{
	char path[64], line[256];
	pid_t parent = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "PPid: %d", &parent) == 1)
			break;
	if (f)
		fclose(f);
	return parent;
}

static bool is_ours(pid_t pid, const void *with)
{
	(void)with;
	for (int i = 0; i < ANCESTORS && pid > 1; i++) {
		if (pid == getpid())
			return true;
		pid = parent_of(pid);
	}
	return false;
}

/* Without the numbers that stand by themselves: of a processor, a process; nor
 * what was added to the first line, which may have come too late. */
static uint32_t hash_of(const char *line)
{
	const char *end = strstr(line, ", in "),
		   *part = strstr(line, "; lockdep ");
	uint32_t hash = HASH32;

	end = end ? end : part ? part : line + strlen(line);
	for (const char *p = line; p < end; p++) {
		hash = hash32(hash, p, 1);
		if (strchr(" #/", *p))
			p += strspn(p + 1, "0123456789");
	}
	return hash;
}

bool fuzz_report(
	const struct fuzz_run *r, const char *line, const struct blackbox *b)
{
	char dir[PATH_MAX], part[PATH_MAX], path[PATH_MAX];
	FILE *to;

	fuzz_path(dir, "%s/findings/kernel-%08x", r->out, hash_of(line));
	if (!access(dir, F_OK))
		return false;
	fuzz_path(part, "%s/findings/.kernel", r->out);
	tree_remove(AT_FDCWD, part);
	mkdir(part, 0777);
	fuzz_path(path, "%s/report.txt", part);
	to = fopen(path, "we");
	if (to) {
		fprintf(to, "kernel: %s\n", line);
		fclose(to);
	}
	if (b)
		blackbox_write_last(b, part);
	/* Whole, or not there: a guest may be ended meanwhile. */
	return !rename(part, dir);
}

static void take_found(struct fuzz_run *r)
{
	struct blackbox *b;

	if (!r->said.found[0])
		return;
	b = blackbox_open(getenv("QUARTET_BLACKBOX"));
	fuzz_report(r, r->said.found, b);
	blackbox_close(b);
	memset(&r->said, 0, sizeof(r->said));
}

void fuzz_listen(struct fuzz_run *r)
{
	r->log = kernel_log_open(false);
}

void fuzz_hear(struct fuzz_run *r)
{
	/* In a guest nothing else runs. */
	bool alone = getenv("QUARTET_BLACKBOX");
	char line[1024];

	while (r->log >= 0 && kernel_log_line(r->log, line, sizeof(line))) {
		r->said.mine = alone ? NULL : is_ours;
		kernel_reports_feed(&r->said, line);
		take_found(r);
	}
	kernel_reports_end(&r->said);
	take_found(r);
}
