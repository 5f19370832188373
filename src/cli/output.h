#ifndef DINGJIA_CLI_OUTPUT_H
#define DINGJIA_CLI_OUTPUT_H

#include <stddef.h>

#include "base/error.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "dingjia.h"

/* Where the certificates of a run go: one file (or "-", standard output), or a folder. */
struct outputs {
    const struct options *options;
    char **targets; /* one for each input */
    size_t count;
    const char *folder; /* of several certificates; NULL for one */
};

/* Chooses by -o; in a folder a certificate is named like its input, with this ending. ERROR_USAGE
 * when that cannot be, or when two would become one file. */
int outputs_choose(const struct options *options, const struct inputs *inputs, const char *ending,
                   struct outputs *out, struct error *err);
void outputs_free(struct outputs *outputs);

/* Refuses a target that is the input or a file named by an option: what a result is made from is
 * never replaced by it, not even with --force. */
int output_refuse_read(const struct options *options, const char *input, const char *target,
                       struct error *err);

/* Makes the folder where one is needed. */
int outputs_make_folder(const struct outputs *outputs, struct error *err);

/* Refuses a target that is the input or a file named by an option, or exists without --force. */
int outputs_check(const struct outputs *outputs, size_t index, const char *input,
                  struct error *err);

/* Writes the whole certificate or nothing; `said` goes to standard error before its name. */
int outputs_write(const struct outputs *outputs, size_t index, const struct dingjia_octets *octets,
                  struct bilingual said, struct error *err);

#endif
