#ifndef DINGJIA_CLI_COMMAND_H
#define DINGJIA_CLI_COMMAND_H

#include <stddef.h>

#include "base/error.h"
#include "base/language.h"
#include "cli/options.h"

/* One command of the program: how it is written, what its help page teaches, and its function,
 * which returns the exit status. */
struct command {
    const char *name;
    struct bilingual arguments; /* "PATH…" */
    struct bilingual summary;
    struct bilingual details;
    const enum option_id *options; /* ends with OPTION_COUNT */
    const char *const *examples;   /* pairs of zh and en, NULL-terminated */
    int (*run)(const struct options *options);
};

extern const struct command command_check;
extern const struct command command_certify;
extern const struct command command_verify;
extern const struct command command_augment;
extern const struct command command_countersign;
extern const struct command command_key;
extern const struct command command_help;
extern const struct command command_version;

/* Commands in the order help lists them; NULL past the last. */
const struct command *command_at(size_t index);
const struct command *command_find(const char *name);

/* Reports an unknown command, with the nearest known one; returns 64. */
int command_unknown(const char *name, enum language language);

/* The help page of one command, or of the program; returns the exit status. */
int help_command(const struct command *command, enum language language);
int help_program(enum language language);

#endif
