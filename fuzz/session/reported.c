/* SPDX-License-Identifier: MIT */
/* reported.c: reports in the kernel's log, as findings of a campaign. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/session.h"
#include "sys/hash.h"
#include "sys/kernel_log.h"
#include "sys/kernel_report.h"

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

/* Without the numbers that stand by themselves: of a processor, a process. */
static uint32_t hash_of(const char *line)
{
	uint32_t hash = HASH32;

	for (const char *p = line; *p; p++) {
		hash = hash32(hash, p, 1);
		if (strchr(" #/", *p))
			p += strspn(p + 1, "0123456789");
	}
	return hash;
}

static void lay_down(struct fuzz_run *r, const char *line)
{
	char dir[PATH_MAX], path[PATH_MAX];
	struct blackbox *b = blackbox_open(getenv("QUARTET_BLACKBOX"));
	FILE *to;

	fuzz_path(dir, "%s/findings/kernel-%08x", r->out, hash_of(line));
	if (!mkdir(dir, 0777)) {
		fuzz_path(path, "%s/report.txt", dir);
		to = fopen(path, "we");
		if (to) {
			fprintf(to, "kernel: %s\n", line);
			fclose(to);
		}
		if (b)
			blackbox_write_last(b, dir);
	}
	if (b)
		blackbox_close(b);
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
		struct kernel_reports *said = &r->said;

		said->mine = alone ? NULL : is_ours;
		kernel_reports_feed(said, line);
		if (!said->found[0])
			continue;
		lay_down(r, said->found);
		memset(said, 0, sizeof(*said));
	}
}
