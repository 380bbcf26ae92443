/* SPDX-License-Identifier: MIT */
/*
 * write_raw.c: a filter as a C header that loads it: raw_head.txt, its
 * instructions for each architecture, raw_tail.txt.
 */
#include "profile/write_raw.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile/profile.h"
#include "profile/rules.h"
#include "sys/arch.h"
#include "sys/embed.h"

EMBED(raw_head, "harness/profile/raw_head.txt");
EMBED(raw_tail, "harness/profile/raw_tail.txt");

#define BEGINS "/* A seccomp filter, and what loads it, by quartet convert"
#define FLAGS                                                                  \
	"#ifndef FILTER_RAW_H\n#define FILTER_RAW_H\n\n#define FILTER_FLAGS "
#define NATIVE "#if defined __x86_64__\n"
#define ENDS   "#endif\n"
#define NAMED                                                                  \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-._"

#define TSYNC  1u
#define LISTEN (1u << 5) /* WAIT_KILLABLE_RECV: for who listens */

/* The architectures in their order, and where there is no filter for one. */
static const struct {
	uint32_t arch;
	const char *begins, *no;
} parts[RAW_ARCHES] = {
	{ AUDIT_ARCH_X86_64, "#if defined __x86_64__\n",
		"#error \"the profile is not for x86-64\"\n" },
	{ AUDIT_ARCH_I386, "#elif defined __i386__\n",
		"#error \"the profile is not for i386\"\n" },
	{ AUDIT_ARCH_AARCH64, "#else\n",
		"#error \"the profile is not for aarch64\"\n" },
};

uint32_t raw_arch(unsigned i)
{
	return i < RAW_ARCHES ? parts[i].arch : 0;
}

bool raw_build(const struct profile *p, uint32_t arch, struct filter *out)
{
	const bool here = arch == ARCH_NATIVE || arch == ARCH_COMPAT;
	struct profile_error none;
	bool named = !p->narches && !p->ninsns;

	for (unsigned i = 0; i < p->narches; i++)
		named = named || p->arches[i] == arch;
	return (here || named) && !profile_build(p, arch, out, &none);
}

static void write_insns(const struct filter *bpf, FILE *to)
{
	for (size_t i = 0; i < bpf->ninsns; i++)
		fprintf(to, "\t\t{ 0x%02x, %u, %u, 0x%" PRIx32 " },\n",
			bpf->insns[i].code, bpf->insns[i].jt, bpf->insns[i].jf,
			bpf->insns[i].k);
}

int profile_write_raw(
	const struct profile *p, FILE *to, struct profile_error *err)
{
	static struct filter native, other;

	if (!p->ninsns && profile_check_rules(p, err))
		return -1;
	if (p->flags & LISTEN)
		return profile_refuse(p, p->of_flags,
			profile_word(WORDS_FLAGS, LISTEN),
			"is for a listener, and there is none", err);
	if (profile_build(p, ARCH_NATIVE, &native, err))
		return -1;
	fputs(BEGINS, to);
	if (strspn(p->name, NAMED) == strlen(p->name))
		fprintf(to, " %s", p->name);
	fprintf(to, ". */\n" FLAGS "0x%x\n\n%s", p->flags | TSYNC, raw_head);
	for (unsigned i = 0; i < RAW_ARCHES; i++) {
		const struct filter *f =
			parts[i].arch == ARCH_NATIVE ? &native : &other;

		fputs(parts[i].begins, to);
		if (f == &native || raw_build(p, parts[i].arch, &other))
			write_insns(f, to);
		else
			fputs(parts[i].no, to);
	}
	fprintf(to, ENDS "%s", raw_tail);
	if (!fflush(to) && !ferror(to))
		return 0;
	snprintf(err->text, sizeof(err->text), "%s: cannot write: %s", p->name,
		strerror(errno));
	return -1;
}

bool raw_is(const char *text, size_t size)
{
	return size > strlen(BEGINS) && !memcmp(text, BEGINS, strlen(BEGINS));
}

/* What stands behind WORDS at S, or NULL. */
static const char *behind(const char *s, const char *words)
{
	const size_t n = strlen(words);

	return s && !strncmp(s, words, n) ? s + n : NULL;
}

/* Instructions up to another line, which is returned; NULL: too many. */
static const char *read_insns(const char *s, struct filter *bpf)
{
	unsigned code, jt, jf;
	uint32_t k;
	int n = 0;

	for (bpf->ninsns = 0; sscanf(s, " { 0x%x, %u, %u, 0x%" SCNx32 " },%n",
				      &code, &jt, &jf, &k, &n) == 4 &&
			      n;
		n = 0) {
		if (bpf->ninsns == BPF_MAXINSNS || code > 0xffff || jt > 0xff ||
			jf > 0xff || s[n] != '\n')
			return NULL;
		bpf->insns[bpf->ninsns++] =
			(struct sock_filter){ (uint16_t)code, (uint8_t)jt,
				(uint8_t)jf, k };
		s += n + 1;
	}
	return s;
}

/* Fills each filter. False: it is not as it was written. */
static bool read_text(
	const char *s, uint32_t *flags, struct filter filters[RAW_ARCHES])
{
	int n = 0;

	s = strstr(s, "\n" FLAGS);
	if (!s || sscanf(s, "\n" FLAGS "0x%" SCNx32 "%n", flags, &n) != 1)
		return false;
	s = behind(behind(s + n, "\n\n"), raw_head);
	for (unsigned i = 0; i < RAW_ARCHES && s; i++) {
		const char *no;

		s = behind(s, parts[i].begins);
		no = behind(s, parts[i].no);
		s = no ? no : s ? read_insns(s, &filters[i]) : NULL;
	}
	s = behind(behind(s, ENDS), raw_tail);
	return s && !*s;
}

int raw_read(struct profile *p, uint32_t arch, const char *text, size_t size,
	struct profile_error *err)
{
	struct filter *f = calloc(RAW_ARCHES, sizeof(*f)), *one = f;
	char *copy = strndup(text, size);
	bool good = f && copy && strlen(copy) == size &&
		    read_text(copy, &p->flags, f);

	for (unsigned i = 0; i < RAW_ARCHES && good; i++)
		one = parts[i].arch == arch ? &f[i] : one;
	if (good && one->ninsns) {
		p->insns = malloc(one->ninsns * sizeof(*one->insns));
		good = p->insns != NULL;
	}
	if (good && one->ninsns) {
		memcpy(p->insns, one->insns, one->ninsns * sizeof(*one->insns));
		p->ninsns = one->ninsns;
	}
	if (!good)
		snprintf(err->text, sizeof(err->text),
			"%s: is not what was written", p->where);
	free(copy);
	free(f);
	return good ? 0 : -1;
}
