#include "report/writer.h"

#include <errno.h>
#include <string.h>

#include "base/system.h"
#include "certificate/verification.h"

static const struct report_format *const formats[] = {&report_text, &report_json, &report_ndjson,
                                                      &report_html};

const struct report_format *report_format_at(size_t index)
{
    return index < sizeof(formats) / sizeof(formats[0]) ? formats[index] : NULL;
}

/* Looked at after every result, so that a batch stops when nobody can read it any more. */
static int check_stream(struct report_writer *writer, struct error *err)
{
    struct bilingual reason;

    if (fflush(writer->print.out) == 0 && !ferror(writer->print.out))
        return 0;
    reason = system_reason(errno);
    return (int)error_set(err, ERROR_WRITE, "结果写不出去：%s%.0s",
                          "the results cannot be written: %.0s%s", reason.zh, reason.en);
}

int report_writer_begin(struct report_writer *writer, const struct report_format *format, FILE *out,
                        const struct report_options *options, struct error *err)
{
    memset(writer, 0, sizeof(*writer));
    writer->format = format;
    writer->options = *options;
    writer->print.out = out;
    writer->print.language = options->language;
    writer->print.colour = options->colour;
    if (options->subject == REPORT_RECORDS && format->record == NULL)
        return (int)error_set(err, ERROR_USAGE,
                              "--format %s 只用于证书的验证（verify），不能用于记录的检查",
                              "--format %s is for the verification of certificates (verify), not "
                              "for checks of records",
                              format->name);
    format->begin(writer);
    return check_stream(writer, err);
}

int report_writer_record(struct report_writer *writer, const struct report_record *record,
                         struct error *err)
{
    int code;

    writer->totals.results++;
    writer->totals.verdicts[record->judgement->verdict]++;
    code = writer->format->record(writer, record, err);
    return code != 0 ? code : check_stream(writer, err);
}

int report_writer_certificate(struct report_writer *writer, const char *source,
                              const struct verification_result *result, struct error *err)
{
    int code;

    writer->totals.results++;
    writer->totals.passed += result->indication == INDICATION_TOTAL_PASSED;
    writer->totals.failed += result->indication == INDICATION_TOTAL_FAILED;
    writer->totals.indeterminate += result->indication == INDICATION_INDETERMINATE;
    code = writer->format->certificate(writer, source, result, err);
    return code != 0 ? code : check_stream(writer, err);
}

int report_writer_failure(struct report_writer *writer, const char *source,
                          const struct error *failure, struct error *err)
{
    int code;

    writer->totals.results++;
    writer->totals.failures++;
    code = writer->format->failure(writer, source, failure, err);
    return code != 0 ? code : check_stream(writer, err);
}

int report_writer_finish(struct report_writer *writer, struct error *err)
{
    int code = writer->format->finish(writer, err);

    return code != 0 ? code : check_stream(writer, err);
}
