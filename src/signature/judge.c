#include "signature/judge.h"

#include "base/error.h"

struct check_mark judging_mark(const struct judging *judging, const char *id,
                               enum subindication subindication)
{
    return (struct check_mark){id, judging->number, subindication,
                               policy_level(judging->policy, id)};
}

int64_t judging_best_time(const struct judging *judging)
{
    return judging->times->proven ? judging->times->proven_at : judging->at;
}

typedef void judge_step(const struct judging *judging);

static void judge_one(const struct judging *judging)
{
    /* The timestamp comes first: it says as of when the rest is judged. */
    static judge_step *const steps[] = {judge_timestamp,  judge_chain,        judge_validity,
                                        judge_revocation, judge_signing_time, judge_algorithm,
                                        judge_renewal};
    struct check_list *checks = judging->checks;
    const size_t before = checks->count;
    bool passed = judge_cryptography(judging);

    for (size_t i = 0; passed && i < sizeof(steps) / sizeof(steps[0]); i++) {
        steps[i](judging);
    }
    for (size_t i = before; i < checks->count; i++) {
        passed = passed && checks->items[i].status != CHECK_FAILED &&
                 checks->items[i].status != CHECK_INDETERMINATE;
    }
    judging->times->passed = passed && checks->failed == ERROR_NONE;
}

static void judge_format(const struct facts *facts, struct check_list *checks)
{
    const struct check_mark bad = {.id = "format", .subindication = SUBINDICATION_FORMAT_FAILURE};

    if (facts->format.code == ERROR_NONE) {
        check_add(checks, (struct check_mark){.id = "format"},
                  "结构与写法符合证书格式 1.0，共 %zu 个签名",
                  "structure and writing are those of certificate format 1.0, signatures: %zu",
                  facts->count);
    } else if (facts->format.line > 0) {
        check_add(checks, bad, "%s%.0s（第 %u 行）", "%.0s%s (line %u)", facts->format.zh,
                  facts->format.en, facts->format.line);
    } else {
        check_add_text(checks, bad, (struct bilingual){facts->format.zh, facts->format.en});
    }
}

/* The only place where signatures pass: each was judged to its end, and nothing speaks against. */
static void conclude(const struct facts *facts, struct signature_report *out)
{
    const struct check *decisive = check_list_decisive(&out->checks);
    bool passed = facts->format.code == ERROR_NONE && facts->count > 0;

    for (size_t i = 0; i < facts->count; i++) {
        passed = passed && out->times[i].passed;
    }
    if (decisive != NULL) {
        out->indication = subindication_indication(decisive->subindication);
    } else if (passed) {
        out->indication = INDICATION_TOTAL_PASSED;
    }
}

int signature_judge(const struct facts *facts, const struct policy *policy, int64_t at,
                    struct signature_report *out, struct error *err)
{
    *out = (struct signature_report){0};
    judge_format(facts, &out->checks);
    for (size_t i = 0; facts->format.code == ERROR_NONE && i < facts->count; i++) {
        judge_one(&(struct judging){.facts = facts,
                                    .policy = policy,
                                    .at = at,
                                    .one = &facts->signatures[i],
                                    .number = (unsigned)i + 1,
                                    .times = &out->times[i],
                                    .checks = &out->checks});
    }
    if (facts->format.code == ERROR_NONE) {
        judge_requirements(facts, policy, out);
    }
    if (out->checks.failed != ERROR_NONE) {
        return (int)error_memory(err);
    }
    conclude(facts, out);
    return 0;
}

void signature_report_free(struct signature_report *report)
{
    check_list_clear(&report->checks);
    *report = (struct signature_report){0};
}
