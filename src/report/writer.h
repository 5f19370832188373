#ifndef DINGJIA_REPORT_WRITER_H
#define DINGJIA_REPORT_WRITER_H

#include <stdio.h>

#include "base/error.h"
#include "report/print.h"
#include "report/report.h"

struct verification_result;

enum report_subject { REPORT_RECORDS, REPORT_CERTIFICATES };

struct report_options {
    enum language language;
    bool colour;
    bool verbose;
    bool quiet;
    enum report_subject subject;
};

/* A document of results while it is written. */
struct report_writer {
    const struct report_format *format;
    struct report_options options;
    struct print print;
    struct report_totals totals; /* of what has been written so far */
};

/* One way to write results. The functions return 0 or an error_code; failures of the stream are
 * looked at by the writer. Without `record` it is for certificates only. */
struct report_format {
    const char *name;
    void (*begin)(struct report_writer *writer);
    int (*record)(struct report_writer *writer, const struct report_record *record,
                  struct error *err);
    int (*certificate)(struct report_writer *writer, const char *source,
                       const struct verification_result *result, struct error *err);
    int (*failure)(struct report_writer *writer, const char *source, const struct error *failure,
                   struct error *err);
    int (*finish)(struct report_writer *writer, struct error *err);
};

extern const struct report_format report_text;
extern const struct report_format report_json;
extern const struct report_format report_ndjson;
extern const struct report_format report_html; /* certificates only */

/* The formats in the order of their numbers; NULL past the last. */
const struct report_format *report_format_at(size_t index);

/* One result after the other goes to `out`; nothing is held. ERROR_USAGE when the format is not for
 * such results. */
int report_writer_begin(struct report_writer *writer, const struct report_format *format, FILE *out,
                        const struct report_options *options, struct error *err);
int report_writer_record(struct report_writer *writer, const struct report_record *record,
                         struct error *err);
int report_writer_certificate(struct report_writer *writer, const char *source,
                              const struct verification_result *result, struct error *err);
int report_writer_failure(struct report_writer *writer, const char *source,
                          const struct error *failure, struct error *err);

/* Writes the summary; ERROR_WRITE when anything did not reach the stream, ERROR_MEMORY. */
int report_writer_finish(struct report_writer *writer, struct error *err);

#endif
