# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# explained.bash: the profiles and the programs that more than one of
# test-explain, test-explain-programs and test-explain-threads explain. They
# source it after tap.bash.
profile no-getpid <<'P'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
	{ "names": ["getpid"], "action": "SCMP_ACT_KILL_PROCESS" } ] }
P
profile getpid-eperm <<'P'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
	{ "names": ["getpid"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1 } ] }
P
profile getpid-trap <<'P'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
	{ "names": ["getpid"], "action": "SCMP_ACT_TRAP" } ] }
P
profile thread-getpid <<'P'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
	{ "names": ["getpid"], "action": "SCMP_ACT_KILL_THREAD" } ] }
P
profile no-fadvise <<'P'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
	{ "names": ["fadvise64"], "action": "SCMP_ACT_ERRNO" } ] }
P

# getpid() from three functions, the last one often.
build pids <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile long got;

__attribute__((noinline)) static void one(void)
{
	got = syscall(SYS_getpid);
}
__attribute__((noinline)) static void two(void)
{
	got = syscall(SYS_getpid);
}
__attribute__((noinline)) static void many(int n)
{
	for (int i = 0; i < n; i++)
		got = syscall(SYS_getpid);
}
int main(int argc, char **argv)
{
	one();
	two();
	many(argc > 1 ? atoi(argv[1]) : 3);
	puts(got > 0 ? "a number" : "none");
	return argc > 2;
}
C

# A worker that is killed at getpid with something in its hands.
build holder -pthread <<'C'
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *what;
static volatile int holds;

static void *worker(void *arg)
{
	if (!strcmp(what, "mutex"))
		pthread_mutex_lock(&lock);
	if (!strcmp(what, "stream"))
		flockfile(stdout);
	holds = 1;
	syscall(SYS_getpid);
	return arg;
}
int main(int argc, char **argv)
{
	pthread_t t;

	what = argv[argc - 1];
	pthread_create(&t, NULL, worker, NULL);
	if (!strcmp(what, "join"))
		pthread_join(t, NULL);
	/* On a busy machine it may come late, however long one sleeps. */
	while (!holds)
		usleep(1000);
	if (!strcmp(what, "mutex"))
		pthread_mutex_lock(&lock);
	if (!strcmp(what, "stream"))
		puts("never");
	return 0;
}
C

# Its end comes while a worker waits.
build leader -pthread <<'C'
#include <pthread.h>
#include <unistd.h>

static void *worker(void *arg)
{
	pthread_mutex_lock(arg);
	return arg;
}
int main(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_t t;

	pthread_mutex_lock(&lock);
	pthread_create(&t, NULL, worker, &lock);
	usleep(100000);
	return 0;
}
C

arms() { # arms NAME WHEN COMMAND...: is the first refusal getpid, or $first?
	local name=$1 when=$2
	shift 2
	explain_json --arm "$when" -- "$@"
	ok "$name: --arm $when" has ".armed and
		.filtered.places[0].call == \"${first:-getpid}\""
}
