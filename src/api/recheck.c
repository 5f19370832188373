#include <stdlib.h>
#include <string.h>

#include "api/claims.h"
#include "api/verify.h"
#include "base/clock.h"
#include "base/text.h"
#include "certificate/form.h"

/* The condition that compares evidence files: without the folder it cannot be judged again. */
static const char evidence_condition[] = "D12";

static void not_run(struct verify_job *job, const char *zh, const char *en)
{
    check_add_not_run(&job->result->checks, "recheck", (struct bilingual){zh, en});
}

static void indeterminate(struct verify_job *job, const char *zh, const char *en)
{
    const struct check_mark mark = {.id = "recheck",
                                    .subindication = SUBINDICATION_POLICY_PROCESSING_ERROR};

    check_add_text(&job->result->checks, mark, (struct bilingual){zh, en});
}

static int add_difference(struct verification_result *result, const char *label, const char *stated,
                          const char *found, struct error *err)
{
    size_t count = result->difference_count;
    struct verification_difference *grown =
        realloc(result->differences, (count + 1) * sizeof(*grown));

    if (grown == NULL) {
        return (int)error_memory(err);
    }
    result->differences = grown;
    grown[count] = (struct verification_difference){label, stated, text_copy(found)};
    if (grown[count].found == NULL) {
        return (int)error_memory(err);
    }
    result->difference_count++;
    return 0;
}

static int compare_text(struct verification_result *result, const char *label, const char *stated,
                        const char *found, struct error *err)
{
    const char *a = stated == NULL ? "" : stated;
    const char *b = found == NULL ? "" : found;

    return strcmp(a, b) == 0 ? 0 : add_difference(result, label, a, b, err);
}

static const char *outcome_of(const struct claims *claims, const char *label)
{
    for (size_t i = 0; i < claims->condition_count; i++) {
        if (strcmp(claims->conditions[i].label, label) == 0) {
            return claims->conditions[i].outcome;
        }
    }
    return NULL;
}

/* `skip_evidence`: the certificate compared files that are not at hand now. */
static int compare_conditions(struct verification_result *result, const struct claims *now,
                              bool skip_evidence, struct error *err)
{
    const struct claims *stated = &result->claims;
    int code = 0;

    if (now->condition_count != stated->condition_count) {
        return add_difference(result, "conditions", "another number", "the pack's number", err);
    }
    for (size_t i = 0; code == 0 && i < stated->condition_count; i++) {
        const struct claims_condition *condition = &stated->conditions[i];

        if (!skip_evidence || strcmp(condition->label, evidence_condition) != 0) {
            code = compare_text(result, condition->label, condition->outcome,
                                outcome_of(now, condition->label), err);
        }
    }
    return code;
}

/* Everything the statement repeats from the record: parties, act, route, price, files. */
static const char *const repeated[] = {"Record",      "Holder", "Transferees", "Achievement",
                                       "Transaction", "Price",  "Evidence",    NULL};

/* The texts of the first member that differs, NULL while none does. */
struct pair {
    const char *stated;
    const char *found;
};

static bool fields_differ(const struct form_field *fields, const void *a, const void *b,
                          struct pair *pair)
{
    for (; fields->name != NULL; fields++) {
        const char *one = form_get(a, fields);
        const char *other = form_get(b, fields);

        one = one == NULL ? "" : one;
        other = other == NULL ? "" : other;
        if (strcmp(one, other) != 0) {
            *pair = (struct pair){one, other};
            return true;
        }
    }
    return false;
}

static bool lists_differ(const struct form_list *list, const struct claims *a,
                         const struct claims *b, struct pair *pair)
{
    size_t count = 0;
    size_t other_count = 0;
    const char *items = form_items(a, list, &count);
    const char *others = form_items(b, list, &other_count);

    for (size_t i = 0; i < count && count == other_count; i++) {
        size_t at = i * list->item_size;

        if (fields_differ(list->fields, items + at, others + at, pair)) {
            return true;
        }
    }
    return count != other_count;
}

static bool is_repeated(const struct form *form)
{
    for (size_t i = 0; repeated[i] != NULL; i++) {
        if (strcmp(form->name, repeated[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_forms(struct verification_result *result, const struct claims *now,
                         struct error *err)
{
    const struct form *form;
    int code = 0;

    for (size_t i = 0; code == 0 && (form = form_at(i)) != NULL; i++) {
        struct pair pair = {"", ""};

        if (is_repeated(form) &&
            (fields_differ(form->fields, &result->claims, now, &pair) ||
             (form->list != NULL && lists_differ(form->list, &result->claims, now, &pair)))) {
            code = add_difference(result, form->name, pair.stated, pair.found, err);
        }
    }
    return code;
}

static int compare(struct verify_job *job, struct claims *now, bool skip_evidence,
                   struct error *err)
{
    struct verification_result *result = job->result;
    const struct claims *stated = &result->claims;
    int code;

    /* Not the point here: the record check compared them, octets or canonical form. */
    now->record_sha256 = stated->record_sha256;
    now->examination = stated->examination;
    code = compare_text(result, "pack", stated->pack_sha256, now->pack_sha256, err);
    code = code == 0
               ? compare_text(result, "safe-harbour", stated->safe_harbour, now->safe_harbour, err)
               : code;
    code = code == 0 ? compare_text(result, "lawful-pricing", stated->lawful_pricing,
                                    now->lawful_pricing, err)
                     : code;
    code = code == 0 ? compare_conditions(result, now, skip_evidence, err) : code;
    return code == 0 ? compare_forms(result, now, err) : code;
}

static void conclude(struct verify_job *job, bool skip_evidence)
{
    const struct verification_result *result = job->result;
    const struct check_mark failed = {.id = "recheck",
                                      .subindication = SUBINDICATION_FORMAT_FAILURE};
    const struct verification_difference *first = result->differences;

    if (result->difference_count > 0) {
        check_add(
            &job->result->checks, failed,
            "重新判断与证书所载有 %zu 处不同，第一处是 %s：证书为“%s”，现为“%s”",
            "judging again gives something else than the certificate in %zu places; the first "
            "is %s: \"%s\" in the certificate, \"%s\" now",
            result->difference_count, first->label, first->stated, first->found);
        return;
    }
    check_add(
        &job->result->checks, (struct check_mark){.id = "recheck"},
        "按评估时刻 %s 重新判断，%zu 项条件和两条结论与证书所载全部相同%s%.0s",
        "judged again as of %s: the outcomes of all %zu conditions and both verdicts are those "
        "in the certificate%.0s%s",
        result->claims.evaluated_at, result->claims.condition_count,
        skip_evidence ? "（D12 需要证据文件夹，未重做）" : "",
        skip_evidence ? " (D12 needs the evidence folder and was not repeated)" : "");
}

static int judge_again(struct verify_job *job, struct error *err)
{
    const struct claims *stated = &job->result->claims;
    const bool was_compared = strcmp(stated->examination, "compared") == 0;
    const bool skip_evidence = was_compared && job->options->evidence == NULL;
    struct dingjia_check_options options = {.evidence =
                                                was_compared ? job->options->evidence : NULL};
    struct dingjia_report *report = NULL;
    struct claims now = {0};
    const struct check_mark invalid = {.id = "recheck",
                                       .subindication = SUBINDICATION_FORMAT_FAILURE};
    struct error refusal = {0};
    int code = clock_parse_instant(stated->evaluated_at, &options.at);

    if (code != 0) {
        indeterminate(job, "证书的评估时刻无法读取", "the evaluation instant cannot be read");
        return 0;
    }
    code = dingjia_check(job->dingjia, job->options->record, &options, &report, &refusal);
    if (code == ERROR_INPUT) {
        check_add(&job->result->checks, invalid, "该记录不能再次判断：%s%.0s（第 %u 行）",
                  "the record cannot be judged again: %.0s%s (line %u)", refusal.zh, refusal.en,
                  refusal.line);
        return 0;
    }
    if (code != 0) {
        return (int)error_set(err, refusal.code, "%s%.0s", "%.0s%s", refusal.zh, refusal.en);
    }
    code = code == 0 ? claims_from_report(report, &now, err) : code;
    code = code == 0 ? compare(job, &now, skip_evidence, err) : code;
    if (code == 0) {
        conclude(job, skip_evidence);
    }
    claims_free(&now);
    dingjia_report_free(report);
    return code;
}

int verify_recheck(struct verify_job *job, struct error *err)
{
    if (!job->options->recheck) {
        not_run(job, "未要求重新判断（--recheck）", "judging again was not asked for (--recheck)");
        return 0;
    }
    if (!job->record_matches) {
        indeterminate(job, "所给记录不是证书所说的那一份，无法重新判断",
                      "the record given is not the one the certificate speaks of and cannot be "
                      "judged in its place");
        return 0;
    }
    if (!job->pack_matches) {
        indeterminate(
            job, "没有证书所依据的规则包，无法重新判断",
            "without the rule pack the certificate names, the record cannot be judged again");
        return 0;
    }
    return judge_again(job, err);
}
