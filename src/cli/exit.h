#ifndef DINGJIA_CLI_EXIT_H
#define DINGJIA_CLI_EXIT_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/language.h"

/* One exit status and what it tells a script. */
struct exit_status {
    int status;
    struct bilingual meaning;
};

/* Every exit status of the program, in rising order; NULL past the last. The same table makes
 * --help, and a test compares the man page with it. */
const struct exit_status *exit_status_at(size_t index);

/* The graver of two statuses: 70, 78, 74, 66, 65, 64, 3, 1, 4, 2, 0. */
int exit_gravest(int a, int b);

/* Writes "dingjia: source:line: message" to standard error and returns the exit status. */
int exit_with_error(const struct error *err, enum language language);

/* The same for a mistake in the command line, with a hint where to read on (`command` may be "").
 * Returns 64. */
int exit_with_usage(const struct error *err, const char *command, enum language language);

/* Standard output has taken everything: 0; otherwise says so and returns 74. */
int exit_after_flush(enum language language);

#endif
