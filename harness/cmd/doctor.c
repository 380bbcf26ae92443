/* SPDX-License-Identifier: MIT */
/* doctor.c: `quartet doctor`: what this machine allows. */
#include "cmd/doctor.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

#include "cmd/options.h"
#include "cmd/quartet.h"
#include "sys/embed.h"

EMBED(help, "harness/cmd/doctor.txt");

static const struct option long_options[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ 0 },
};

static const char *const works_names[] = {
	[WORKS_NOT] = "no",
	[WORKS_IN_PART] = "in part",
	[WORKS_WHOLE] = "yes",
};

static void print_machine(const struct doctor_fact *facts)
{
	puts("this machine");
	for (int i = 0; i < PARTS; i++) {
		printf("  %-16s %s %s\n", doctor_name(i),
			facts[i].lacks ? "-" : "+", facts[i].is);
		if (facts[i].todo)
			printf("  %-16s   to do: %s\n", "", facts[i].todo);
	}
}

static void print_verbs(const bool *lacks)
{
	const char *verb, *why[DOCTOR_WHYS + 1];
	enum doctor_works works;

	puts("\nwhat follows");
	for (size_t i = 0; (verb = doctor_verb(i)); i++) {
		works = doctor_judge(verb, lacks, why);
		printf("  %-16s %s\n", verb,
			works == WORKS_NOT	 ? "does not work:"
			: works == WORKS_IN_PART ? "works, but:"
						 : "works");
		for (int j = 0; why[j]; j++)
			printf("  %-16s   %s\n", "", why[j]);
	}
}

static json_t *verb_json(const char *verb, const bool *lacks)
{
	const char *why[DOCTOR_WHYS + 1];
	enum doctor_works works = doctor_judge(verb, lacks, why);
	json_t *whys = json_array();

	for (int j = 0; why[j]; j++)
		json_array_append_new(whys, json_string(why[j]));
	return json_pack("{s:s, s:s, s:o}", "name", verb, "works",
		works_names[works], "why", whys);
}

static void print_json(const struct doctor_fact *facts, const bool *lacks)
{
	json_t *machine = json_array(), *verbs = json_array(), *o;
	const char *verb;

	for (int i = 0; i < PARTS; i++)
		json_array_append_new(machine,
			json_pack("{s:s, s:b, s:s, s:s?}", "name",
				doctor_name(i), "ok", !facts[i].lacks, "is",
				facts[i].is, "todo", facts[i].todo));
	for (size_t i = 0; (verb = doctor_verb(i)); i++)
		json_array_append_new(verbs, verb_json(verb, lacks));
	o = json_pack(
		"{s:i, s:o, s:o}", "v", 1, "machine", machine, "verbs", verbs);
	json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
}

static int exit_code(const bool *lacks)
{
	const char *verb, *why[DOCTOR_WHYS + 1];

	for (size_t i = 0; (verb = doctor_verb(i)); i++)
		if (doctor_judge(verb, lacks, why) != WORKS_WHOLE)
			return EXIT_DIFFERS;
	return EXIT_AS_DECLARED;
}

int cmd_doctor(int argc, char **argv)
{
	static struct doctor_fact facts[PARTS];
	bool lacks[PARTS], json = false;
	int c;

	while ((c = getopt_long(argc, argv, "h", long_options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(help, stdout);
			return 0;
		case OPTION_JSON:
			json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	if (argc > optind) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	doctor_look(facts);
	for (int i = 0; i < PARTS; i++)
		lacks[i] = facts[i].lacks;
	if (json) {
		print_json(facts, lacks);
	} else {
		print_machine(facts);
		print_verbs(lacks);
	}
	return exit_code(lacks);
}
