/* SPDX-License-Identifier: MIT */
/* convert.c: `quartet convert`: a profile in another form. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "sys/arch.h"
#include "sys/calls.h"
#include "profile/profile.h"
#include "cmd/failed.h"
#include "cmd/quartet.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/convert.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ 0 },
};

enum format { OCI, DOCKER, MINIJAIL, SYSTEMD, C, BPF, NFORMATS };

static const char *const formats[NFORMATS] = {
	[OCI] = "oci",
	[DOCKER] = "docker",
	[MINIJAIL] = "minijail",
	[SYSTEMD] = "systemd",
	[C] = "c",
	[BPF] = "bpf",
};

static int write_as(enum format format, const struct profile *p, uint32_t arch,
	struct profile_error *err)
{
	switch (format) {
	case OCI:
		return profile_write_oci(p, stdout, err);
	case DOCKER:
		return profile_write_docker(p, stdout, err);
	case MINIJAIL:
		return profile_write_policy(p, arch, stdout, err);
	case SYSTEMD:
		return profile_write_systemd(p, arch, stdout, err);
	case C:
		return profile_write_c(p, arch, stdout, err);
	default:
		return profile_write_bpf(p, arch, stdout, err);
	}
}

static int convert(const char *name, enum format format, uint32_t arch)
{
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret;

	if (profile_shipped(dir, sizeof(dir))) {
		fprintf(stderr,
			"quartet: convert: /proc/self/exe: not readable\n");
		return EXIT_SYSTEM;
	}
	p = profile_load_whole(dir, name, &err);
	ret = p ? write_as(format, p, arch, &err) : -1;
	if (ret)
		fprintf(stderr, "quartet: %s\n", err.text);
	profile_free(p);
	if (ret && ferror(stdout))
		return EXIT_SYSTEM;
	return ret ? EXIT_USAGE : 0;
}

int cmd_convert(int argc, char **argv)
{
	uint32_t arch = ARCH_NATIVE;
	unsigned format = 0;
	int c;

	while ((c = getopt_long(argc, argv, "ha:", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
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
			"expected oci, docker, minijail, systemd, c or bpf");
	return convert(argv[optind], format, arch);
}
