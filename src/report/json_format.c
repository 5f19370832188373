#include <stdbool.h>

#include "report/check_json.h"
#include "report/json.h"
#include "report/verify_json.h"
#include "report/writer.h"

static const char *format_name(const struct report_writer *writer)
{
    return writer->options.subject == REPORT_RECORDS ? "dingjia-report/1"
                                                     : "dingjia-verification/1";
}

static bool is_compact(const struct report_writer *writer)
{
    return writer->format == &report_ndjson;
}

/* One result: an element of the list in json, a line of its own in ndjson. */
static int write_result(struct report_writer *writer, json_t *result, struct error *err)
{
    FILE *out = writer->print.out;
    int code = 0;

    if (is_compact(writer) && json_put_text(result, "format", format_name(writer)) != 0)
        code = (int)error_memory(err);
    if (!is_compact(writer))
        fputs(writer->totals.results == 1 ? "\n" : ",\n", out);
    if (code == 0)
        code = json_write(out, result, is_compact(writer), err);
    if (is_compact(writer))
        fputs("\n", out);
    json_decref(result);
    return code;
}

static int write_record(struct report_writer *writer, const struct report_record *record,
                        struct error *err)
{
    return write_result(writer, check_json_record(record), err);
}

static int write_certificate(struct report_writer *writer, const char *source,
                             const struct verification_result *result, struct error *err)
{
    return write_result(writer, verify_json_certificate(source, result), err);
}

static int write_failure(struct report_writer *writer, const char *source,
                         const struct error *failure, struct error *err)
{
    json_t *object = json_object();
    json_t *member = json_object();
    int failed = json_put(object, "source", json_text(source));

    failed |= json_put_text(member, "code", error_name(failure->code));
    failed |= json_put_bilingual(member, "message", (struct bilingual){failure->zh, failure->en});
    failed |= json_put_text(member, "source", failure->source);
    failed |= json_put_number(member, "line", failure->line);
    failed |= json_put_number(member, "column", failure->column);
    failed |= json_put(object, "error", member);
    if (!failed)
        return write_result(writer, object, err);
    json_decref(object);
    return (int)error_memory(err);
}

/* NULL when memory ran out. */
static json_t *build_summary(const struct report_writer *writer)
{
    const struct report_totals *totals = &writer->totals;
    json_t *object = json_object();
    int failed = json_put_count(object, "total", totals->results);

    if (writer->options.subject == REPORT_RECORDS) {
        for (int i = VERDICT_COMPLIANT; i <= VERDICT_OUT_OF_SCOPE; i++)
            failed |= json_put_count(object, verdict_name((enum verdict)i), totals->verdicts[i]);
    } else {
        failed |= json_put_count(object, "TOTAL-PASSED", totals->passed);
        failed |= json_put_count(object, "TOTAL-FAILED", totals->failed);
        failed |= json_put_count(object, "INDETERMINATE", totals->indeterminate);
    }
    failed |= json_put_count(object, "error", totals->failures);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static void begin_document(struct report_writer *writer)
{
    const char *list = writer->options.subject == REPORT_RECORDS ? "records" : "certificates";

    fprintf(writer->print.out, "{\"format\": \"%s\", \"%s\": [", format_name(writer), list);
}

static int finish_document(struct report_writer *writer, struct error *err)
{
    json_t *summary = build_summary(writer);
    int code;

    fputs("\n], \"summary\": ", writer->print.out);
    code = json_write(writer->print.out, summary, 1, err);
    fputs("}\n", writer->print.out);
    json_decref(summary);
    return code;
}

static void begin_lines(struct report_writer *writer)
{
    (void)writer;
}

static int finish_lines(struct report_writer *writer, struct error *err)
{
    json_t *object = json_object();
    int code;

    if (json_put_text(object, "format", format_name(writer)) != 0 ||
        json_put(object, "summary", build_summary(writer)) != 0)
        code = (int)error_memory(err);
    else
        code = json_write(writer->print.out, object, 1, err);
    fputs("\n", writer->print.out);
    json_decref(object);
    return code;
}

const struct report_format report_json = {
    .name = "json",
    .begin = begin_document,
    .record = write_record,
    .certificate = write_certificate,
    .failure = write_failure,
    .finish = finish_document,
};

const struct report_format report_ndjson = {
    .name = "ndjson",
    .begin = begin_lines,
    .record = write_record,
    .certificate = write_certificate,
    .failure = write_failure,
    .finish = finish_lines,
};
