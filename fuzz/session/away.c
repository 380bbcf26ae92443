/* SPDX-License-Identifier: MIT */
/* away.c: a campaign in another kernel, in QEMU. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/session.h"
#include "suite/console.h"
#include "suite/guest_campaign.h"
#include "suite/qemu.h"
#include "sys/clock.h"
#include "sys/kernel_report.h"
#include "sys/proc.h"
#include "sys/text.h"
#include "sys/tree.h"

#define BOOT_S	 300 /* until its first program */
#define SILENT_S 120 /* without another one */
/* On a busy machine it may have had no processor: it must have had so much of
 * that time itself, or all of it so many times over. */
#define OWN_PART 4
#define TIMES	 10
#define END_S	 30 /* that it has to end when its time is over */
#define TELL_S	 10
#define IN_VAIN	 3 /* boots in a row that run nothing, once one did */

/* One boot. */
struct boot {
	pid_t pid;
	uint64_t programs; /* begun, when it was looked at last */
	long moved;	   /* when that number grew last: seconds */
	long used_us;	   /* of the processor, then */
	bool ran;	   /* since it was booted */
	bool halted;	   /* by us: it was silent */
};

static long seconds(void)
{
	return (long)(clock_ns(CLOCK_MONOTONIC) / 1000000000);
}

static int fail(struct failure *f, const char *what, int err)
{
	return failure_set(f, FAILURE_SYSTEM, "%s: %s", what, strerror(err));
}

static int write_command(const struct fuzz_run *r, struct failure *f)
{
	char path[PATH_MAX];
	FILE *to;

	fuzz_path(path, "%s/" GUEST_LEFT, r->out);
	unlink(path);
	fuzz_path(path, "%s/" GUEST_COMMAND, r->out);
	to = fopen(path, "we");
	if (!to)
		return fail(f, path, errno);
	fprintf(to, "%lld\nfuzz\n-o\n%s\n-p\n%s\n-j\n%d\n",
		r->seconds ? (long long)r->began + r->seconds : 0, GUEST_OUT,
		r->profile, r->jobs);
	if (r->first)
		fputs("-1\n", to);
	for (int i = 0; i < r->nforeign; i++)
		fprintf(to, "-F\n%s\n", r->foreign[i]);
	return fclose(to) ? fail(f, path, errno) : 0;
}

static int start(const struct fuzz_run *r, struct boot *b, struct failure *f)
{
	char console[PATH_MAX], memory[PATH_MAX];
	struct qemu_job job = { .console = console,
		.out = r->out,
		.memory = memory,
		.memory_mb = BLACKBOX_SIZE >> 20,
		.lenient = r->lenient };
	pid_t parent = getpid();
	int null;

	if (write_command(r, f))
		return -1;
	fuzz_path(console, "%s/console.txt", r->out);
	fuzz_path(memory, "%s/blackbox", r->out);
	*b = (struct boot){ .programs = r->blackbox->programs,
		.moved = seconds() };
	b->pid = fork();
	if (b->pid < 0)
		return fail(f, "fork", errno);
	if (b->pid)
		return 0;
	setpgid(0, 0);
	proc_die_with(parent, SIGKILL);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(null, 0);
	dup2(null, 1);
	qemu_become(&job);
	_exit(127);
}

/* What a kernel died of, as its console has it. */
static void read_console(const char *path, char *cause, size_t size)
{
	struct console c = { .fd = -1 };
	FILE *f = fopen(path, "re");
	char bytes[4096];
	size_t n;

	while (f && (n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		console_add(&c, bytes, n);
	if (f)
		fclose(f);
	console_cause(&c, cause, size);
}

/* Or why it was ended. */
static void name_cause(const struct boot *b, const char *cause, int status,
	char *why, size_t size)
{
	struct text t = text_in(why, size);
	char name[TEXT_SIGNAL];

	if (b->halted)
		text_put(&t, "it was silent for %ld s, and was halted: ",
			seconds() - b->moved);
	else if (WIFSIGNALED(status))
		text_put(&t, "QEMU was ended by %s",
			text_signal(WTERMSIG(status), name));
	else if (WEXITSTATUS(status))
		text_put(
			&t, "QEMU ended with status %d: ", WEXITSTATUS(status));
	if (b->halted || !WIFSIGNALED(status))
		text_put(&t, "%s", cause);
	text_mark_cut(&t);
}

/* One that it could live on, and that is known, is to end no more boots. */
static void keep_report(struct fuzz_run *r, const char *cause, FILE *say)
{
	if (!kernel_report_is(cause) || fuzz_report(r, cause, r->blackbox) ||
		r->lenient)
		return;
	r->lenient = true;
	fprintf(say,
		"quartet: fuzz: %s: it died of a report that is known: from "
		"now on it goes on after one that it can live on\n",
		r->kernel);
}

/* What a guest that died has left, in a folder of its own. */
static void keep_death(
	struct fuzz_run *r, const struct boot *b, int status, FILE *say)
{
	char console[PATH_MAX], dir[PATH_MAX], path[PATH_MAX];
	char cause[KERNEL_REPORT + 1], why[400];
	FILE *to;
	int n = 0;

	fuzz_path(console, "%s/console.txt", r->out);
	read_console(console, cause, sizeof(cause));
	name_cause(b, cause, status, why, sizeof(why));
	fuzz_path(path, "%s/deaths", r->out);
	mkdir(path, 0777);
	do {
		fuzz_path(dir, "%s/deaths/%d", r->out, ++n);
	} while (mkdir(dir, 0777) && errno == EEXIST);
	fuzz_path(path, "%s/console.txt", dir);
	rename(console, path);
	blackbox_write_last(r->blackbox, dir);
	fuzz_path(path, "%s/report.txt", dir);
	to = fopen(path, "we");
	if (to) {
		fprintf(to, "%s\n", why);
		fclose(to);
	}
	r->deaths++;
	fprintf(say, "quartet: fuzz: %s died, %s: %s\n", r->kernel, dir, why);
	if (b->ran && !WIFSIGNALED(status))
		keep_report(r, cause, say);
}

static bool over(const struct fuzz_run *r)
{
	return r->seconds && time(NULL) - r->began >= r->seconds;
}

static void count(const struct fuzz_run *r, struct boot *b)
{
	uint64_t programs =
		__atomic_load_n(&r->blackbox->programs, __ATOMIC_RELAXED);

	if (programs == b->programs)
		return;
	b->ran = true;
	b->moved = seconds();
	b->used_us = proc_cpu_us(b->pid);
	b->programs = programs;
}

static bool is_silent(const struct boot *b)
{
	long limit = b->ran ? SILENT_S : BOOT_S, own;

	if (seconds() - b->moved <= limit)
		return false;
	own = (proc_cpu_us(b->pid) - b->used_us) / 1000000;
	return own >= limit / OWN_PART || seconds() - b->moved > limit * TIMES;
}

static void look(const struct fuzz_run *r, struct boot *b)
{
	count(r, b);
	if (!is_silent(b) || over(r))
		return;
	b->halted = true;
	kill(b->pid, SIGKILL);
}

/* QEMU writes what is on its way, and ends. */
static int halt(const struct boot *b)
{
	int status = 0;

	kill(b->pid, SIGTERM);
	for (int i = 0; i < 100; i++) {
		if (waitpid(b->pid, &status, WNOHANG))
			return status;
		usleep(50000);
	}
	kill(b->pid, SIGKILL);
	waitpid(b->pid, &status, 0);
	return status;
}

/* Until it has ended, and STATUS is that of QEMU; false where we ended it. */
static bool watch(struct fuzz_run *r, struct boot *b,
	const volatile sig_atomic_t *stop, FILE *say, int *status)
{
	long told = seconds();

	while (!waitpid(b->pid, status, WNOHANG)) {
		usleep(250000);
		look(r, b);
		if (*stop || (r->seconds && time(NULL) - r->began >
						    r->seconds + END_S)) {
			*status = halt(b);
			return false;
		}
		if (seconds() - told >= TELL_S) {
			fuzz_print_line(r, say);
			told = seconds();
		}
	}
	count(r, b);
	return true;
}

/* The exit status of its command; -1: it did not come to its end. */
static int read_left(const struct fuzz_run *r)
{
	char path[PATH_MAX];
	int status = -1;
	FILE *f;

	fuzz_path(path, "%s/" GUEST_LEFT, r->out);
	f = fopen(path, "re");
	if (!f)
		return -1;
	if (fscanf(f, "%d", &status) != 1)
		status = -1;
	fclose(f);
	return status;
}

/* AFL++ moves its queue to _resume, and takes one after the other from there:
 * who is ended meanwhile has it in two places, of which it would take one. */
static void join_queue(const struct fuzz_run *r, int job)
{
	char name[16], from[PATH_MAX], file[PATH_MAX], to[PATH_MAX];
	struct dirent *entry;
	DIR *d;

	fuzz_job_name(job, name);
	fuzz_path(from, "%s/afl/%s/_resume", r->out, name);
	fuzz_path(to, "%s/afl/%s/queue", r->out, name);
	d = access(to, F_OK) ? NULL : opendir(from);
	if (!d)
		return;
	while ((entry = readdir(d))) {
		fuzz_path(file, "%s/%s", from, entry->d_name);
		fuzz_path(
			to, "%s/afl/%s/queue/%s", r->out, name, entry->d_name);
		/* Two names of one file are left alone by rename(2). */
		if (!strncmp(entry->d_name, "id:", 3) && !rename(file, to))
			unlink(file);
	}
	closedir(d);
	/* What AFL++ knows of them beside. */
	fuzz_path(file, "%s/.state", from);
	tree_remove(AT_FDCWD, file);
	rmdir(from);
}

static int tell_no_boot(const struct fuzz_run *r, struct failure *f)
{
	return failure_set(f, FAILURE_SYSTEM,
		"%s: it ran no program; its console: %s/deaths", r->kernel,
		r->out);
}

static int open_files(struct fuzz_run *r, struct failure *f)
{
	char path[PATH_MAX];

	for (int i = 0; i < r->jobs; i++)
		if (fuzz_open_tally(r, i, f))
			return -1;
	fuzz_path(path, "%s/blackbox", r->out);
	r->blackbox = blackbox_open(path);
	return r->blackbox ? 0 : fail(f, path, errno);
}

int fuzz_away(struct fuzz_run *r, const volatile sig_atomic_t *stop, FILE *say,
	struct failure *f)
{
	struct tally sum;
	struct boot b;
	int status, left, in_vain = IN_VAIN - 1;

	if (open_files(r, f))
		return -1;
	fuzz_tally(r, &sum);
	r->programs_before = sum.programs;
	r->began = time(NULL);
	while (!*stop && !over(r)) {
		for (int i = 0; i < r->jobs; i++)
			join_queue(r, i);
		if (start(r, &b, f))
			return -1;
		r->boots++;
		if (!watch(r, &b, stop, say, &status))
			break;
		left = read_left(r);
		if (left == 100 || left == 111)
			return failure_set(f, FAILURE_SYSTEM,
				"%s: the campaign in it ended with %d; its "
				"console: %s/console.txt",
				r->kernel, left, r->out);
		if (left >= 0)
			break;
		keep_death(r, &b, status, say);
		/* Somebody killed it: that is no kernel's fault. */
		if (b.ran ||
			(WIFSIGNALED(status) && !b.halted && r->boots == 1))
			in_vain = 0;
		else
			in_vain++;
		if (in_vain == IN_VAIN)
			return tell_no_boot(r, f);
	}
	return 0;
}
