/* SPDX-License-Identifier: MIT */
/*
 * siblings.c: refuses each call of harness/lint/sibling_table.c in turn, and
 * does its thing by each of the others that stand for it. TAP, a line for each
 * pair. A call that cannot do it here without any filter is skipped.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "doers.h"
#include "lint/siblings.h"
#include "sys/calls.h"

#define REFUSED EADDRNOTAVAIL /* nothing here has it of itself */
#define NATIVE	AUDIT_ARCH_X86_64
#define COMPAT	AUDIT_ARCH_I386

long raw(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile(
		"syscall"
		: "=a"(ret)
		: "0"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
		: "rcx", "r11", "memory");
	return ret;
}

/* The sixth is 0. It is built without a red zone. */
long raw32(long nr, long a, long b, long c, long d, long e)
{
	register long r8 __asm__("r8") = a;
	int ret;

	__asm__ volatile("push %%rbx; push %%rbp; mov %%r8d, %%ebx\n\t"
			 "xor %%ebp, %%ebp; int $0x80; pop %%rbp; pop %%rbx"
			 : "=a"(ret)
			 : "0"((int)nr), "r"(r8), "c"((int)b), "d"((int)c),
			 "S"((int)d), "D"((int)e)
			 : "r9", "r10", "r11", "memory");
	return ret;
}

static void must(int cond, const char *what)
{
	if (cond)
		return;
	perror(what);
	exit(111);
}

static void refuse(uint32_t arch, int nr)
{
	const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | REFUSED),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog prog = { 6, (struct sock_filter *)code };

	must(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
	must(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog), "filter");
}

static void write_file(const char *name, const char *text)
{
	int fd = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0600);

	must(fd >= 0 && write(fd, text, 4) == 4 && !close(fd), name);
}

static void listen_here(struct stage *s)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(a);

	s->listener = socket(AF_INET, SOCK_STREAM, 0);
	must(!bind(s->listener, (struct sockaddr *)&a, n) &&
			!listen(s->listener, 4) &&
			!getsockname(s->listener, (struct sockaddr *)&a, &n),
		"listen");
	s->port = a.sin_port;
	must(!socketpair(AF_UNIX, SOCK_STREAM, 0, s->ends), "socketpair");
}

static void set_up(struct stage *s)
{
	static const char *const names[] = { "new", "file", "link", "source" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (unlink(names[i]))
			rmdir(names[i]);
	rmdir("folder");
	write_file("file", "text");
	write_file("source", "more");
	setxattr("file", "user.old", "x", 1, 0);
	must(!symlink("file", "link") && !mkdir("folder", 0700), "folder");
	s->file = open("file", O_RDWR);
	s->folder = open(".", O_RDONLY | O_DIRECTORY);
	listen_here(s);
	s->other = fork();
	if (!s->other)
		for (;;)
			pause();
}

static void take_down(const struct stage *s)
{
	kill(s->other, SIGKILL);
	waitpid(s->other, NULL, 0);
	close(s->file);
	close(s->folder);
	close(s->listener);
	close(s->ends[0]);
	close(s->ends[1]);
}

/* In a child: nobody else is to see what it mounts. */
static void go_apart(const char *what)
{
	if (!begins(what, "mounts") && !begins(what, "takes a copy"))
		return;
	if (!unshare(geteuid() ? CLONE_NEWUSER | CLONE_NEWNS : CLONE_NEWNS))
		mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

struct pair {
	const struct sibling_group *g;
	const struct sibling *refused, *by;
	uint32_t arch;
};

static const struct doer *find_in(
	const struct doer *d, const char *what, const char *call)
{
	while (d->call &&
		(strcmp(d->call, call) || (d->what && !begins(what, d->what))))
		d++;
	return d->call ? d : NULL;
}

static const struct doer *find(const struct pair *p, const char *call)
{
	static const struct doer *const all[] = { doers_files, doers_contents,
		doers_processes, doers_sockets, doers_futexes };
	const struct doer *d = NULL;

	if (p->arch == COMPAT)
		return find_in(doers_i386, p->g->what, call);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all) && !d; i++)
		d = find_in(all[i], p->g->what, call);
	return d;
}

#define NOT_DONE    255
#define NOT_REFUSED 254

/* In a child: the errno of CALL, 0 when it did something. REFUSED, unless that
 * is NULL, is refused before, and tried. */
__attribute__((noreturn)) static void act(const struct pair *p, struct stage *s,
	const char *call, const char *refused)
{
	long ret = -REFUSED;

	s->low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	go_apart(p->g->what);
	alarm(20);
	if (refused) {
		refuse(p->arch, calls_number(p->arch, refused));
		ret = find(p, refused)->act(s, calls_number(p->arch, refused));
	}
	if (ret == -REFUSED)
		ret = find(p, call)->act(s, calls_number(p->arch, call));
	else
		ret = -NOT_REFUSED;
	for (;;)
		raw(231,
			ret >= 0     ? 0
			: ret < -254 ? NOT_DONE
				     : -ret,
			0, 0, 0, 0, 0);
}

static int attempt(const struct pair *p, const char *call, const char *refused)
{
	static struct stage s;
	int status;
	pid_t pid;

	set_up(&s);
	pid = fork();
	if (!pid)
		act(p, &s, call, refused);
	waitpid(pid, &status, 0);
	status = WIFEXITED(status) ? WEXITSTATUS(status) : NOT_DONE;
	if (!status && !is_done(p->g->what, &s))
		status = NOT_DONE;
	take_down(&s);
	return status;
}

static const char *words(int status)
{
	return status == NOT_DONE      ? "not done"
	       : status == NOT_REFUSED ? "what is refused was not"
				       : strerror(status);
}

static int judge(int n, const struct pair *p)
{
	const char *refused = p->refused->call, *by = p->by->call;
	char name[200];
	int status;

	snprintf(name, sizeof(name), "%d - siblings/%s: %s by %s%s", n,
		p->g->what, refused, by, p->arch == COMPAT ? " (i386)" : "");
	if (!find(p, refused) || !find(p, by)) {
		printf("not ok %s\n#  nothing here does it\n", name);
		return 1;
	}
	status = attempt(p, by, NULL);
	if (status && status != NOT_DONE) {
		printf("ok %s # SKIP without a filter: %s\n", name,
			words(status));
		return 0;
	}
	if (!status)
		status = attempt(p, by, refused);
	printf("%s %s\n", status ? "not ok" : "ok", name);
	if (status)
		printf("#  %s\n", words(status));
	return status != 0;
}

static bool choose(struct pair *p)
{
	p->arch = calls_number(NATIVE, p->refused->call) >= 0 &&
				  calls_number(NATIVE, p->by->call) >= 0
			  ? NATIVE
			  : COMPAT;
	return calls_number(p->arch, p->refused->call) >= 0 &&
	       calls_number(p->arch, p->by->call) >= 0;
}

int main(int argc, char **argv)
{
	int n = 0, bad = 0;

	if (argc == 2 && !strcmp(argv[1], "--done"))
		return open("new", O_CREAT | O_WRONLY, 0600) < 0;
	must(argc == 2 && !chdir(argv[1]), "a folder");
	setvbuf(stdout, NULL, _IOLBF, 0);
	umask(0);
	signal(SIGCHLD, SIG_DFL);
	for (size_t i = 0; i < sibling_ngroups; i++) {
		const struct sibling_group *g = &sibling_groups[i];

		for (int r = 0; r < SIBLINGS && g->calls[r].call; r++)
			for (int by = 0; by < SIBLINGS && g->calls[by].call;
				by++) {
				struct pair p = { g, &g->calls[r],
					&g->calls[by], 0 };

				if (r == by || (r && g->how & SIBLING_ONE_WAY))
					continue;
				if (choose(&p))
					bad += judge(++n, &p);
			}
	}
	printf("1..%d\n", n);
	return bad ? 1 : 0;
}
