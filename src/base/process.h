#ifndef DINGJIA_BASE_PROCESS_H
#define DINGJIA_BASE_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* One run of another program. */
struct process_plan {
    char *const *arguments; /* ends with NULL; the first is the path of the program */
    const void *input;      /* its standard input */
    size_t input_length;
    size_t output_maximum; /* of its standard output; a program that writes more is ended */
    unsigned seconds;      /* a program that takes longer is ended */
};

/* How it went. */
struct process_result {
    struct buffer output; /* at most output_maximum octets */
    struct buffer errors; /* the beginning of its standard error */
    int status;           /* exit status; -1 when a signal ended it */
    bool late;            /* ended by us: out of time */
    bool loud;            /* ended by us: too much output */
};

/* Runs a program without a shell, in an environment of PATH, HOME and LANG, and waits for it. It
 * keeps the terminal, since it may ask there for a PIN; other files of ours it does not get. 0
 * whenever it was started; ERROR_CONFIG when it cannot be. */
int process_run(const struct process_plan *plan, struct process_result *result, struct error *err);
void process_free(struct process_result *result);

#endif
