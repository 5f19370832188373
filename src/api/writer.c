#include <stdlib.h>
#include <string.h>

#include "api/internal.h"
#include "dingjia.h"
#include "report/writer.h"

struct dingjia_writer {
    struct report_writer writer;
};

int dingjia_format_find(const char *name, enum dingjia_format *format)
{
    const struct report_format *row;

    for (size_t i = 0; (row = report_format_at(i)) != NULL; i++) {
        if (strcmp(row->name, name) == 0) {
            *format = (enum dingjia_format)i;
            return 0;
        }
    }
    return -1;
}

int dingjia_writer_new(FILE *out, const struct dingjia_writer_options *options,
                       struct dingjia_writer **writer, struct error *err)
{
    const struct report_format *format = report_format_at((size_t)options->format);
    struct report_options wanted = {
        .language = options->language,
        .colour = options->colour,
        .verbose = options->verbose,
        .quiet = options->quiet,
        .subject = options->subject == DINGJIA_RECORDS ? REPORT_RECORDS : REPORT_CERTIFICATES,
    };
    int result;

    *writer = NULL;
    if (format == NULL)
        return (int)error_set(err, ERROR_USAGE, "没有编号为 %d 的输出格式",
                              "there is no output format number %d", (int)options->format);
    *writer = calloc(1, sizeof(**writer));
    if (*writer == NULL)
        return (int)error_memory(err);
    result = report_writer_begin(&(*writer)->writer, format, out, &wanted, err);
    if (result != 0) {
        free(*writer);
        *writer = NULL;
    }
    return result;
}

int dingjia_writer_report(struct dingjia_writer *writer, const char *source,
                          const struct dingjia_report *report, struct error *err)
{
    struct report_record record = {
        .source = source,
        .record_id = record_id(report->record),
        .sha256 = record_digest_octets(report->record, DIGEST_SHA256),
        .sm3 = record_digest_octets(report->record, DIGEST_SM3),
        .canonical_sha256 = record_digest_canonical(report->record, DIGEST_SHA256),
        .evidence_compared = report->evidence_compared,
        .judgement = report->judgement,
    };

    return report_writer_record(&writer->writer, &record, err);
}

int dingjia_writer_verification(struct dingjia_writer *writer, const char *source,
                                const struct dingjia_verification *verification, struct error *err)
{
    return report_writer_certificate(&writer->writer, source, &verification->result, err);
}

int dingjia_writer_failure(struct dingjia_writer *writer, const char *source,
                           const struct error *failure, struct error *err)
{
    return report_writer_failure(&writer->writer, source, failure, err);
}

int dingjia_writer_finish(struct dingjia_writer *writer, struct error *err)
{
    return report_writer_finish(&writer->writer, err);
}

void dingjia_writer_free(struct dingjia_writer *writer)
{
    free(writer);
}
