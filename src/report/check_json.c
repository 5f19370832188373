#include "report/check_json.h"

#include "base/limits.h"
#include "report/json.h"
#include "report/words.h"

static int put_values(json_t *object, const struct finding *finding)
{
    int result = 0;

    for (size_t i = 0; i < finding->value_count && result == 0; i++) {
        const struct finding_value *value = &finding->values[i];
        if (json_object_get(object, value->name) == NULL)
            result = json_put(object, value->name, json_text(value->text));
    }
    return result;
}

/* Line, column and path of a finding; NULL: all unknown. */
static int put_place(json_t *object, const struct finding *finding)
{
    return json_put_number(object, "line", finding == NULL ? 0 : finding->line) ||
           json_put(object, "column", json_null()) ||
           json_put_text(object, "path", finding == NULL ? NULL : finding->path);
}

static json_t *build_finding(const struct finding *finding)
{
    json_t *object = json_object();
    json_t *values = json_object();
    struct bilingual message = {finding->zh, finding->en};
    int failed = put_values(values, finding);

    failed |= json_put_text(object, "assertion", finding->assertion);
    failed |= json_put_text(object, "outcome", outcome_name(finding->outcome));
    failed |= json_put(object, "safeHarbourOnly", json_boolean(finding->safe_harbour_only));
    failed |= json_put_bilingual(object, "message", message);
    failed |= json_put(object, "values", values);
    failed |= json_put_count(object, "total", finding->total);
    failed |= put_place(object, finding);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_findings(json_t *object, const struct condition_result *result)
{
    json_t *list = json_array();
    json_t *values = json_object();
    int failed = 0;

    for (size_t i = 0; i < result->finding_count && !failed; i++) {
        failed |= put_values(values, result->findings[i]);
        failed |= json_array_append_new(list, build_finding(result->findings[i]));
    }
    failed |= json_put(object, "values", values);
    failed |= put_place(object, result->finding_count == 0 ? NULL : result->findings[0]);
    failed |= json_put(object, "findings", list);
    return failed;
}

static int put_citation(json_t *object, const struct condition *condition)
{
    struct buffer text;
    int failed;

    buffer_init(&text, LIMIT_MESSAGE_OCTETS);
    words_citation(condition, LANGUAGE_ZH, false, &text);
    failed = text.failed || json_put(object, "citation", json_text(buffer_text(&text))) ||
             json_put_text(object, "sourceStatus", words_weakest_status(condition));
    buffer_free(&text);
    return failed;
}

static json_t *build_condition(const struct condition_result *result)
{
    const struct condition *condition = result->condition;
    json_t *object = json_object();
    int failed = json_put_text(object, "id", condition->id);

    failed |= json_put_text(object, "outcome", outcome_name(result->outcome));
    failed |= json_put_text(object, "severity", severity_name(condition->severity));
    failed |= put_citation(object, condition);
    failed |= json_put_bilingual(object, "title", condition->title);
    failed |= json_put_bilingual(object, "statement", condition->statement);
    failed |= json_put_bilingual(object, "message", result->message);
    failed |= json_put_bilingual(object, "remedy", result->remedy);
    failed |= put_findings(object, result);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static int put_conditions(json_t *object, const struct judgement *judgement)
{
    json_t *list = json_array();
    int failed = 0;

    for (size_t i = 0; i < judgement->result_count && !failed; i++)
        failed = json_array_append_new(list, build_condition(&judgement->results[i]));
    return json_put(object, "conditions", list) | failed;
}

static int put_pack(json_t *object, const struct judgement *judgement)
{
    const struct pack *pack = judgement->pack;
    json_t *member = pack == NULL ? json_null() : json_object();
    int failed = 0;

    if (pack != NULL) {
        failed |= json_put_text(member, "id", pack_id(pack));
        failed |= json_put_text(member, "version", pack_version(pack));
        failed |= json_put_text(member, "digest", pack_digest(pack));
        failed |= json_put_text(member, "validFrom", pack_valid_from(pack));
        failed |= json_put_text(member, "validTo", pack_valid_to(pack));
    }
    failed |= json_put(object, "pack", member);
    failed |= json_put_bilingual(object, "packReason", judgement->reason);
    return failed;
}

static int put_identity(json_t *object, const struct report_record *record)
{
    json_t *digest = json_object();
    int failed = json_put(object, "source", json_text(record->source));

    failed |= json_put_text(object, "recordId", record->record_id);
    failed |= json_put_text(digest, "sha256", record->sha256);
    failed |= json_put_text(digest, "sm3", record->sm3);
    failed |= json_put_text(digest, "canonicalSha256", record->canonical_sha256);
    return json_put(object, "recordDigest", digest) | failed;
}

static int put_verdicts(json_t *object, const struct report_record *record)
{
    const struct judgement *judgement = record->judgement;
    char at[CLOCK_INSTANT_SIZE];
    int failed = json_put_text(object, "verdict", verdict_name(judgement->verdict));

    clock_format_beijing(judgement->evaluated_at, at);
    failed |= json_put_text(object, "lawfulPricing", verdict_name(judgement->lawful_pricing));
    failed |= json_put_text(object, "safeHarbour", verdict_name(judgement->verdict));
    failed |= json_put_text(object, "earliestSigningDate", judgement->earliest_signing);
    failed |= json_put_bilingual(object, "earliestSigningReason", judgement->earliest_reason);
    failed |= json_put_text(object, "evaluatedAt", at);
    failed |= json_put(object, "evidenceCompared", json_boolean(record->evidence_compared));
    return failed;
}

json_t *check_json_record(const struct report_record *record)
{
    json_t *object = json_object();
    int failed = put_identity(object, record);

    failed |= put_pack(object, record->judgement);
    failed |= put_verdicts(object, record);
    failed |= put_conditions(object, record->judgement);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}
