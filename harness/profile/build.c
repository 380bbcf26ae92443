/* SPDX-License-Identifier: MIT */
/* build.c: a parsed profile to BPF, by libseccomp. */
#include <errno.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "profile/profile.h"
#include "profile/rules.h"

#define MAX_RULES 8192 /* different ones: each is an instruction or two */

/* libseccomp begins with the architecture that it runs on. */
static int set_arches(
	scmp_filter_ctx ctx, const struct profile *p, uint32_t arch)
{
	const uint32_t *arches = p->narches ? p->arches : &arch;
	unsigned n = p->narches ? p->narches : 1;
	bool native = false;
	int ret = 0;

	for (unsigned i = 0; i < n && !ret; i++) {
		native = native || arches[i] == seccomp_arch_native();
		ret = seccomp_arch_add(ctx, arches[i]);
		if (ret == -EEXIST)
			ret = 0;
	}
	if (!ret && !native)
		ret = seccomp_arch_remove(ctx, seccomp_arch_native());
	return ret;
}

/*
 * libseccomp takes a number that it has no name for, for the architecture that
 * it runs on, when the filter is for no other. -1: there is none.
 */
static int number_alone(
	const struct profile *p, const char *name, uint32_t arch)
{
	if (p->narches > 1)
		return -1;
	if (p->narches)
		arch = p->arches[0];
	return arch == seccomp_arch_native() ? profile_number(arch, name) : -1;
}

static int fail_rule(const struct profile *p, const struct profile_rule *rule,
	int ret, struct profile_error *err)
{
	const struct scmp_version *v = seccomp_version();
	char why[128];

	snprintf(why, sizeof(why), "libseccomp does not take the rule: %s",
		strerror(-ret));
	if (ret == -ENOENT)
		snprintf(why, sizeof(why),
			"libseccomp %u.%u.%u has no such name, and takes no "
			"number for %s",
			v->major, v->minor, v->micro,
			p->narches > 1 ? "several architectures" : "it");
	profile_refuse_rule(p, rule, why, err);
	return ret;
}

static int add_rule(scmp_filter_ctx ctx, const struct profile *p,
	const struct profile_rule *rule, uint32_t arch,
	struct profile_error *err)
{
	int nr = seccomp_syscall_resolve_name(rule->name), ret = -ENOENT;

	if (nr == __NR_SCMP_ERROR)
		nr = number_alone(p, rule->name, arch);
	if (nr != -1)
		ret = seccomp_rule_add_array(
			ctx, rule->action, nr, rule->nargs, rule->args);
	if (!ret && rule->priority)
		ret = seccomp_syscall_priority(ctx, nr, rule->priority);
	return ret ? fail_rule(p, rule, ret, err) : 0;
}

/* Of one architecture, where the rules are as P->exact has them. */
static bool is_here(const struct profile *p, size_t index)
{
	return !p->exact || p->narches != 1 ||
	       seccomp_syscall_resolve_name_arch(
		       p->arches[0], p->rules[index].name) >= 0 ||
	       number_alone(p, p->rules[index].name, 0) >= 0;
}

/* libseccomp refuses a rule that says what holds anyway. */
static bool is_needed(
	const struct profile *p, size_t index, struct profile_once *once)
{
	return is_here(p, index) &&
	       p->rules[index].action != p->default_action &&
	       profile_once(once, index);
}

/* The kernel's limit, found before libseccomp has spent minutes on it. */
static int check_number(const struct profile *p, struct profile_error *err)
{
	struct profile_once *once = profile_once_new(p);
	const struct profile_place none = { 0 };
	size_t n = 0;

	for (size_t i = 0; once && i < p->nrules; i++)
		n += is_needed(p, i, once);
	free(once);
	if (n <= MAX_RULES)
		return 0;
	profile_refuse(p, none, NULL,
		"more than 8192 different rules: the kernel takes filters of "
		"4096 instructions",
		err);
	return -E2BIG;
}

static int add_rules(scmp_filter_ctx ctx, const struct profile *p,
	uint32_t arch, bool bare, struct profile_error *err)
{
	struct profile_once *once = profile_once_new(p);
	int ret = once ? check_number(p, err) : -ENOMEM;

	for (size_t i = 0; !ret && i < p->nrules; i++)
		if (is_needed(p, i, once) && !(bare && p->rules[i].nargs))
			ret = add_rule(ctx, p, &p->rules[i], arch, err);
	free(once);
	return ret;
}

static int export_bpf(scmp_filter_ctx ctx, struct filter *out)
{
	int fd = memfd_create("quartet-bpf", MFD_CLOEXEC);
	int ret = fd < 0 ? -errno : seccomp_export_bpf(ctx, fd);
	off_t size = ret ? 0 : lseek(fd, 0, SEEK_END);
	ssize_t n;

	if (!ret && size > (off_t)sizeof(out->insns))
		ret = -E2BIG;
	if (!ret) {
		n = pread(fd, out->insns, sizeof(out->insns), 0);
		ret = n == size ? 0 : -EIO;
		out->ninsns = (size_t)size / sizeof(*out->insns);
	}
	if (fd >= 0)
		close(fd);
	return ret;
}

/* Puts in front: with the x32 bit, a number of ARCH meets ACTION. */
static int add_x32(struct filter *out, uint32_t arch, uint32_t action)
{
	const struct sock_filter head[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, ARCH_X32_BIT, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
	};
	const size_t n = sizeof(head) / sizeof(*head);

	if (out->ninsns > BPF_MAXINSNS - n)
		return -E2BIG;
	memmove(out->insns + n, out->insns, out->ninsns * sizeof(*out->insns));
	memcpy(out->insns, head, sizeof(head));
	out->ninsns += n;
	return 0;
}

/* CTX, which is new, of P. */
static int fill(scmp_filter_ctx ctx, const struct profile *p, uint32_t arch,
	bool bare, struct profile_error *err)
{
	int ret = set_arches(ctx, p, arch);

	if (!ret && p->foreign != SCMP_ACT_KILL_THREAD)
		ret = seccomp_attr_set(
			ctx, SCMP_FLTATR_ACT_BADARCH, p->foreign);
	if (!ret && p->tree)
		ret = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (!ret)
		ret = add_rules(ctx, p, arch, bare, err);
	return ret;
}

/* Each architecture by itself, all of them merged in CTX. */
static int fill_exact(scmp_filter_ctx ctx, const struct profile *p,
	uint32_t arch, bool bare, struct profile_error *err)
{
	struct profile one = *p;
	int ret = 0;

	one.narches = 1;
	for (unsigned i = 0; i < p->narches && !ret; i++) {
		scmp_filter_ctx c = i ? seccomp_init(p->default_action) : ctx;

		one.arches[0] = p->arches[i];
		ret = c ? fill(c, &one, arch, bare, err) : -ENOMEM;
		if (!ret && i)
			ret = seccomp_merge(ctx, c);
		if (ret && c && c != ctx)
			seccomp_release(c);
	}
	return ret;
}

static int build_all(const struct profile *p, uint32_t arch, bool bare,
	struct filter *out, struct profile_error *err)
{
	scmp_filter_ctx ctx;
	int ret;

	*out = (struct filter){ .mode = p->mode, .flags = p->flags };
	if (p->mode != FILTER_BPF)
		return 0;
	if (p->ninsns) {
		out->ninsns = p->ninsns;
		memcpy(out->insns, p->insns, p->ninsns * sizeof(*p->insns));
		return 0;
	}
	ctx = seccomp_init(p->default_action);
	err->text[0] = '\0';
	/* It asks the kernel whether there is such an action (system.c). */
	if (!ctx)
		snprintf(err->text, sizeof(err->text),
			"%s: libseccomp takes no such default action: this "
			"kernel has it not, or memory is short",
			p->where);
	ret = ctx ? (p->exact && p->narches > 1 ? fill_exact : fill)(
			    ctx, p, arch, bare, err)
		  : -EOPNOTSUPP;
	if (!ret)
		ret = export_bpf(ctx, out);
	if (!ret && p->x32_default && p->default_action != p->foreign &&
		ARCH_HAS_X32(p->narches ? p->arches[0] : arch))
		ret = add_x32(out, p->narches ? p->arches[0] : arch,
			p->default_action);
	if (ret)
		err->system = profile_error_is_system(-ret);
	if (ret && !err->text[0])
		snprintf(err->text, sizeof(err->text),
			"%s: libseccomp does not build it: %s", p->where,
			ret == -E2BIG ? "the kernel takes filters of 4096 "
					"instructions"
				      : strerror(-ret));
	if (ctx)
		seccomp_release(ctx);
	return ret ? -1 : 0;
}

/* libseccomp takes errnos below the kernel's highest. Another one, which the
 * profile has not, stands for that until it is built. */
#define ERRNO_LAST SCMP_ACT_ERRNO(4095)

static uint32_t stand_in(const struct profile *p)
{
	bool used[4096] = { false };
	uint32_t other = 4094;

	for (size_t i = 0; i < p->nrules; i++)
		if ((p->rules[i].action & 0xffff0000) == SCMP_ACT_ERRNO(0))
			used[p->rules[i].action & 4095] = true;
	if ((p->default_action & 0xffff0000) == SCMP_ACT_ERRNO(0))
		used[p->default_action & 4095] = true;
	while (other && used[other])
		other--;
	return SCMP_ACT_ERRNO(other);
}

static bool has_last_errno(const struct profile *p)
{
	bool has = p->default_action == ERRNO_LAST;

	for (size_t i = 0; i < p->nrules && !has; i++)
		has = p->rules[i].action == ERRNO_LAST;
	return has;
}

/* Of P, with its rules copied to RULES. */
static int build_stand_in(const struct profile *p, struct profile_rule *rules,
	uint32_t arch, bool bare, struct filter *out, struct profile_error *err)
{
	const uint32_t other = stand_in(p);
	struct profile q = *p;

	q.rules = rules;
	if (q.default_action == ERRNO_LAST)
		q.default_action = other;
	for (size_t i = 0; i < q.nrules; i++)
		if (rules[i].action == ERRNO_LAST)
			rules[i].action = other;
	if (build_all(&q, arch, bare, out, err))
		return -1;
	for (size_t i = 0; i < out->ninsns; i++)
		if (out->insns[i].code == (BPF_RET | BPF_K) &&
			out->insns[i].k == other)
			out->insns[i].k = ERRNO_LAST;
	return 0;
}

int profile_build_plain(const struct profile *p, uint32_t arch, bool bare,
	struct filter *out, struct profile_error *err)
{
	const size_t size = p->nrules * sizeof(*p->rules);
	struct profile_rule *rules;
	int ret;

	if (!has_last_errno(p))
		return build_all(p, arch, bare, out, err);
	rules = malloc(size + 1);
	if (!rules)
		return profile_refuse(p, (struct profile_place){ 0 }, NULL,
			"out of memory", err);
	if (size)
		memcpy(rules, p->rules, size);
	ret = build_stand_in(p, rules, arch, bare, out, err);
	free(rules);
	return ret;
}

int profile_build(const struct profile *p, uint32_t arch, struct filter *out,
	struct profile_error *err)
{
	int ret = profile_build_apart(p, arch, out, err);

	if (ret < 0 || p->mode != FILTER_BPF || p->ninsns)
		return ret;
	if (!p->plain)
		return profile_make_right(p, arch, ret, out, err);
	if (!ret)
		return 0;
	return profile_refuse(p, (struct profile_place){ 0 }, NULL,
		"libseccomp does not come to an end with it, or crashes", err);
}
