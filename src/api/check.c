#include <stdlib.h>

#include "api/internal.h"
#include "base/clock.h"

int dingjia_new(struct dingjia **out, struct error *err)
{
    *out = NULL;
    struct dingjia *dingjia = calloc(1, sizeof *dingjia);
    if (dingjia == NULL)
        return (int)error_memory(err);
    int code = record_schema_new(&dingjia->record_schema, err);
    if (code == 0)
        code = packs_builtin(&dingjia->packs, err);
    if (code == 0)
        code = judge_new(dingjia->packs, &dingjia->judge, err);
    if (code != 0) {
        dingjia_free(dingjia);
        return code;
    }
    *out = dingjia;
    return 0;
}

void dingjia_free(struct dingjia *dingjia)
{
    if (dingjia == NULL)
        return;
    judge_free(dingjia->judge);
    packs_free(dingjia->packs);
    xml_schema_free(dingjia->record_schema);
    free(dingjia);
}

static int judge_report(struct dingjia *dingjia, const struct dingjia_check_options *options,
                        struct dingjia_report *report, struct error *err)
{
    struct evidence_findings evidence = {0};
    struct judge_request request = {
        .record = record_document(report->record),
        .at = options != NULL && options->at != 0 ? options->at : clock_now(),
    };
    int code = 0;
    if (options != NULL && options->evidence != NULL) {
        report->evidence_compared = true;
        code = evidence_compare(report->record, options->evidence, &evidence, err);
    }
    request.compared = report->evidence_compared;
    request.extra = evidence.items;
    request.extra_count = evidence.count;
    if (code == 0)
        code = judge_record(dingjia->judge, &request, &report->judgement, err);
    evidence_findings_free(&evidence);
    return code;
}

int dingjia_check(struct dingjia *dingjia, const struct dingjia_input *record,
                  const struct dingjia_check_options *options, struct dingjia_report **out,
                  struct error *err)
{
    *out = NULL;
    struct dingjia_report *report = calloc(1, sizeof *report);
    if (report == NULL)
        return (int)error_memory(err);
    struct record_source source = {record->name, record->octets, record->length};
    int code = record_load(dingjia->record_schema, &source, &report->record, err);
    if (code == 0)
        code = judge_report(dingjia, options, report, err);
    if (code != 0) {
        dingjia_report_free(report);
        return code;
    }
    *out = report;
    return 0;
}

void dingjia_report_free(struct dingjia_report *report)
{
    if (report == NULL)
        return;
    judgement_free(report->judgement);
    record_free(report->record);
    free(report);
}

const char *dingjia_report_verdict(const struct dingjia_report *report)
{
    return verdict_name(report->judgement->verdict);
}

int dingjia_report_exit_status(const struct dingjia_report *report)
{
    return verdict_exit_status(report->judgement->verdict);
}
