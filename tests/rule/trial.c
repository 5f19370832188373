#include "trial.h"

#include <check.h>
#include <string.h>

#include "base/clock.h"

const char trial_manifest[] =
    "<pack xmlns='urn:dingjia:pack:1.0' id='small' version='1.0.0' validFrom='2025-07-29'>"
    "<title xml:lang='zh'>小包</title><title xml:lang='en'>Small</title>"
    "<chosenBy><date select='/r:record/@decided'><name xml:lang='zh'>决策日</name>"
    "<name xml:lang='en'>day of decision</name></date>"
    "<date select='//r:notice/@published'><name xml:lang='zh'>公示日</name>"
    "<name xml:lang='en'>day of notice</name></date></chosenBy>"
    "<rules href='rules.sch'/><conditions href='conditions.xml'/><data href='data.xml'/></pack>";

#define WORDS(word) \
    "<title xml:lang='zh'>" word "标题</title><title xml:lang='en'>" word " title</title>" \
    "<statement xml:lang='zh'>" word "要求</statement><statement xml:lang='en'>" word \
    " statement</statement><remedy outcome='violated' xml:lang='zh'>" word "补正</remedy>" \
    "<remedy outcome='violated' xml:lang='en'>" word " remedy</remedy>" \
    "<citation law='某法' article='1' status='text'/></condition>"

const char trial_conditions[] =
    "<conditions xmlns='urn:dingjia:pack:1.0'>"
    "<condition id='S1' severity='scope' lawful='yes'>" WORDS(
        "S1") "<condition id='N1' "
              "severity='blocks' "
              "lawful='yes'>" WORDS("N1") "<condition id='N2' severity='blocks' "
                                          "lawful='yes'>" WORDS(
                                              "N2") "<condition "
                                                    "id='D1' "
                                                    "severity='"
                                                    "blocks' "
                                                    "applies='//r:d'>"
                                                    "<notApplicable "
                                                    "xml:lang='zh'>"
                                                    "没有丁</"
                                                    "notApplicable>"
                                                    "<notApplicable "
                                                    "xml:lang='en'>"
                                                    "no "
                                                    "d</"
                                                    "notApplicable"
                                                    ">" WORDS("D1") "<condi"
                                                                    "tion "
                                                                    "id='"
                                                                    "W1' "
                                                                    "severi"
                                                                    "ty='"
                                                                    "warns'"
                                                                    ">" WORDS("W1") "</conditions>";

static const char data[] = "<data xmlns='urn:dingjia:pack:1.0'><day on='2025-08-01' n='7'/></data>";

void trial_load(struct trial *trial, const char *rules, const char *included)
{
    memset(trial, 0, sizeof *trial);
    const struct pack_file files[] = {
        {"pack.xml", trial_manifest, strlen(trial_manifest)},
        {"conditions.xml", trial_conditions, strlen(trial_conditions)},
        {"data.xml", data, strlen(data)},
        {"rules.sch", rules, strlen(rules)},
        {"part.sch", included, included == NULL ? 0 : strlen(included)},
    };
    size_t count = included == NULL ? 4 : 5;
    struct pack *pack = NULL;
    ck_assert_int_eq(packs_new(&trial->packs, NULL), 0);
    trial->code = pack_load("small/", files, count, &pack, &trial->err);
    if (trial->code == 0)
        ck_assert_int_eq(packs_take(trial->packs, pack, NULL), 0);
}

void trial_judge_again(struct trial *trial, const char *record, int64_t at)
{
    judgement_free(trial->judgement);
    xml_document_free(trial->record);
    trial->judgement = NULL;
    trial->record = NULL;
    if (trial->judge == NULL)
        ck_assert_int_eq(judge_new(trial->packs, &trial->judge, &trial->err), 0);
    ck_assert_int_eq(xml_load(record, strlen(record), "record.xml", &trial->record, &trial->err),
                     0);
    const struct judge_request request = {.record = trial->record, .at = at};
    trial->code = judge_record(trial->judge, &request, &trial->judgement, &trial->err);
    ck_assert_msg(trial->code == 0, "%s", trial->err.en);
}

void trial_judge(struct trial *trial, const char *rules, const char *record)
{
    int64_t at = 0;
    ck_assert_int_eq(clock_parse_instant("2026-11-01", &at), 0);
    trial_load(trial, rules, NULL);
    ck_assert_msg(trial->code == 0, "%s:%u: %s", trial->err.source, trial->err.line, trial->err.en);
    trial_judge_again(trial, record, at);
}

void trial_free(struct trial *trial)
{
    judgement_free(trial->judgement);
    xml_document_free(trial->record);
    judge_free(trial->judge);
    packs_free(trial->packs);
    memset(trial, 0, sizeof *trial);
}

const struct condition_result *trial_result(const struct trial *trial, const char *condition)
{
    for (size_t i = 0; i < trial->judgement->result_count; i++)
        if (strcmp(trial->judgement->results[i].condition->id, condition) == 0)
            return &trial->judgement->results[i];
    ck_abort_msg("no condition %s", condition);
    return NULL;
}

enum outcome trial_outcome(const struct trial *trial, const char *condition)
{
    return trial_result(trial, condition)->outcome;
}

const struct finding *trial_finding(const struct trial *trial, const char *assertion)
{
    for (size_t i = 0; i < trial->judgement->finding_count; i++)
        if (strcmp(trial->judgement->findings[i].assertion, assertion) == 0)
            return &trial->judgement->findings[i];
    return NULL;
}

size_t trial_count(const struct trial *trial, const char *assertion)
{
    size_t count = 0;
    for (size_t i = 0; i < trial->judgement->finding_count; i++)
        count += strcmp(trial->judgement->findings[i].assertion, assertion) == 0;
    return count;
}
