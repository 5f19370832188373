#ifndef DINGJIA_CLI_OPTIONS_H
#define DINGJIA_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/language.h"

/* Every option of the program; option_table.c says how each is written. */
enum option_id {
    OPTION_HELP,
    OPTION_LANG,
    OPTION_FORMAT,
    OPTION_AT,
    OPTION_EVIDENCE,
    OPTION_WITHOUT_EVIDENCE,
    OPTION_KEY,
    OPTION_CERT,
    OPTION_PASSWORD_FILE,
    OPTION_OUTPUT,
    OPTION_FORCE,
    OPTION_TRUST,
    OPTION_TSA_TRUST,
    OPTION_TSA,
    OPTION_LEVEL,
    OPTION_ROLE,
    OPTION_REVOCATION,
    OPTION_POLICY,
    OPTION_CUSTOMS,
    OPTION_SAVE_FACTS,
    OPTION_FACTS,
    OPTION_RECORD,
    OPTION_RECHECK,
    OPTION_NAME,
    OPTION_DAYS,
    OPTION_SUITE,
    OPTION_VERBOSE,
    OPTION_QUIET,
    OPTION_COUNT
};

/* One option: `argument` is empty for a flag. */
struct option_row {
    enum option_id id;
    const char *name;
    char letter; /* '\0': none */
    struct bilingual argument;
    struct bilingual help;
};

const struct option_row *option_find(enum option_id id);

/* What a command line holds. */
struct options {
    char *values[OPTION_COUNT]; /* NULL: not given; "" for a flag that is. */
    char **paths;               /* the arguments that are not options, NULL-terminated */
    size_t path_count;
    enum language language;
};

/* Reads `arguments` (argv without program and command) by the options in `allowed`, which ends
 * with OPTION_COUNT. ERROR_USAGE for anything else, with a suggestion where one is near. */
int options_parse(int count, char **arguments, const enum option_id *allowed,
                  struct options *options, struct error *err);
void options_free(struct options *options);

bool options_has(const struct options *options, enum option_id id);

/* The instant of --at, 0 when not given. ERROR_USAGE when it is none. */
int options_instant(const struct options *options, int64_t *at, struct error *err);

/* The language of the messages: --lang where one can be seen, else the locale's. */
enum language options_language(int count, char *const *arguments);

/* The name among `count` that is nearest to `word`, NULL when none is near enough to mean it. */
const char *options_nearest(const char *word, const char *const *names, size_t count);

#endif
