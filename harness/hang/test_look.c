/* SPDX-License-Identifier: MIT */
/* test_look.c: what is seen of processes that this test makes itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hang/hang.h"
#include "hang/outside.h"
#include "sys/proc.h"

static struct hang_look look;
static pid_t pids[2];

/* Others that may not be looked into have nothing of ours. */
static struct hang_facts facts = { .pids = pids, .npids = 1, .started = true };

static pid_t start_child(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	return pid;
}

static void end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static pid_t receiver; /* of ours, to whom a descriptor is under way */

/*
 * Any process of the machine may have been sent what is looked at: another
 * program's descriptor that is under way, mostly for a moment, leaves a doubt.
 */
static struct hang_object look_at(enum wakers_object kind, uint64_t arg)
{
	for (int i = 0; i < 500; i++) {
		struct hang_sleep s = { .args = { arg } };

		if (kind == WAKERS_WORD)
			outside_look_word(&facts, pids[0], &s);
		else
			outside_look_pipe(&facts, pids[0], &s);
		if (outside_may_have(kind, &s))
			outside_find(&facts, kind, &s);
		if (!s.on.sent || s.on.outsider == receiver)
			return s.on;
		usleep(10000);
	}
	skip();
	return (struct hang_object){ 0 };
}

static struct hang_object look_at_word(const void *word)
{
	return look_at(WAKERS_WORD, (uintptr_t)word);
}

static void *map(int flags)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		flags | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	return p;
}

static void test_words(void **state)
{
	void *own = map(MAP_PRIVATE), *shared = map(MAP_SHARED);
	struct hang_object on;
	pid_t child;

	(void)state;
	pids[0] = getpid();
	on = look_at_word(own);
	assert_int_equal(on.found, HANG_YES);
	assert_true(on.own);
	on = look_at_word(shared);
	assert_int_equal(on.found, HANG_YES);
	assert_false(on.own);
	assert_int_equal(on.outside, HANG_NO);
	assert_int_equal(look_at_word((void *)8).found, HANG_NO);
	child = start_child();
	on = look_at_word(shared);
	assert_int_equal(on.outside, HANG_YES);
	assert_int_equal(on.outsider, child);
	/* It is not outside where it is the cell's. */
	pids[1] = child;
	facts.npids = 2;
	assert_int_equal(look_at_word(shared).outside, HANG_NO);
	facts.npids = 1;
	end_child(child);
	munmap(own, 4096);
	munmap(shared, 4096);
}

static struct hang_object look_at_pipe(int fd)
{
	return look_at(WAKERS_PIPE, (uint64_t)fd);
}

static void test_pipes(void **state)
{
	struct hang_object on;
	struct stat st;
	pid_t child;
	int ends[2];

	(void)state;
	pids[0] = getpid();
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(fstat(ends[0], &st), 0);
	on = look_at_pipe(ends[0]);
	assert_int_equal(on.found, HANG_YES);
	assert_false(on.named);
	assert_true(on.inode == st.st_ino);
	assert_int_equal(on.outside, HANG_NO);
	child = start_child();
	on = look_at_pipe(ends[0]);
	assert_int_equal(on.outside, HANG_YES);
	assert_int_equal(on.outsider, child);
	end_child(child);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(look_at_pipe(ends[0]).found, HANG_NO);
}

static void send_fd(int socket, int fd)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { .room = "" };
	struct iovec one = { "", 1 };
	struct msghdr m = { .msg_iov = &one,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	assert_int_equal(sendmsg(socket, &m, 0), 1);
}

/* Whether the kernel tells of descriptors that are under way: since 5.5. */
static bool tells_sent(int fd)
{
	char text[512];

	proc_read(text, sizeof(text), "self/fdinfo/%d", fd);
	return strstr(text, "scm_fds:");
}

/* Nobody has it, but a process outside need only receive it. */
static void test_sent(void **state)
{
	struct hang_object on;
	int sockets[2], ends[2];
	pid_t child;
	void *word;

	(void)state;
	pids[0] = getpid();
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	child = receiver = start_child();
	close(sockets[1]);
	if (!tells_sent(sockets[0])) {
		end_child(child);
		skip();
	}
	assert_int_equal(pipe(ends), 0);
	word = map(MAP_SHARED);
	assert_int_equal(look_at_pipe(ends[0]).outside, HANG_NO);
	send_fd(sockets[0], ends[1]);
	on = look_at_pipe(ends[0]);
	assert_int_equal(on.outside, HANG_UNKNOWN);
	assert_int_equal(on.outsider, child);
	assert_true(on.sent);
	assert_true(look_at_word(word).sent);
	end_child(child);
	on = look_at_pipe(ends[0]);
	assert_int_equal(on.outside, HANG_NO);
	assert_false(on.sent);
	receiver = 0;
	close(sockets[0]);
	close(ends[0]);
	close(ends[1]);
	munmap(word, 4096);
}

static void test_timers(void **state)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	timer_t timer;

	(void)state;
	pids[0] = getpid();
	hang_look_first(&look, &facts);
	if (look.timer == HANG_UNKNOWN)
		skip(); /* CONFIG_CHECKPOINT_RESTORE is not set */
	assert_int_equal(look.timer, HANG_NO);
	assert_int_equal(timer_create(CLOCK_MONOTONIC, &none, &timer), 0);
	hang_look_first(&look, &facts);
	assert_int_equal(look.timer, HANG_YES);
	assert_int_equal(look.timer_pid, getpid());
	timer_delete(timer);
}

static void test_threads(void **state)
{
	pid_t child = start_child();
	const struct hang_thread *t = look.first.v;

	(void)state;
	pids[0] = child;
	for (int i = 0; i < 1000; i++) {
		hang_look_first(&look, &facts);
		if (t->state == 'S' && !strcmp(look.sleeps[0].call, "pause"))
			break;
		usleep(10000);
	}
	assert_string_equal(look.sleeps[0].call, "pause");
	assert_int_equal(look.first.left, HANG_READ_ALL);
	assert_int_equal(look.first.n, 1);
	assert_int_equal(t->pid, child);
	assert_int_equal(t->tid, child);
	assert_int_equal(t->deliverable, 0);
	assert_int_equal(look.second.n, -1);
	hang_look_again(&look);
	assert_int_equal(look.second.n, 1);
	assert_true(look.second.v[0].switches == t->switches);
	assert_false(look.news);
	/* It ends, and is not waited for; then it is gone. */
	kill(child, SIGKILL);
	waitid(P_PID, (id_t)child, &(siginfo_t){ 0 }, WEXITED | WNOWAIT);
	hang_look_again(&look);
	assert_true(look.news);
	assert_int_equal(look.second.v[0].state, 'Z');
	assert_int_equal(waitpid(child, NULL, 0), child);
	hang_look_again(&look);
	assert_int_equal(look.second.left, HANG_READ_GONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_pipes),
		cmocka_unit_test(test_sent),
		cmocka_unit_test(test_timers),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
