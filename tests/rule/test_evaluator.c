#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "trial.h"

/* Which node meets which rule, what a let means where, and what happens when XPath fails. */

START_TEST(a_node_meets_only_the_first_rule_that_matches_it)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER "<pattern id='p'>"
                             "<rule context='r:a[@x]'><assert id='N1.first' role='violated' "
                             "diagnostics='en' test='false()'>一</assert></rule>"
                             "<rule context='r:a'><assert id='N1.second' role='violated' "
                             "diagnostics='en' test='false()'>二</assert></rule></pattern>"),
                RECORD("<a/><a x='1'/><a/>"));
    ck_assert_uint_eq(trial_count(&trial, "N1.first"), 1);
    ck_assert_uint_eq(trial_count(&trial, "N1.second"), 2);
    trial_free(&trial);
}
END_TEST

START_TEST(other_patterns_see_the_node_again)
{
    struct trial trial;
    trial_judge(
        &trial,
        SCHEMA(COVER ASSERTION("N1.a", "r:a", "false()") ASSERTION("N2.a", "r:a | r:b", "false()")),
        RECORD("<a/><b/>"));
    ck_assert_uint_eq(trial_count(&trial, "N1.a"), 1);
    ck_assert_uint_eq(trial_count(&trial, "N2.a"), 2);
    trial_free(&trial);
}
END_TEST

START_TEST(attributes_and_the_document_can_be_contexts)
{
    struct trial trial;
    trial_judge(
        &trial,
        SCHEMA(COVER ASSERTION("N1.a", "r:a/@x", ". = 1") ASSERTION("N2.a", "/", "false()")),
        RECORD("<a x='1'/><a x='2'/>"));
    ck_assert_uint_eq(trial_count(&trial, "N1.a"), 1);
    ck_assert_str_eq(trial_finding(&trial, "N1.a")->path, "/record/a[2]/@x");
    ck_assert_uint_eq(trial_count(&trial, "N2.a"), 1);
    trial_free(&trial);
}
END_TEST

START_TEST(findings_come_in_document_order_within_a_pattern)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER "<pattern id='p'>"
                             "<rule context='r:b'><assert id='N1.b' role='violated' "
                             "diagnostics='en' test='false()'>乙</assert></rule>"
                             "<rule context='r:a'><assert id='N1.a' role='violated' "
                             "diagnostics='en' test='false()'>甲</assert></rule></pattern>"),
                RECORD("<a/><b/>"));
    const struct condition_result *result = trial_result(&trial, "N1");
    ck_assert_str_eq(result->findings[0]->assertion, "N1.a");
    ck_assert_str_eq(result->message.zh, "甲");
    trial_free(&trial);
}
END_TEST

#define SCOPED_RULES \
    SCHEMA("<let name='x' value=\"'schema'\"/><let name='y' value='count(//r:a)'/>" COVER \
           "<pattern id='p'><let name='z' value=\"'pattern'\"/><rule context='r:a'>" \
           "<let name='x' value='@x'/><let name='t' value='concat($x, $z)'/>" \
           "<report id='N1.in' role='violated' diagnostics='en' test='$y = 2'>" \
           "<value-of select='$x'/>-<value-of select='$t'/></report></rule></pattern>" \
           "<pattern id='q'><rule context='/r:record'>" \
           "<report id='N2.out' role='violated' diagnostics='en' test='true()'>" \
           "<value-of select='$x'/></report></rule></pattern>")

START_TEST(lets_of_a_rule_hide_outer_ones_and_end_with_it)
{
    struct trial trial;
    trial_judge(&trial, SCOPED_RULES, RECORD("<a x='1'/><a x='2'/>"));
    ck_assert_str_eq(trial_result(&trial, "N1")->findings[0]->zh, "1-1pattern");
    ck_assert_str_eq(trial_result(&trial, "N1")->findings[1]->zh, "2-2pattern");
    ck_assert_str_eq(trial_finding(&trial, "N2.out")->zh, "schema");
    trial_free(&trial);
}
END_TEST

START_TEST(messages_carry_their_values)
{
    struct trial trial;
    trial_judge(&trial, SCOPED_RULES, RECORD("<a x='1'/>\n<a x='2'/>"));
    const struct finding *finding = trial_result(&trial, "N1")->findings[1];
    ck_assert_uint_eq(finding->value_count, 2);
    ck_assert_str_eq(finding->values[0].name, "x");
    ck_assert_str_eq(finding->values[0].text, "2");
    ck_assert_str_eq(finding->values[1].name, "t");
    ck_assert_uint_eq(finding->line, 2);
    ck_assert_str_eq(finding->path, "/record/a[2]");
    ck_assert_str_eq(finding->en, "In English");
    trial_free(&trial);
}
END_TEST

START_TEST(data_files_of_the_pack_can_be_read)
{
    struct trial trial;
    trial_judge(
        &trial,
        SCHEMA("<let name='days' value=\"document('data.xml')/p:data/p:day\"/>" COVER ASSERTION(
            "N1.a", "/r:record", "$days[@on = /r:record/@decided]")
                   ASSERTION("N2.a", "/r:record", "not($days[@on = current])")),
        RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_VIOLATED);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_SATISFIED);
    trial_free(&trial);
}
END_TEST

START_TEST(an_assertion_that_fails_to_evaluate_is_an_error_and_the_rest_goes_on)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER ASSERTION("N1.a", "/r:record", "count(1)")
                           ASSERTION("N2.a", "/r:record", "false()")),
                RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_ERROR);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_VIOLATED);
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_INDETERMINATE);
    trial_free(&trial);
}
END_TEST

START_TEST(a_let_that_fails_to_evaluate_spoils_only_what_uses_it)
{
    struct trial trial;
    trial_judge(
        &trial,
        SCHEMA("<let name='bad' value=\"document('http://example.org/x.xml')\"/>" COVER
               "<pattern id='p'><rule context='/r:record'>"
               "<let name='worse' value='$bad/p:x'/>"
               "<assert id='N1.a' role='violated' diagnostics='en' test='$worse'>甲</assert>"
               "<assert id='N2.a' role='violated' diagnostics='en' test='true()'>乙</assert>"
               "</rule></pattern>"),
        RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_ERROR);
    ck_assert_ptr_nonnull(strstr(trial_finding(&trial, "N1.a")->en, "example.org"));
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_SATISFIED);
    trial_free(&trial);
}
END_TEST

START_TEST(a_good_let_may_hide_a_failed_one)
{
    struct trial trial;
    trial_judge(
        &trial,
        SCHEMA("<let name='x' value='count(1)'/>" COVER
               "<pattern id='p'><rule context='/r:record'><let name='x' value='1'/>"
               "<assert id='N1.a' role='violated' diagnostics='en' test='$x = 1'>甲</assert>"
               "</rule></pattern>" ASSERTION("N2.a", "/r:record", "$x = 1")),
        RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_SATISFIED);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_ERROR);
    trial_free(&trial);
}
END_TEST

START_TEST(a_message_that_fails_to_evaluate_is_an_error)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER "<pattern id='p'><rule context='/r:record'><report id='N1.a' "
                             "role='warning' diagnostics='en' test='true()'>"
                             "<value-of select='count(1)'/></report></rule></pattern>"),
                RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_ERROR);
    trial_free(&trial);
}
END_TEST

START_TEST(nan_never_passes)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER ASSERTION("N1.a", "/r:record", "number(@missing)")
                           ASSERTION("N2.a", "/r:record", "@missing &gt;= 15")),
                RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_VIOLATED);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_VIOLATED);
    trial_free(&trial);
}
END_TEST

START_TEST(repeats_are_listed_up_to_a_limit_and_counted)
{
    static const char row[] = "<a/><a/><a/><a/><a/><a/><a/><a/><a/><a/>";
    char record[1024];
    snprintf(record, sizeof record,
             "<record xmlns='urn:dingjia:record:1.0' decided='2025-08-01'>%s%s%s</record>", row,
             row, row);
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER ASSERTION("N1.a", "r:a", "false()")), record);
    ck_assert_uint_eq(trial_count(&trial, "N1.a"), 20);
    ck_assert_uint_eq(trial_finding(&trial, "N1.a")->total, 30);
    trial_free(&trial);
}
END_TEST

START_TEST(the_date_of_judging_is_set_from_outside)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA("<let name='at' value=\"'2100-01-01'\"/>"
                       "<let name='compared' value=\"'maybe'\"/>" COVER ASSERTION(
                           "N1.a", "/r:record", "$at = &quot;2026-11-01&quot;")
                           ASSERTION("N2.a", "/r:record", "$compared = &quot;no&quot;")),
                RECORD(""));
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_SATISFIED);
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_SATISFIED);
    trial_free(&trial);
}
END_TEST

Suite *evaluator_suite(void)
{
    Suite *suite = suite_create("evaluator");
    TCase *tcase = tcase_create("evaluator");
    tcase_add_test(tcase, a_node_meets_only_the_first_rule_that_matches_it);
    tcase_add_test(tcase, other_patterns_see_the_node_again);
    tcase_add_test(tcase, attributes_and_the_document_can_be_contexts);
    tcase_add_test(tcase, findings_come_in_document_order_within_a_pattern);
    tcase_add_test(tcase, lets_of_a_rule_hide_outer_ones_and_end_with_it);
    tcase_add_test(tcase, messages_carry_their_values);
    tcase_add_test(tcase, data_files_of_the_pack_can_be_read);
    tcase_add_test(tcase, an_assertion_that_fails_to_evaluate_is_an_error_and_the_rest_goes_on);
    tcase_add_test(tcase, a_let_that_fails_to_evaluate_spoils_only_what_uses_it);
    tcase_add_test(tcase, a_good_let_may_hide_a_failed_one);
    tcase_add_test(tcase, a_message_that_fails_to_evaluate_is_an_error);
    tcase_add_test(tcase, nan_never_passes);
    tcase_add_test(tcase, repeats_are_listed_up_to_a_limit_and_counted);
    tcase_add_test(tcase, the_date_of_judging_is_set_from_outside);
    suite_add_tcase(suite, tcase);
    return suite;
}
