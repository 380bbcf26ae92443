/* SPDX-License-Identifier: MIT */
/* replay.c: `quartet replay`: run a futex program, and tell each step. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/failed.h"
#include "cmd/options.h"
#include "cmd/quartet.h"
#include "session/program_file.h"
#include "session/replay.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/replay.txt");

enum emitted { EMIT_NOTHING, EMIT_BINARY, EMIT_C, EMIT_PROBE };

static int emit_binary(const struct program *p)
{
	unsigned char data[PROGRAM_BINARY_MAX];
	size_t size = program_encode(p, data);

	if (fwrite(data, 1, size, stdout) == size && !fflush(stdout))
		return 0;
	return cmd_say(
		"replay", EXIT_SYSTEM, "standard output", strerror(errno));
}

static int replay(struct replay *r, const char *profile, const char *path,
	enum emitted what)
{
	static const int codes[] = {
		[REPLAY_AS_DECLARED] = EXIT_AS_DECLARED,
		[REPLAY_DIFFERS] = EXIT_DIFFERS,
		[REPLAY_UNKNOWN] = EXIT_BROKEN,
	};
	static struct filter bpf;
	struct failure failure;
	int ret = program_file_load(path, &r->p, &failure);

	if (!ret && what == EMIT_BINARY)
		return emit_binary(&r->p);
	if (!ret)
		ret = program_file_profile(profile, &bpf, &failure);
	if (!ret)
		ret = replay_run(r, &bpf, &failure);
	if (ret)
		return cmd_failed("replay", &failure);
	if (what == EMIT_NOTHING)
		return codes[replay_tell(r, stdout)];
	replay_emit(
		r, &bpf, profile, what == EMIT_C ? emit_c : emit_probe, stdout);
	return 0;
}

/* One after the other, each under its name: what the worst of them is. */
static int replay_all(struct replay *r, const char *profile, char **paths)
{
	const struct replay empty = { .times = r->times };
	int worst = EXIT_AS_DECLARED;

	for (; *paths; paths++) {
		int ret;

		printf("== %s\n", *paths);
		*r = empty;
		ret = replay(r, profile, *paths, EMIT_NOTHING);
		fflush(stdout);
		worst = ret > worst ? ret : worst;
	}
	return worst;
}

static int print_oracles(void)
{
	puts("| oracle | the promise |\n|---|---|");
	for (int i = 0; i < ORACLES; i++)
		printf("| %s | %s |\n", oracles[i].name, oracles[i].promise);
	return 0;
}

int cmd_replay(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "oracles", no_argument, NULL, 'o' },
		{ "emit-c", no_argument, NULL, 'c' },
		{ "emit-probe", no_argument, NULL, 'e' },
		{ "emit-binary", no_argument, NULL, 'b' },
		{ 0 },
	};
	static struct replay r;
	const char *profile = "four";
	enum emitted what = EMIT_NOTHING;
	long n;
	int c;

	memset(&r, 0, sizeof(r));
	r.times = REPLAY_TIMES;
	while ((c = getopt_long(argc, argv, "hn:p:", options, NULL)) != -1) {
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'o':
			return print_oracles();
		case 'c':
			what = EMIT_C;
			break;
		case 'b':
			what = EMIT_BINARY;
			break;
		case 'e':
			what = EMIT_PROBE;
			break;
		case 'n':
			n = options_number("-n", optarg, 1, 1000000000);
			if (n < 0)
				return EXIT_USAGE;
			r.times = (int)n;
			break;
		case 'p':
			profile = optarg;
			break;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind + 1 < argc && what == EMIT_NOTHING)
		return replay_all(&r, profile, argv + optind);
	if (optind + 1 != argc) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return replay(&r, profile, argv[optind], what);
}
