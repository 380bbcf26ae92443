/* SPDX-License-Identifier: MIT */
/* side_kernel.c: the process that has one of two kernels. */
#include "session/side_kernel.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program/program.h"
#include "suite/base.h"
#include "suite/guest_programs.h"
#include "suite/machine.h"
#include "sys/clock.h"
#include "sys/failure.h"
#include "sys/proc.h"
#include "sys/processor.h"
#include "sys/text.h"

/* It is up, says that it lives (four times a second), and ends a program in so
 * long, and so much of it it had of the processor itself; or, on a busy
 * machine, in WALL_US. */
#define BOOT_US	       60000000
#define BOOT_CPU_US    15000000
#define SILENT_US      20000000
#define SILENT_CPU_US  5000000
#define PROGRAM_US     300000000
#define PROGRAM_CPU_US 30000000
#define WALL_US	       1200000000
#define IN_VAIN	       3 /* boots in a row that run nothing */

struct keeper {
	const char *name;
	const char *console_path;
	const struct filter *bpf;
	const struct machine_kind *kind;
	struct kernel_start st;
	struct machine m;
	struct link line, guest; /* to the campaign, to the kernel */
	struct console console;
	bool up, told; /* it is; and that was told */
	int vain;
	uint64_t heard, asked;	       /* when, in microseconds; asked 0: not */
	uint64_t heard_cpu, asked_cpu; /* that it had used then */
	/* The program that it has, or is to have. */
	struct link_head head;
	unsigned char program[PROGRAM_BINARY_MAX];
};

static int run_here(struct link *line, const struct filter *bpf, int no)
{
	struct link_head head;
	const char *data;
	struct utsname u;
	int ret;

	processor_take(no);
	uname(&u);
	ret = link_send(line, LINK_HELLO, 0, 0, u.release, strlen(u.release));
	ret = ret ? ret : guest_has(line);
	while (!ret) {
		ret = link_next(line, &head, &data);
		if (ret > 0)
			ret = head.kind == LINK_PROGRAM
				      ? guest_program(line, bpf, &head, data)
				      : -EBADMSG;
		else if (!ret)
			ret = link_fill(line);
	}
	if (ret == -EPIPE)
		return 0;
	failure_say("fuzz: host: %s", strerror(-ret));
	return 111;
}

static int boot(struct keeper *k)
{
	pid_t pid = machine_start(&k->st, k->kind, &k->m);

	if (pid < 0)
		return (int)pid;
	console_open(&k->console, k->console_path);
	link_open_host(&k->guest, k->m.in, k->m.out);
	k->up = false;
	k->heard = clock_us();
	return 0;
}

static void end(struct keeper *k)
{
	close(k->m.alive);
	waitpid(k->m.guard, NULL, 0);
	if (*k->m.pid > 0)
		kill(-*k->m.pid, SIGKILL);
	close(k->m.in);
	close(k->m.out);
	link_close(&k->guest);
}

static int send_filter(struct keeper *k)
{
	size_t code = k->bpf->ninsns * sizeof(*k->bpf->insns);
	struct link_built *b = calloc(1, sizeof(*b) + code);
	int ret;

	if (!b)
		return -ENOMEM;
	b->mode = k->bpf->mode;
	b->flags = k->bpf->flags;
	b->ninsns = (uint32_t)k->bpf->ninsns;
	memcpy(b + 1, k->bpf->insns, code);
	ret = link_send(&k->guest, LINK_BUILT, 0, 0, b, sizeof(*b) + code);
	free(b);
	return ret;
}

/* The program that waits for it. */
static int send_program(struct keeper *k)
{
	k->asked = clock_us();
	k->asked_cpu = (uint64_t)proc_cpu_us(*k->m.pid);
	return link_send(&k->guest, LINK_PROGRAM, k->head.a, k->head.b,
		k->program, k->head.size);
}

static int take_campaign(
	struct keeper *k, const struct link_head *head, const char *data)
{
	if (head->kind != LINK_PROGRAM || head->size > sizeof(k->program))
		return -EBADMSG;
	k->head = *head;
	memcpy(k->program, data, head->size);
	return k->up ? send_program(k) : 0;
}

static int take_guest(
	struct keeper *k, const struct link_head *head, const char *data)
{
	int ret = 0;

	switch (head->kind) {
	case LINK_HELLO:
		if (!k->told)
			ret = link_send(
				&k->line, LINK_HELLO, 0, 0, data, head->size);
		ret = ret ? ret : send_filter(k);
		return ret ? ret
			   : link_send(&k->guest, LINK_ASK_HAS, 0, 0, NULL, 0);
	case LINK_HAS:
		k->up = true;
		k->vain = 0;
		if (!k->told)
			ret = link_send(
				&k->line, LINK_HAS, 0, 0, data, head->size);
		k->told = true;
		return ret || !k->head.kind ? ret : send_program(k);
	case LINK_SEEN:
		k->asked = k->head.kind = 0;
		return link_send(&k->line, LINK_SEEN, 0, 0, data, head->size);
	case LINK_READ:
		return link_was_read(&k->guest, head->a);
	case LINK_BEAT:
	case LINK_LEFT:
		return 0;
	}
	return -EBADMSG;
}

static int take(struct keeper *k, struct link *from,
	int (*with)(struct keeper *k, const struct link_head *head,
		const char *data))
{
	struct link_head head;
	const char *data;
	int ret = link_fill(from), got;

	while (!ret && (got = link_next(from, &head, &data)))
		ret = got < 0 ? got : with(k, &head, data);
	return ret;
}

static bool read_console(struct keeper *k)
{
	char buf[4096];
	ssize_t n = read(k->m.said, buf, sizeof(buf));

	if (n > 0)
		console_add(&k->console, buf, (size_t)n);
	return n > 0;
}

static uint64_t cpu_us(const struct keeper *k)
{
	return (uint64_t)proc_cpu_us(*k->m.pid);
}

/* Since that time, when it had used that much of the processor. */
static bool is_over(const struct keeper *k, uint64_t since, uint64_t used,
	uint64_t us, uint64_t own_us)
{
	uint64_t past = clock_us() - since;

	return past > us && (past > WALL_US || cpu_us(k) - used > own_us);
}

/* For too long? Then *WHAT tells in what. */
static bool is_silent(const struct keeper *k, const char **what)
{
	*what = "the kernel was silent, and was halted";
	if (!k->up)
		return is_over(k, k->heard, 0, BOOT_US, BOOT_CPU_US);
	if (is_over(k, k->heard, k->heard_cpu, SILENT_US, SILENT_CPU_US))
		return true;
	*what = "the program did not end, and the kernel was halted";
	return k->asked &&
	       is_over(k, k->asked, k->asked_cpu, PROGRAM_US, PROGRAM_CPU_US);
}

/* Until the campaign ends: 0; or 1: the kernel is no more, and WHAT says how;
 * or a negative errno. */
static int serve(struct keeper *k, const char **what)
{
	struct pollfd fds[] = {
		{ .fd = k->line.in, .events = POLLIN },
		{ .fd = k->m.in, .events = POLLIN },
		{ .fd = k->m.said, .events = POLLIN },
	};
	int ret;

	for (;;) {
		if (poll(fds, 3, 500) < 0 && errno != EINTR)
			return -errno;
		if (fds[2].revents && !read_console(k))
			fds[2].fd = -1;
		if (fds[0].revents) {
			ret = take(k, &k->line, take_campaign);
			if (ret)
				return ret == -EPIPE ? 0 : ret;
		}
		if (fds[1].revents) {
			k->heard = clock_us();
			k->heard_cpu = cpu_us(k);
			*what = "the kernel ended";
			if (take(k, &k->guest, take_guest))
				return 1;
		}
		if (is_silent(k, what))
			return 1;
	}
}

static int tell_death(struct keeper *k, const char *what)
{
	struct pollfd fd = { .fd = k->m.said, .events = POLLIN };
	char why[300], cause[160], died[PATH_MAX];
	struct text t = text_in(why, sizeof(why));

	while (poll(&fd, 1, 0) > 0 && read_console(k))
		;
	console_cause(&k->console, cause, sizeof(cause));
	console_close(&k->console);
	close(k->m.said);
	text_put(&t, "%s%s%s", what, *cause ? ": " : "", cause);
	text_mark_cut(&t);
	/* The next boot has one of its own. */
	snprintf(died, sizeof(died), "%s.died", k->console_path);
	rename(k->console_path, died);
	if (!k->told || (!k->up && ++k->vain == IN_VAIN)) {
		failure_say(
			"fuzz: %s: %s; its console: %s", k->name, why, died);
		return -ENODEV;
	}
	/* It was up, and had this program. */
	if (!k->asked)
		return 0;
	k->asked = k->head.kind = 0;
	return link_send(&k->line, LINK_LEFT, 0, 0, why, t.n);
}

static int keep(struct keeper *k)
{
	const char *what = "";
	int ret;

	do {
		ret = boot(k);
		if (ret)
			break;
		ret = serve(k, &what);
		end(k);
		if (ret > 0 && !(ret = tell_death(k, what)))
			ret = 1;
	} while (ret > 0);
	if (ret && ret != -ENODEV)
		failure_say("fuzz: %s: %s", k->name, strerror(-ret));
	return ret ? 111 : 0;
}

int side_kernel(const char *name, const char *console, int no,
	const struct filter *bpf, int line)
{
	static struct keeper k;
	const struct kernel *kernel = kernel_find(name);
	struct base base;
	int ret;

	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	k.name = name;
	k.console_path = console;
	k.bpf = bpf;
	k.line = (struct link){ .in = line, .out = line };
	ret = kernel && kernel->prepare ? kernel->prepare() : kernel ? 0 : 100;
	if (ret)
		return ret;
	if (!kernel->machine)
		return run_here(&k.line, bpf, no);
	ret = base_open(&base);
	if (ret) {
		failure_say("fuzz: %s: %s", base.dir, strerror(-ret));
		return 111;
	}
	k.kind = kernel->machine;
	k.st = (struct kernel_start){ .no = no, .base = base.dir };
	ret = keep(&k);
	base_close(&base);
	return ret;
}
