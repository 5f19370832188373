#ifndef DINGJIA_CLI_SESSION_H
#define DINGJIA_CLI_SESSION_H

#include <stdint.h>

#include "base/buffer.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "dingjia.h"

/* What check, certify and verify share: the loaded packs, the document of results being written,
 * and the gravest exit status so far. */
struct session {
    const struct options *options;
    enum language language;
    int64_t at;
    enum dingjia_format format;
    struct dingjia *dingjia;
    struct dingjia_writer *writer;
    int status;
    bool broken; /* the results cannot be written any more: stop */
};

/* Opens everything; results go to `out`. 0, or the exit status after saying what is wrong. */
int session_open(struct session *session, const struct options *options, const char *command,
                 enum dingjia_subject subject, FILE *out);

/* Reads one file whole, of at most `maximum` octets. `octets` is freed by the caller. */
int session_read(const char *path, size_t maximum, struct buffer *octets,
                 struct dingjia_input *input, struct error *err);

/* The results, one by one; each also counts for the exit status. */
void session_report(struct session *session, const char *source,
                    const struct dingjia_report *report);
void session_verification(struct session *session, const char *source,
                          const struct dingjia_verification *verification);
void session_failure(struct session *session, const char *source, const struct error *failure);

/* "12/300" on standard error where someone is watching it and the results go elsewhere. */
void session_progress(const struct session *session, size_t done, size_t total);

/* The folder of evidence of one record, NULL without --evidence; free() it. -1 out of memory. */
int session_evidence(const struct session *session, const struct inputs *inputs,
                     const struct input *input, char **folder, struct error *err);

/* Ends the document of results and gives the exit status. */
int session_close(struct session *session);

#endif
