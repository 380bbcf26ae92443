/* SPDX-License-Identifier: MIT */
/* convert.c: `quartet convert`: a profile in another form. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "profile/from_bpf.h"
#include "profile/profile.h"
#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/embed.h"
#include "sys/failure.h"

EMBED(help, "harness/cmd/convert.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ 0 },
};

enum format { OCI, DOCKER, MINIJAIL, SYSTEMD, C, C_RAW, BPF, NFORMATS };

static const char *const formats[NFORMATS] = {
	[OCI] = "oci",
	[DOCKER] = "docker",
	[MINIJAIL] = "minijail",
	[SYSTEMD] = "systemd",
	[C] = "c",
	[C_RAW] = "c-raw",
	[BPF] = "bpf",
};

static int write_as(enum format format, const struct profile *p, uint32_t arch,
	FILE *to, struct profile_error *err)
{
	switch (format) {
	case OCI:
		return profile_write_oci(p, to, err);
	case DOCKER:
		return profile_write_docker(p, to, err);
	case MINIJAIL:
		return profile_write_policy(p, arch, to, err);
	case SYSTEMD:
		return profile_write_systemd(p, arch, to, err);
	case C:
		return profile_write_c(p, arch, to, err);
	case C_RAW:
		return profile_write_raw(p, to, err);
	default:
		return profile_write_bpf(p, arch, to, err);
	}
}

/* What reads JSON leaves rules out for itself: those forms keep them. */
static struct profile *load(enum format format, const char *dir,
	const char *name, struct profile_error *err)
{
	return format == OCI || format == DOCKER
		       ? profile_load_whole(dir, name, err)
		       : profile_load(dir, name, err);
}

/* A filter without rules is written by what it does, but where it is an array
 * anyway. Whether that is the same is checked of the text. */
static struct profile *with_rules(
	enum format format, struct profile *p, struct profile_error *err)
{
	struct profile *made;

	if (!p || !p->ninsns || format == C_RAW || format == BPF)
		return p;
	made = calloc(1, sizeof(*made));
	if (made && profile_from_bpf(p, made, err)) {
		profile_free(made);
		made = NULL;
	}
	profile_free(p);
	return made;
}

/* Reads back what was written, TEXT. */
static int check(const char *dir, const char *name, uint32_t arch,
	const char *text, size_t size, struct profile_error *err)
{
	struct profile *asked;
	int ret;

	asked = profile_load(dir, name, err);
	if (!asked)
		return -1;
	ret = profile_check_written(asked, arch, text, size, err);
	profile_free(asked);
	return ret;
}

/* What was written goes out whole, or not at all. */
static int write_checked(enum format format, const char *dir, const char *name,
	uint32_t arch, struct profile_error *err)
{
	struct profile *p =
		with_rules(format, load(format, dir, name, err), err);
	char *text = NULL;
	size_t size = 0;
	FILE *to = p ? open_memstream(&text, &size) : NULL;
	int ret = to ? write_as(format, p, arch, to, err) : -1;

	if (p && !to)
		snprintf(err->text, sizeof(err->text), "%s: out of memory",
			name);
	if (to)
		fclose(to);
	if (!ret)
		ret = check(dir, name, arch, text, size, err);
	if (!ret && (fwrite(text, 1, size, stdout) != size || fflush(stdout)))
		ret = cmd_say("convert", EXIT_SYSTEM, "standard output",
			strerror(errno));
	else if (ret)
		ret = EXIT_USAGE;
	free(text);
	profile_free(p);
	return ret;
}

static int convert(const char *name, enum format format, uint32_t arch)
{
	struct profile_error err = { "" };
	char dir[256];
	int ret;

	ret = profile_shipped(dir, sizeof(dir));
	if (ret)
		return cmd_say_beside("convert", ret);
	ret = write_checked(format, dir, name, arch, &err);
	if (ret == EXIT_USAGE)
		failure_say("%s", err.text);
	return ret;
}

int cmd_convert(int argc, char **argv)
{
	uint32_t arch = ARCH_NATIVE;
	unsigned format = 0;
	int c;

	while ((c = getopt_long(argc, argv, "ha:I:t:", long_options, NULL)) !=
		-1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'I':
		case 't':
			if (options_profile(c, optarg))
				return EXIT_USAGE;
			break;
		case 'a':
			arch = calls_arch(optarg);
			if (arch != ARCH_NATIVE && arch != ARCH_COMPAT)
				return cmd_say("convert", EXIT_USAGE, optarg,
					"expected x86_64 or x86");
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 2 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	while (format < NFORMATS &&
		strcmp(formats[format], argv[optind + 1]) != 0)
		format++;
	if (format == NFORMATS)
		return cmd_say("convert", EXIT_USAGE, argv[optind + 1],
			"expected oci, docker, minijail, systemd, c, c-raw or "
			"bpf");
	return convert(argv[optind], format, arch);
}
