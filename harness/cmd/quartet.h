/* SPDX-License-Identifier: MIT */
/* quartet.h: the verbs, and the exit codes that all of them keep. */
#ifndef CMD_QUARTET_H
#define CMD_QUARTET_H

enum {
	EXIT_AS_DECLARED = 0, /* or: nothing found */
	EXIT_DIFFERS = 1,     /* some cell differs, or a finding exists */
	EXIT_BROKEN = 2,      /* broken or missing evidence */
	EXIT_USAGE = 100,
	EXIT_SYSTEM = 111,
};

/* argv[0] is the verb. Each returns an exit code. */
int cmd_run(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_exec(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_fuzz(int argc, char **argv);
int cmd_replay(int argc, char **argv);
int cmd_minimize(int argc, char **argv);
int cmd_learn(int argc, char **argv);
int cmd_surface(int argc, char **argv);
int cmd_lint(int argc, char **argv);
int cmd_ask(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_disasm(int argc, char **argv);
int cmd_dump(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_guest(int argc, char **argv);
int cmd_convert(int argc, char **argv);
int cmd_check(int argc, char **argv);

#endif
