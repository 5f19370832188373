#include <string.h>

#include "base/clock.h"
#include "suites.h"
#include "trial.h"

/* From findings to outcomes, lines and verdict. */

#define FINDING(id, role, extra) \
    "<pattern id='" id "'><rule context='/r:record'><report id='" id "' role='" role "' " extra \
    " diagnostics='en' test='true()'>见 <emph>此</emph>文\n 字 </report></rule></pattern>"

static const struct {
    const char *rules;
    enum outcome n1;
    enum verdict verdict;
    enum verdict lawful;
} gravities[] = {
    {SCHEMA(COVER), OUTCOME_SATISFIED, VERDICT_COMPLIANT, VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "not-applicable", "")), OUTCOME_NOT_APPLICABLE, VERDICT_COMPLIANT,
     VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "attested", "")), OUTCOME_ATTESTED, VERDICT_COMPLIANT,
     VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "warning", "")), OUTCOME_WARNING, VERDICT_COMPLIANT,
     VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "not-evidenced", "")), OUTCOME_NOT_EVIDENCED,
     VERDICT_NOT_EVIDENCED, VERDICT_NOT_EVIDENCED},
    {SCHEMA(COVER FINDING("N1.a", "violated", "")), OUTCOME_VIOLATED, VERDICT_NON_COMPLIANT,
     VERDICT_NON_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "violated", "") FINDING("N1.b", "not-evidenced", "")),
     OUTCOME_VIOLATED, VERDICT_NON_COMPLIANT, VERDICT_NON_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "violated", "") FINDING("N1.b", "not-applicable", "")),
     OUTCOME_VIOLATED, VERDICT_NON_COMPLIANT, VERDICT_NON_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "violated", "flag='safe-harbour'")), OUTCOME_VIOLATED,
     VERDICT_NON_COMPLIANT, VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("N1.a", "violated", "flag='safe-harbour'")
                FINDING("N1.b", "not-evidenced", "")),
     OUTCOME_VIOLATED, VERDICT_NON_COMPLIANT, VERDICT_NOT_EVIDENCED},
    {SCHEMA(COVER FINDING("W1.a", "violated", "")), OUTCOME_SATISFIED, VERDICT_NON_COMPLIANT,
     VERDICT_COMPLIANT},
    {SCHEMA(COVER FINDING("W1.a", "violated", "") FINDING("N1.a", "not-evidenced", "")),
     OUTCOME_NOT_EVIDENCED, VERDICT_NON_COMPLIANT, VERDICT_NOT_EVIDENCED},
};

START_TEST(the_gravest_finding_decides)
{
    struct trial trial;
    trial_judge(&trial, gravities[_i].rules, RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), gravities[_i].n1);
    ck_assert_int_eq(trial.judgement->verdict, gravities[_i].verdict);
    ck_assert_int_eq(trial.judgement->lawful_pricing, gravities[_i].lawful);
    trial_free(&trial);
}
END_TEST

START_TEST(messages_and_remedies_follow_the_outcome)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER FINDING("N1.a", "violated", "")), RECORD(""));
    const struct condition_result *result = trial_result(&trial, "N1");
    ck_assert_str_eq(result->message.zh, "见 此文字");
    ck_assert_str_eq(result->message.en, "In English");
    ck_assert_str_eq(result->remedy.zh, "N1补正");
    result = trial_result(&trial, "N2");
    ck_assert_str_eq(result->message.zh, "丙");
    ck_assert_str_eq(result->remedy.zh, "");
    result = trial_result(&trial, "D1");
    ck_assert_str_eq(result->message.en, "no d");
    trial_free(&trial);
}
END_TEST

START_TEST(a_condition_that_does_not_apply_is_not_judged_unless_something_grave_is_found)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER), RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "D1"), OUTCOME_NOT_APPLICABLE);
    trial_free(&trial);
    trial_judge(&trial, SCHEMA(COVER), RECORD("<d/>"));
    ck_assert_int_eq(trial_outcome(&trial, "D1"), OUTCOME_SATISFIED);
    trial_free(&trial);
    trial_judge(&trial, SCHEMA(COVER FINDING("D1.a", "violated", "")), RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "D1"), OUTCOME_VIOLATED);
    trial_free(&trial);
}
END_TEST

START_TEST(a_condition_no_assertion_looked_at_is_an_error)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(FINDING("S1.a", "found", "") FINDING("N1.a", "found", "")
                           FINDING("W1.a", "found", "") ASSERTION("N2.a", "r:never", "true()")),
                RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_ERROR);
    ck_assert_int_eq(trial_outcome(&trial, "D1"), OUTCOME_NOT_APPLICABLE);
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_INDETERMINATE);
    ck_assert_int_eq(trial.judgement->lawful_pricing, VERDICT_INDETERMINATE);
    trial_free(&trial);
}
END_TEST

START_TEST(a_record_no_rule_meets_is_indeterminate)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(ASSERTION("N1.a", "r:never", "true()")), RECORD(""));
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_INDETERMINATE);
    trial_free(&trial);
}
END_TEST

START_TEST(out_of_scope_goes_before_everything)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER FINDING("S1.a", "violated", "") FINDING("N1.a", "violated", "")
                           ASSERTION("N2.a", "/r:record", "count(1)")),
                RECORD("<d/>"));
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_OUT_OF_SCOPE);
    ck_assert_int_eq(trial.judgement->lawful_pricing, VERDICT_OUT_OF_SCOPE);
    ck_assert_int_eq(trial_outcome(&trial, "S1"), OUTCOME_VIOLATED);
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_NOT_APPLICABLE);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_NOT_APPLICABLE);
    ck_assert_ptr_null(trial_finding(&trial, "N1.a"));
    /* The reason is what is violated, not what else was found about the same condition. */
    const struct finding *reason = trial_finding(&trial, "S1.a");
    ck_assert_ptr_nonnull(strstr(trial_result(&trial, "N1")->message.zh, reason->zh));
    trial_free(&trial);
}
END_TEST

START_TEST(a_scope_condition_not_evidenced_is_not_out_of_scope)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER FINDING("S1.a", "not-evidenced", "")), RECORD(""));
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_NOT_EVIDENCED);
    trial_free(&trial);
}
END_TEST

static void judge_with_extra(struct trial *trial, const struct finding *extra)
{
    int64_t at = 0;
    clock_parse_instant("2026-11-01", &at);
    const struct judge_request request = {
        .record = trial->record, .at = at, .compared = true, .extra = extra, .extra_count = 1};
    judgement_free(trial->judgement);
    ck_assert_int_eq(judge_record(trial->judge, &request, &trial->judgement, NULL), 0);
}

START_TEST(findings_from_outside_count_like_those_of_rules)
{
    struct finding_value values[] = {{"file", "a.txt"}};
    struct finding extra = {.assertion = "N2.differs",
                            .outcome = OUTCOME_VIOLATED,
                            .zh = "不同",
                            .en = "differs",
                            .values = values,
                            .value_count = 1};
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER), RECORD(""));
    judge_with_extra(&trial, &extra);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_VIOLATED);
    ck_assert_str_eq(trial_finding(&trial, "N2.differs")->values[0].text, "a.txt");
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_NON_COMPLIANT);
    ck_assert_uint_eq(trial_result(&trial, "N2")->finding_count, 1); /* and no "found" */
    extra.assertion = "X9.differs"; /* a condition the pack does not have */
    judge_with_extra(&trial, &extra);
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_NON_COMPLIANT);
    trial_free(&trial);
}
END_TEST

#define ADVICE \
    "<pattern id='advice'><rule context='r:advise'><report id='advice.day' " \
    "role='earliest-signing' test='true()'><value-of select='@day'/></report>" \
    "<report id='advice.none' role='no-signing-date' diagnostics='en' test='@no'>不行</report>" \
    "</rule></pattern>"

static const struct {
    const char *record;
    const char *earliest;
    const char *reason;
} advices[] = {
    {RECORD("<advise day='2025-08-20'/><advise day='2025-08-21'/>"), "2025-08-21", NULL},
    {RECORD("<advise day='2025-08-20'/><advise no='1' day='2025-08-21'/>"), "", "In English"},
    {RECORD("<advise day='2025-08-20'/><advise day=''/>"), "", NULL},
    {RECORD("<advise day='NaN'/>"), "", NULL},
    {RECORD(""), "", NULL},
    {RECORD("<advise day='2025-08-20'/><contract signed='2025-08-30'/>"), "", NULL},
};

START_TEST(the_latest_advised_day_counts_unless_something_speaks_against_it)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER ADVICE), advices[_i].record);
    ck_assert_str_eq(trial.judgement->earliest_signing, advices[_i].earliest);
    ck_assert_str_ne(trial.judgement->earliest_reason.zh, "");
    if (advices[_i].reason != NULL)
        ck_assert_str_eq(trial.judgement->earliest_reason.en, advices[_i].reason);
    trial_free(&trial);
}
END_TEST

START_TEST(names_of_outcomes_and_verdicts_are_those_of_the_reports)
{
    ck_assert_str_eq(outcome_name(OUTCOME_NOT_EVIDENCED), "not-evidenced");
    ck_assert_int_eq(outcome_from_name("attested"), OUTCOME_ATTESTED);
    ck_assert_int_eq(outcome_from_name("none"), OUTCOME_NONE);
    ck_assert_str_eq(verdict_name(VERDICT_OUT_OF_SCOPE), "out-of-scope");
    ck_assert_int_eq(verdict_exit_status(VERDICT_NOT_EVIDENCED), 2);
    ck_assert_int_eq(verdict_exit_status(VERDICT_NONE), 70);
    ck_assert_str_eq(severity_name(SEVERITY_SCOPE), "scope");
}
END_TEST

Suite *judge_suite(void)
{
    Suite *suite = suite_create("judge");
    TCase *tcase = tcase_create("judge");
    tcase_add_test(tcase, messages_and_remedies_follow_the_outcome);
    tcase_add_test(tcase,
                   a_condition_that_does_not_apply_is_not_judged_unless_something_grave_is_found);
    tcase_add_test(tcase, a_condition_no_assertion_looked_at_is_an_error);
    tcase_add_test(tcase, a_record_no_rule_meets_is_indeterminate);
    tcase_add_test(tcase, out_of_scope_goes_before_everything);
    tcase_add_test(tcase, a_scope_condition_not_evidenced_is_not_out_of_scope);
    tcase_add_test(tcase, findings_from_outside_count_like_those_of_rules);
    tcase_add_test(tcase, names_of_outcomes_and_verdicts_are_those_of_the_reports);
    tcase_add_loop_test(tcase, the_gravest_finding_decides, 0,
                        sizeof gravities / sizeof gravities[0]);
    tcase_add_loop_test(tcase, the_latest_advised_day_counts_unless_something_speaks_against_it, 0,
                        sizeof advices / sizeof advices[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
