/* SPDX-License-Identifier: MIT */
/* seccomp/load-errors.c: what seccomp(2) and prctl(2) refuse, and with which
 * errno. */
#include "filters.h"

#define ALLOW	 BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)

enum { STRICT, FILTER, ACTION_AVAIL, NOTIF_SIZES };

static struct sock_filter many[4097];

/* Each but the last of two, three instructions. */
static const struct sock_filter bad[][3] = {
	{ LOAD(sizeof(struct seccomp_data)), ALLOW, ALLOW },
	{ LOAD(2), ALLOW, ALLOW },
	{ LOAD(0xfffffffc), ALLOW, ALLOW },
	{ BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 0), ALLOW, ALLOW },
	{ BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0), ALLOW, ALLOW },
	{ BPF_STMT(BPF_LD | BPF_W | BPF_IND, 0), ALLOW, ALLOW },
	{ BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 0), ALLOW, ALLOW },
	{ BPF_STMT(BPF_LD | BPF_MEM, 0), ALLOW, ALLOW },
	{ BPF_STMT(BPF_ST, 16), ALLOW, ALLOW },
	{ BPF_JUMP(BPF_JMP | BPF_JA, 2, 0, 0), ALLOW, ALLOW },
	{ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0), ALLOW, ALLOW },
	{ LOAD(0), LOAD(0), LOAD(0) },
	{ BPF_STMT(0xffff, 0), ALLOW, ALLOW },
};

static long seccomp(unsigned int op, unsigned int flags, const void *args)
{
	return sys(__NR_seccomp, op, flags, args);
}

static long avail(uint32_t action)
{
	return seccomp(ACTION_AVAIL, 0, &action);
}

/* Without no_new_privs the privilege counts, which the child gives up. */
static int unprivileged(long unused)
{
	const struct sock_filter allow = ALLOW;
	const struct sock_fprog prog = { 1, (struct sock_filter *)&allow };

	(void)unused;
	if (sys(__NR_geteuid) == 0 && sys(__NR_setresuid, 65534, 65534, 65534))
		return 1;
	return seccomp(FILTER, 0, &prog) != -EACCES ||
	       sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog, 0,
		       0) != -EACCES;
}

static int try_flags(void)
{
	const struct sock_filter allow = ALLOW;
	const struct sock_fprog prog = { 1, (struct sock_filter *)&allow };
	const unsigned int known = SECCOMP_FILTER_FLAG_TSYNC |
				   SECCOMP_FILTER_FLAG_LOG |
				   SECCOMP_FILTER_FLAG_SPEC_ALLOW;
	const unsigned int both =
		SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_NEW_LISTENER;

	for (unsigned int flags = 0; flags <= known; flags++)
		CHECK_AT(flags, seccomp(FILTER, flags, NULL) == -EFAULT);
	for (int bit = 8; bit < 32; bit++)
		CHECK_AT(bit, seccomp(FILTER, 1u << bit, &prog) == -EINVAL);
	CHECK(seccomp(FILTER, 0xffffffff, &prog) == -EINVAL);
	CHECK(seccomp(FILTER, both, &prog) == -EINVAL);
	CHECK(seccomp(FILTER, both | FILTER_TSYNC_ESRCH, NULL) == -EFAULT);
	CHECK(seccomp(FILTER, FILTER_WAIT_KILLABLE, &prog) == -EINVAL);
	return 0;
}

static int try_programs(void)
{
	CHECK(sys(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, 0, 0, 0) ==
		-EFAULT);
	CHECK(filter_load(NULL, 1, 0) == -EINVAL);
	CHECK(filter_load((void *)8, 1, 0) == -EFAULT);
	CHECK(filter_load(many, 0, 0) == -EINVAL);
	CHECK(filter_load(many, 4097, 0) == -EINVAL);
	CHECK(filter_load(many, 4096, 0) == 0);
	for (int i = 0; i < (int)(sizeof(bad) / sizeof(*bad)); i++)
		CHECK_AT(i, filter_load(bad[i], 3, 0) == -EINVAL);
	return 0;
}

static int try_rest(void)
{
	static const uint32_t all[] = { 0x80000000, 0, 0x30000, 0x50000,
		0x7fc00000, 0x7ff00000, 0x7ffc0000, 0x7fff0000 };
	uint16_t sizes[3];

	CHECK(seccomp(99, 0, NULL) == -EINVAL);
	CHECK(seccomp(STRICT, 1, NULL) == -EINVAL);
	CHECK(seccomp(STRICT, 0, sizes) == -EINVAL);
	for (int i = 0; i < 8; i++)
		CHECK_AT(i, avail(all[i]) == 0);
	CHECK(avail(0x10000) == -EOPNOTSUPP);
	CHECK(avail(0x90000000) == -EOPNOTSUPP);
	CHECK(seccomp(ACTION_AVAIL, 1, all) == -EINVAL);
	CHECK(seccomp(ACTION_AVAIL, 0, NULL) == -EFAULT);
	CHECK(seccomp(NOTIF_SIZES, 1, sizes) == -EINVAL);
	CHECK(seccomp(NOTIF_SIZES, 0, NULL) == -EFAULT);
	CHECK(seccomp(NOTIF_SIZES, 0, sizes) == 0);
	CHECK(sizes[0] == 80 && sizes[1] == 24 && sizes[2] == 64);
	CHECK(sys(__NR_prctl, PR_SET_SECCOMP, 3, 0, 0, 0) == -EINVAL);
	CHECK(sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == -EINVAL);
	CHECK(sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0) == -EINVAL);
	CHECK(sys(__NR_prctl, PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0) == -EINVAL);
	CHECK(sys(__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	return 0;
}

static int run(void)
{
	int err;

	for (int i = 0; i < 4097; i++)
		many[i] = (struct sock_filter)ALLOW;
	CHECK(filter_child(unprivileged, 0) == 0);
	err = try_programs();
	err = err ? err : try_flags();
	return err ? err : try_rest();
}

PROBE_RAW = {
	.about = "load filters that are none, with flags that are none, and ask for "
		 "actions that are none",
	.run = run,
	.under = "four-process",
	.flavours = "raw glibc i386",
	.expect = {
		{ DIES("clone") },
	},
	.covers = "ltp/seccomp01 ltp/prctl02 "
		  "seccomp_bpf/no_new_privs_support "
		  "seccomp_bpf/mode_filter_support "
		  "seccomp_bpf/mode_filter_without_nnp "
		  "seccomp_bpf/filter_size_limits "
		  "seccomp_bpf/empty_prog seccomp_bpf/arg_out_of_range "
		  "seccomp_bpf/seccomp_syscall "
		  "seccomp_bpf/detect_seccomp_filter_flags "
		  "seccomp_bpf/filter_flag_log "
		  "seccomp_bpf/get_action_avail "
		  "seccomp_bpf/user_notification_with_tsync "
		  "seccomp_bpf/seccomp_get_notif_sizes "
		  "gvisor-seccomp/NoNewPrivsOrCapSysAdmin",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: ERRORS",
		"Linux kernel/seccomp.c, do_seccomp, seccomp_check_filter",
		"Linux net/core/filter.c, bpf_check_basics_ok" },
};
