/* SPDX-License-Identifier: MIT */
/* jobs.c: AFL++'s processes, and what they need around them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/session.h"
#include "session/program_file.h"
#include "sys/proc.h"
#include "sys/processor.h"

static int fail(struct failure *f, const char *what, int err)
{
	return failure_set(f, FAILURE_SYSTEM, "%s: %s", what, strerror(err));
}

void fuzz_path(char *path, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(path, PATH_MAX, format, ap);
	va_end(ap);
}

void fuzz_job_name(int job, char name[16])
{
	if (job == 0)
		strcpy(name, "main");
	else
		snprintf(name, 16, "job%d", job);
}

static int make_folder(const char *out, const char *name, struct failure *f)
{
	char path[PATH_MAX];

	fuzz_path(path, "%s/%s", out, name);
	return mkdir(path, 0777) && errno != EEXIST ? fail(f, path, errno) : 0;
}

/* In the binary form, which is AFL++'s. */
static int write_seed(const char *from, const char *to, struct failure *f)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	struct program p;
	size_t size;
	FILE *seed;

	if (program_file_load(from, &p, f))
		return -1;
	size = program_encode(&p, data);
	seed = fopen(to, "we");
	if (!seed)
		return fail(f, to, errno);
	fwrite(data, 1, size, seed);
	return fclose(seed) ? fail(f, to, errno) : 0;
}

static int add_corpus(const struct fuzz_run *r, const char *dir, int number,
	struct failure *f)
{
	char from[PATH_MAX], to[PATH_MAX];
	DIR *d = opendir(dir);
	struct dirent *entry;
	struct stat st;
	int ret = 0;

	if (!d)
		return fail(f, dir, errno);
	while (!ret && (entry = readdir(d))) {
		fuzz_path(from, "%s/%s", dir, entry->d_name);
		fuzz_path(to, "%s/seeds/%d-%s", r->out, number, entry->d_name);
		if (entry->d_name[0] == '.' || stat(from, &st) ||
			!S_ISREG(st.st_mode))
			continue;
		ret = write_seed(from, to, f);
	}
	closedir(d);
	return ret;
}

int fuzz_prepare(const struct fuzz_run *r, struct failure *f)
{
	static const char *const folders[] = { "", "afl", "seeds", "found",
		"findings" };
	char path[PATH_MAX];
	int ret = 0;

	for (size_t i = 0; !ret && i < sizeof(folders) / sizeof(*folders); i++)
		ret = make_folder(r->out, folders[i], f);
	fuzz_path(path, "%s/afl/seeds", r->tools);
	ret = ret ? ret : add_corpus(r, path, 0, f);
	for (int i = 0; !ret && i < r->ncorpora; i++)
		ret = add_corpus(r, r->corpora[i], i + 1, f);
	return ret;
}

static void set_path(const char *name, const char *dir, const char *file)
{
	char path[PATH_MAX];

	fuzz_path(path, "%s/%s", dir, file);
	setenv(name, path, 1);
}

static void set_environment(const struct fuzz_run *r, const char *job)
{
	/* What AFL++ would refuse to start for, or is no matter here: its
	 * docs/env_variables.md. */
	static const char *const set[] = { "AFL_SKIP_CPUFREQ",
		"AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES", "AFL_NO_AFFINITY",
		"AFL_NO_UI", "AFL_AUTORESUME", "AFL_FAST_CAL",
		"AFL_IGNORE_UNKNOWN_ENVS", "AFL_NO_CRASH_README",
		"AFL_IMPORT_FIRST", "AFL_SYNC_TIME" /* a minute */ };
	char tally[64];
	int number = 0;

	/* AFL++'s own mutators find less in the same time: one in four has
	 * them, for what ours would never do. results/fuzz.md */
	sscanf(job, "job%d", &number);
	if (number % 4 != 3)
		setenv("AFL_CUSTOM_MUTATOR_ONLY", "1", 1);
	for (size_t i = 0; i < sizeof(set) / sizeof(*set); i++)
		setenv(set[i], "1", 1);
	/* To make an entry of the queue shorter, AFL++ removes its file before
	 * it writes it anew: a guest that ends between the two has lost it. */
	if (getenv("QUARTET_BLACKBOX"))
		setenv("AFL_DISABLE_TRIM", "1", 1);
	set_path("AFL_CUSTOM_MUTATOR_LIBRARY", r->tools, "afl/mutator.so");
	set_path("QUARTET_FOUND", r->out, "found");
	snprintf(tally, sizeof(tally), "tally-%s", job);
	set_path("QUARTET_TALLY", r->out, tally);
	setenv("QUARTET_PROFILE", r->profile, 1);
}

__attribute__((noreturn)) static void become_afl(
	const struct fuzz_run *r, int job, pid_t parent)
{
	char name[16], path[5][PATH_MAX], size[16];
	const char *argv[32 + 2 * FUZZ_FOREIGN];
	int n = 0, log;

	fuzz_job_name(job, name);
	fuzz_path(path[0], "%s/seeds", r->out);
	fuzz_path(path[1], "%s/afl", r->out);
	fuzz_path(path[2], "%s/afl/futex.dict", r->tools);
	fuzz_path(path[3], "%s/quartet-target", r->tools);
	snprintf(size, sizeof(size), "%d", PROGRAM_BINARY_MAX);
	/* The executor's own patience ends long before AFL++'s. */
	const char *const fixed[] = { "afl-fuzz", "-i", path[0], "-o", path[1],
		"-t", "60000", "-G", size, "-x", path[2], job ? "-S" : "-M",
		name };

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		argv[n++] = fixed[i];
	for (int i = 0; job == 0 && i < r->nforeign; i++) {
		argv[n++] = "-F";
		argv[n++] = r->foreign[i];
	}
	argv[n++] = "--";
	argv[n++] = path[3];
	argv[n] = NULL;
	set_environment(r, name);
	/* A fuzzer, its target and the target's threads go one after the other:
	 * on one processor they need not wake another. */
	processor_take(job);
	/* A signal from the keyboard is quartet's to pass on. */
	setpgid(0, 0);
	proc_die_with(parent, SIGINT);
	fuzz_path(path[4], "%s/%s.log", r->out, name);
	log = open(path[4], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
	dup2(log, 1);
	dup2(log, 2);
	execvp("afl-fuzz", (char **)argv);
	_exit(127);
}

int fuzz_open_tally(struct fuzz_run *r, int i, struct failure *f)
{
	char name[16], path[PATH_MAX];

	fuzz_job_name(i, name);
	fuzz_path(path, "%s/tally-%s", r->out, name);
	r->tally[i] = tally_open(path);
	return r->tally[i] ? 0 : fail(f, path, errno);
}

int fuzz_start(struct fuzz_run *r, struct failure *f)
{
	pid_t parent;

	for (int i = 0; i < r->jobs; i++) {
		if (fuzz_open_tally(r, i, f))
			return -1;
		parent = getpid();
		r->job[i] = fork();
		if (r->job[i] < 0)
			return fail(f, "fork", errno);
		if (r->job[i] == 0)
			become_afl(r, i, parent);
	}
	r->began = time(NULL);
	return 0;
}

void fuzz_show_log(const struct fuzz_run *r, int job, FILE *to)
{
	char path[PATH_MAX], text[1200], name[16];
	FILE *f;
	size_t n;

	fuzz_job_name(job, name);
	fuzz_path(path, "%s/%s.log", r->out, name);
	f = fopen(path, "re");
	if (!f)
		return;
	fseek(f, 0, SEEK_END);
	fseek(f, ftell(f) > 1000 ? -1000 : -ftell(f), SEEK_CUR);
	n = fread(text, 1, sizeof(text), f);
	fwrite(text, 1, n, to);
	fclose(f);
}

int fuzz_ended(struct fuzz_run *r, struct failure *f)
{
	char name[16];
	int status;

	for (int i = 0; i < r->jobs; i++) {
		if (r->job[i] <= 0 ||
			waitpid(r->job[i], &status, WNOHANG) != r->job[i])
			continue;
		r->job[i] = 0;
		fuzz_job_name(i, name);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
			failure_set(f, FAILURE_SYSTEM,
				"afl-fuzz: cannot be run: scripts/setup fuzz "
				"installs it");
		else
			failure_set(f, FAILURE_SYSTEM,
				"%s: ended by itself; its log is %s/%s.log, "
				"and ends with:",
				name, r->out, name);
		return i;
	}
	return -1;
}

void fuzz_stop(struct fuzz_run *r)
{
	for (int i = 0; i < r->jobs; i++)
		if (r->job[i] > 0)
			kill(r->job[i], SIGINT);
	for (int i = 0; i < r->jobs; i++) {
		int tries = 100, status;

		if (r->job[i] <= 0)
			continue;
		while (tries-- && !waitpid(r->job[i], &status, WNOHANG))
			usleep(100000);
		if (tries < 0) {
			kill(r->job[i], SIGKILL);
			waitpid(r->job[i], &status, 0);
		}
		r->job[i] = 0;
	}
}
