/* SPDX-License-Identifier: MIT */
/* test_cost.c: what a filter costs, beside a machine that counts. */
#include "profile/test_profile.h"

#include "profile/cost.h"

#define X86_64 AUDIT_ARCH_X86_64

/* An interpreter of its own: of the instructions that it ran, how many. */
static unsigned counted(const struct filter *bpf, const struct seccomp_data *d)
{
	uint32_t a = 0, x = 0, mem[BPF_MEMWORDS] = { 0 };
	unsigned n = 0;

	for (size_t pc = 0;; pc++) {
		const struct sock_filter f = bpf->insns[pc];
		const uint32_t b = f.code & BPF_X ? x : f.k;
		bool taken;

		n++;
		switch (f.code & 7) {
		case BPF_RET:
			return n;
		case BPF_LD:
			a = (f.code & 0xe0) == BPF_ABS
				    ? ((const uint32_t *)d)[f.k / 4]
			    : (f.code & 0xe0) == BPF_MEM ? mem[f.k]
			    : (f.code & 0xe0) == BPF_LEN ? 64
							 : f.k;
			break;
		case BPF_LDX:
			x = (f.code & 0xe0) == BPF_MEM	 ? mem[f.k]
			    : (f.code & 0xe0) == BPF_LEN ? 64
							 : f.k;
			break;
		case BPF_ST:
			mem[f.k] = a;
			break;
		case BPF_STX:
			mem[f.k] = x;
			break;
		case BPF_MISC:
			if (f.code & BPF_TXA)
				a = x;
			else
				x = a;
			break;
		case BPF_JMP:
			if ((f.code & 0xf0) == BPF_JA) {
				pc += f.k;
				break;
			}
			taken = (f.code & 0xf0) == BPF_JEQ   ? a == b
				: (f.code & 0xf0) == BPF_JGT ? a > b
				: (f.code & 0xf0) == BPF_JGE ? a >= b
							     : a & b;
			pc += taken ? f.jt : f.jf;
			break;
		case BPF_ALU:
			if ((f.code & 0xf0) == BPF_DIV && !b)
				return n;
			a = (f.code & 0xf0) == BPF_AND	 ? a & b
			    : (f.code & 0xf0) == BPF_ADD ? a + b
			    : (f.code & 0xf0) == BPF_DIV ? a / b
			    : (f.code & 0xf0) == BPF_RSH ? a >> b
							 : ~a + 1;
			break;
		}
	}
}

static struct ask_call of(const struct seccomp_data *d, unsigned known)
{
	struct ask_call call = { .arch = d->arch, .nr = d->nr };

	for (unsigned i = 0; i < PROFILE_ARGS; i++) {
		call.known[i] = known >> i & 1;
		call.args[i] = d->args[i];
	}
	return call;
}

/* With all, some or none of the arguments known. */
static void holds(const struct filter *bpf, const struct seccomp_data *d)
{
	static const unsigned known[] = { 0, 1, 2, 5, 63 };
	const unsigned n = counted(bpf, d);
	struct ask_call call;
	struct cost c;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		call = of(d, known[i]);
		cost_of(bpf, &call, &c);
		assert_in_range(n, c.least, c.most);
	}
	assert_int_equal(c.least, c.most);
}

static void each_call(const struct filter *bpf)
{
	static const uint64_t values[] = { 0, 1, 128, 0x5412, UINT64_MAX };
	static const uint32_t arches[] = { X86_64, AUDIT_ARCH_I386, 0 };

	for (size_t k = 0; k < 3; k++)
		for (int nr = -1; nr < 480; nr++)
			for (size_t i = 0; i < 5; i++) {
				struct seccomp_data d = { .nr = nr,
					.arch = arches[k] };

				for (unsigned arg = 0; arg < PROFILE_ARGS;
					arg++)
					d.args[arg] = values[(i + arg) % 5];
				d.nr |= i == 1 ? 0x40000000 : 0;
				holds(bpf, &d);
			}
}

static void as_counted(void **state)
{
	static const char *const names[] = { "four", "futex-wait-wake",
		"deny-tiocsti-masked", "openat-cwd-64", "no-clone3",
		"four-shadowed" };
	static struct filter bpf;
	struct profile_error err;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct profile *p =
			profile_load("harness/profiles", names[i], &err);

		assert_non_null(p);
		assert_int_equal(profile_build(p, X86_64, &bpf, &err), 0);
		each_call(&bpf);
		profile_free(p);
	}
}

static struct filter raw(const struct sock_filter *insns, size_t n)
{
	static struct filter bpf;

	bpf.mode = FILTER_BPF;
	bpf.ninsns = n;
	memcpy(bpf.insns, insns, n * sizeof(*insns));
	return bpf;
}
#define RAW(insns) raw(insns, sizeof(insns) / sizeof(*(insns)))

#define NR	   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0)
#define ARCH	   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 4)
#define ARG	   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16)
#define PASS	   BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define STOP	   BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* Registers, memory, arithmetic, divisions. */
static void other_instructions(void **state)
{
	static const struct sock_filter all[] = {
		ARG,
		BPF_STMT(BPF_ST, 3),
		BPF_STMT(BPF_LDX | BPF_IMM, 2),
		BPF_STMT(BPF_ALU | BPF_DIV | BPF_X, 0),
		BPF_STMT(BPF_MISC | BPF_TAX, 0),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 4, 0, 2),
		BPF_STMT(BPF_LDX | BPF_MEM, 3),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
		BPF_STMT(BPF_ALU | BPF_NEG, 0),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 4, 1, 0),
		BPF_STMT(BPF_ALU | BPF_DIV | BPF_X, 0),
		BPF_STMT(BPF_MISC | BPF_TXA, 0),
		BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
		BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
		STOP,
		PASS,
	};
	const struct filter bpf = RAW(all);

	(void)state;
	for (uint64_t i = 0; i < 64; i++) {
		struct seccomp_data d = { .nr = 1, .arch = X86_64 };

		d.args[0] = i;
		holds(&bpf, &d);
	}
}

/* Both ends are there: each is some call's. */
static void no_wider_than_it_is(void **state)
{
	static const struct sock_filter two[] = {
		NR,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, 0, 4),
		ARG,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 7, 0, 1),
		PASS,
		STOP,
		PASS,
	};
	const struct filter bpf = RAW(two);
	struct ask_call call = { .arch = X86_64, .nr = 5 };
	struct cost c;

	(void)state;
	cost_of(&bpf, &call, &c);
	assert_int_equal(c.least, 5);
	assert_int_equal(c.most, 5);
	call.nr = 6;
	cost_of(&bpf, &call, &c);
	assert_int_equal(c.most, 3);
	assert_true(c.cached);
}

/* The rows of kernel/seccomp.c. */
static void the_bitmap(void **state)
{
	static const struct sock_filter masked[] = { NR,
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 1),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 1, 0, 1), PASS, STOP };
	static const struct sock_filter arch[] = { ARCH,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, X86_64, 0, 1), PASS, STOP };
	static const struct sock_filter arg[] = { ARG, PASS };
	static const struct sock_filter pointer[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 8), PASS
	};
	static const struct sock_filter log[] = { BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_LOG) };
	static const struct sock_filter data[] = { BPF_STMT(
		BPF_RET | BPF_K, SECCOMP_RET_ALLOW | 1) };
	static const struct sock_filter value[] = {
		BPF_STMT(BPF_LD | BPF_IMM, 1), PASS
	};
	static const struct sock_filter added[] = { NR,
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1), PASS };
	static const struct sock_filter jump[] = {
		BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0), ARG, PASS
	};
	static const struct sock_filter with_x[] = { NR,
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 0), PASS };
	static const struct sock_filter returned[] = { NR,
		BPF_STMT(BPF_RET | BPF_A, 0) };

	(void)state;
#define CACHED(insns, arch, nr)                                                \
	({                                                                     \
		const struct filter bpf = RAW(insns);                          \
		cost_is_cached(&bpf, arch, nr);                                \
	})
	assert_true(CACHED(masked, X86_64, 3));
	assert_false(CACHED(masked, X86_64, 2));
	assert_true(CACHED(arch, X86_64, 0));
	assert_false(CACHED(arch, AUDIT_ARCH_I386, 0));
	assert_true(CACHED(jump, X86_64, 0));
	assert_true(CACHED(jump, AUDIT_ARCH_I386, 0));
	assert_false(CACHED(jump, X86_64, 0x40000000)); /* no bits for x32 */
	assert_false(CACHED(jump, X86_64, -1));
	assert_false(CACHED(jump, X86_64, 4000));
	assert_false(CACHED(arg, X86_64, 0));
	assert_false(CACHED(pointer, X86_64, 0));
	assert_false(CACHED(log, X86_64, 0));
	assert_false(CACHED(data, X86_64, 0));
	assert_false(CACHED(value, X86_64, 0));
	assert_false(CACHED(added, X86_64, 0));
	assert_false(CACHED(with_x, X86_64, 0));
	assert_false(CACHED(returned, X86_64, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_counted),
		cmocka_unit_test(other_instructions),
		cmocka_unit_test(no_wider_than_it_is),
		cmocka_unit_test(the_bitmap),
	};

	seccomp_api_set(6);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
