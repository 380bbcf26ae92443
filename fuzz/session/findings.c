/* SPDX-License-Identifier: MIT */
/* findings.c: from a program that broke a promise to a finding. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program/facts.h"
#include "session/session.h"
#include "session/program_file.h"
#include "program/words.h"
#include "session/replay.h"
#include "session/shrink.h"
#include "sys/hash.h"
#include "sys/proc.h"
#include "sys/text.h"
#include "sys/tree.h"

#define RUNS 400 /* of one that has to break its promise again */

/* A found program, and what becomes of it. */
struct look {
	const struct fuzz_run *r;
	const char *found; /* the file's path */
	struct filter bpf;
	struct program p, small;
	struct finding finding;
	bool again; /* it broke it again */
	bool slow;  /* and had to be killed for it */
};

/* The first line of a found program: "# breaks ORACLE: TEXT". */
static void read_claim(const char *path, char *line, int size)
{
	FILE *f = fopen(path, "re");

	*line = 0;
	if (f && fgets(line, size, f))
		line[strcspn(line, "\n")] = 0;
	if (f)
		fclose(f);
	if (!strncmp(line, "# breaks ", 9))
		memmove(line, line + 9, strlen(line + 9) + 1);
}

static void shrink_it(struct look *l, struct checker *c)
{
	struct finding f = { 0 };
	struct result result = { 0 };
	char oracle[300];

	read_claim(l->found, oracle, sizeof(oracle));
	oracle[strcspn(oracle, ":")] = 0;
	l->small = l->p;
	for (int i = 0; i < RUNS && !l->again; i++)
		l->again = checker_run(c, &l->p, &result, &f) == 1 &&
			   !strcmp(f.oracle, oracle);
	if (!l->again)
		return;
	l->finding = f;
	l->slow = result.stuck;
	shrink_program(c, &l->small, f.oracle);
	for (int i = 0; i < RUNS; i++)
		if (checker_run(c, &l->small, &result, &f) == 1 &&
			!strcmp(f.oracle, oracle)) {
			l->finding = f;
			break;
		}
}

/* The kernel's own call was refused, whatever the program is: one cause, one
 * finding. */
static bool is_restart(const struct look *l, const char *claim)
{
	return strstr(claim, "restart_syscall(2)") &&
	       (!l->again || facts_stops(&l->small));
}

void fuzz_name_shape(const struct program *p, struct text *t)
{
	uint32_t hash = HASH32;
	unsigned had = 0;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];
		int op = behaviour_op(s);
		unsigned char what[] = { s->thread, s->kind, (uint8_t)op };

		hash = hash32(hash, what, sizeof(what));
		if (op >= OP_NAMES || had & 1u << op)
			continue;
		had |= 1u << op;
		text_put(t, "-%s", op_names[op]);
	}
	text_put(t, "-%04x", (hash ^ hash >> 16) & 0xffff);
}

/* Programs of one shape are one finding. */
static void name_it(const struct look *l, char *name, size_t size)
{
	struct text t = text_in(name, size);
	char claim[300];
	bool restart;

	read_claim(l->found, claim, sizeof(claim));
	restart = is_restart(l, claim);
	claim[strcspn(claim, ":")] = 0;
	text_put(&t, "%.40s%s", claim, l->again ? "" : "-once");
	if (restart)
		text_put(&t, "-restart_syscall");
	else
		fuzz_name_shape(&l->small, &t);
}

/* NULL: it cannot be made, which is said. */
static FILE *create(const struct look *l, const char *dir, const char *name)
{
	struct failure failure;
	char path[PATH_MAX];
	FILE *to;

	fuzz_path(path, "%s/%s", dir, name);
	to = fopen(path, "we");
	if (to)
		return to;
	failure_set(&failure, FAILURE_SYSTEM, "%s: %s", path, strerror(errno));
	l->r->say(&failure);
	return NULL;
}

static void write_program(const struct look *l, const char *dir,
	const char *name, const struct program *p)
{
	FILE *to = create(l, dir, name);

	if (!to)
		return;
	program_print(p, to);
	fclose(to);
}

/* What the smallest program does in so many runs; NULL: it could not be run,
 * which is said. */
static const struct replay *replay_small(const struct look *l, int times)
{
	static struct replay replay;
	struct failure failure;

	replay = (struct replay){ .p = l->small, .times = times };
	if (!replay_run(&replay, &l->bpf, &failure))
		return &replay;
	l->r->say(&failure);
	return NULL;
}

static void write_report(const struct look *l, const char *dir)
{
	FILE *to = create(l, dir, "report.txt");
	const struct replay *replay;
	char claim[300];

	if (!to)
		return;
	read_claim(l->found, claim, sizeof(claim));
	if (l->again)
		fprintf(to,
			"%s: %s\n\nHow often, and what each step returned:\n",
			l->finding.oracle, l->finding.text);
	else
		fprintf(to, "%s\n\nIt came once, and not again in %d runs:\n",
			claim, RUNS);
	replay = replay_small(l, l->slow ? 5 : 1000);
	if (replay)
		replay_tell(replay, to);
	fclose(to);
}

static void lay_down(const struct look *l, const char *dir)
{
	const struct replay *replay;
	FILE *to;

	write_program(l, dir, "program.futex", &l->p);
	write_program(l, dir, "minimized.futex", &l->small);
	replay = replay_small(l, REPLAY_TIMES);
	to = replay ? create(l, dir, "finding.c") : NULL;
	if (to) {
		replay_emit(replay, &l->bpf, l->r->profile, emit_c, to);
		fclose(to);
	}
	write_report(l, dir);
}

static int look_into(
	const struct fuzz_run *r, const char *found, struct failure *f)
{
	static struct look l;
	char name[200], dir[PATH_MAX], part[PATH_MAX];
	struct checker *c;

	l.r = r;
	l.found = found;
	if (program_file_load(found, &l.p, f) ||
		program_file_profile(r->profile, &l.bpf, f))
		return -1;
	c = checker_open(&l.bpf);
	if (!c)
		return failure_set(f, FAILURE_SYSTEM,
			"cannot start an executor: %s", strerror(errno));
	shrink_it(&l, c);
	checker_close(c);
	name_it(&l, name, sizeof(name));
	fuzz_path(dir, "%s/findings/%s", r->out, name);
	if (!access(dir, F_OK))
		return 0;
	fuzz_path(part, "%s/findings/.part", r->out);
	/* What was cut short may be of another. */
	tree_remove(AT_FDCWD, part);
	mkdir(part, 0777);
	lay_down(&l, part);
	if (!rename(part, dir))
		return 0;
	return failure_set(f, FAILURE_SYSTEM, "%s: %s", dir, strerror(errno));
}

/* In a child. */
__attribute__((noreturn)) static void look_and_exit(
	const struct fuzz_run *r, const char *found, pid_t parent)
{
	struct failure failure;
	int ret;

	setpgid(0, 0);
	proc_die_with(parent, SIGKILL);
	ret = look_into(r, found, &failure);
	if (ret)
		r->say(&failure);
	_exit(ret ? EXIT_FAILURE : 0);
}

/* A found program that nobody has looked into; it is renamed when that is
 * done. */
static bool is_waiting(const char *name)
{
	const char *dot = strrchr(name, '.');

	return name[0] != '.' && dot && !strcmp(dot, ".futex");
}

static bool next_found(const struct fuzz_run *r, char *path)
{
	char dir[PATH_MAX];
	struct dirent *entry;
	bool any = false;
	DIR *d;

	fuzz_path(dir, "%s/found", r->out);
	d = opendir(dir);
	while (d && !any && (entry = readdir(d))) {
		any = is_waiting(entry->d_name);
		fuzz_path(path, "%s/%s", dir, entry->d_name);
	}
	if (d)
		closedir(d);
	return any;
}

/* The name stays taken, so that the targets leave no more of the kind. */
static void set_done(const char *path)
{
	char done[PATH_MAX];

	fuzz_path(done, "%s.done", path);
	rename(path, done);
}

/* True when the child that looks into PATH has ended, by itself or for it is
 * UNTIL: then it is as if it had not begun. */
static bool has_looked(
	struct fuzz_run *r, const char *path, bool wait, time_t until)
{
	int status;

	while (waitpid(r->looking, &status, WNOHANG) != r->looking) {
		if (!wait)
			return false;
		if (time(NULL) < until) {
			usleep(20000);
			continue;
		}
		kill(-r->looking, SIGKILL);
		kill(r->looking, SIGKILL);
		waitpid(r->looking, &status, 0);
		r->looking = 0;
		return true;
	}
	r->looking = 0;
	set_done(path);
	return true;
}

void fuzz_look(struct fuzz_run *r, long wait_s)
{
	static char path[PATH_MAX];
	time_t until = time(NULL) + wait_s;
	pid_t parent;

	do {
		if (r->looking > 0 && !has_looked(r, path, wait_s > 0, until))
			return;
		if (!next_found(r, path) || (wait_s && time(NULL) >= until))
			return;
		fflush(NULL);
		parent = getpid();
		r->looking = fork();
		if (r->looking == 0)
			look_and_exit(r, path, parent);
	} while (wait_s);
}

int fuzz_waiting(const struct fuzz_run *r,
	void (*each)(FILE *to, const char *name, const char *text), FILE *to)
{
	char path[PATH_MAX], line[300];
	struct dirent *entry;
	int n = 0;
	DIR *d;

	fuzz_path(path, "%s/found", r->out);
	d = opendir(path);
	while (d && (entry = readdir(d))) {
		if (!is_waiting(entry->d_name))
			continue;
		n++;
		fuzz_path(path, "%s/found/%s", r->out, entry->d_name);
		read_claim(path, line, sizeof(line));
		if (each)
			each(to, entry->d_name, line);
	}
	if (d)
		closedir(d);
	return n;
}

int fuzz_findings(const struct fuzz_run *r,
	void (*each)(FILE *to, const char *name, const char *text), FILE *to)
{
	char path[PATH_MAX], line[300];
	struct dirent *entry;
	int n = 0;
	DIR *d;

	fuzz_path(path, "%s/findings", r->out);
	d = opendir(path);
	while (d && (entry = readdir(d))) {
		if (entry->d_name[0] == '.')
			continue;
		n++;
		if (!each)
			continue;
		fuzz_path(path, "%s/findings/%s/report.txt", r->out,
			entry->d_name);
		read_claim(path, line, sizeof(line));
		each(to, entry->d_name, line);
	}
	if (d)
		closedir(d);
	return n;
}
