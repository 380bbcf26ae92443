/* SPDX-License-Identifier: MIT */
/* cmd_convert.c: `quartet convert`: a profile in another form. */
#include <getopt.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "profile.h"
#include "quartet.h"
#include "suite.h"

static const char help[] =
	"usage: quartet convert [-a ARCH] PROFILE FORMAT\n"
	"Writes PROFILE (a name, an OCI JSON file, raw BPF) to standard output "
	"as FORMAT.\nNo verdict changes; what a format has no words for is "
	"refused. Formats:\n\n"
	"  oci  JSON for runc, crun, Docker and Podman\n"
	"  c    a C function for libseccomp; flags become its attributes\n"
	"  bpf  an array of struct sock_filter, without flags\n\n"
	"  -a, --arch ARCH  bpf for programs of ARCH: x86_64 (unless told), "
	"x86\n\n"
	"Exit codes: 0 written, 100 no such profile or nothing to say it "
	"with.\n";

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "arch", required_argument, NULL, 'a' },
	{ 0 },
};

static int say_usage(const char *what, const char *why)
{
	fprintf(stderr, "quartet: convert: %s: %s\n", what, why);
	return EXIT_USAGE;
}

static int convert(const char *name, const char *format, uint32_t arch)
{
	struct profile_error err;
	struct profile *p;
	char dir[256];
	int ret;

	if (suite_profiles(dir, sizeof(dir))) {
		fprintf(stderr,
			"quartet: convert: /proc/self/exe: not readable\n");
		return EXIT_SYSTEM;
	}
	p = profile_load(dir, name, &err);
	if (!p)
		ret = -1;
	else if (!strcmp(format, "oci"))
		ret = profile_write_oci(p, stdout, &err);
	else if (!strcmp(format, "c"))
		ret = profile_write_c(p, stdout, &err);
	else
		ret = profile_write_bpf(p, arch, stdout, &err);
	if (ret)
		fprintf(stderr, "quartet: %s\n", err.text);
	profile_free(p);
	if (ret && ferror(stdout))
		return EXIT_SYSTEM;
	return ret ? EXIT_USAGE : 0;
}

int cmd_convert(int argc, char **argv)
{
	uint32_t arch = AUDIT_ARCH_X86_64;
	const char *format;
	int c;

	while ((c = getopt_long(argc, argv, "ha:", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'a':
			arch = calls_arch(optarg);
			if (arch != AUDIT_ARCH_X86_64 &&
				arch != AUDIT_ARCH_I386)
				return say_usage(
					optarg, "expected x86_64 or x86");
			break;
		default:
			return EXIT_USAGE;
		}
	if (optind + 2 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	format = argv[optind + 1];
	if (strcmp(format, "oci") && strcmp(format, "c") &&
		strcmp(format, "bpf"))
		return say_usage(format, "expected oci, c or bpf");
	return convert(argv[optind], format, arch);
}
