#include <string.h>

#include "suites.h"
#include "trial.h"

/* What of ISO Schematron is understood, and that the rest is refused. */

START_TEST(extends_brings_lets_and_assertions_of_an_abstract_rule)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA(COVER "<pattern id='p'>"
                             "<rule abstract='true' id='base'><let name='v' value='@x * 2'/>"
                             "<assert id='N1.a' role='violated' diagnostics='en' test='$v = 4'>"
                             "得 <value-of select='$v'/></assert></rule>"
                             "<rule context='r:a'><extends rule='base'/><assert id='N2.a' "
                             "role='violated' diagnostics='en' test='$v'>乙</assert></rule>"
                             "<rule context='r:b'><extends rule='base'/></rule></pattern>"),
                RECORD("<a x='2'/><b x='3'/>"));
    ck_assert_uint_eq(trial_count(&trial, "N1.a"), 1);
    ck_assert_str_eq(trial_finding(&trial, "N1.a")->zh, "得 6");
    ck_assert_str_eq(trial_finding(&trial, "N1.a")->path, "/record/b");
    ck_assert_int_eq(trial_outcome(&trial, "N2"), OUTCOME_SATISFIED);
    trial_free(&trial);
}
END_TEST

START_TEST(abstract_patterns_are_filled_in_with_their_parameters)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA("<pattern abstract='true' id='shape'><rule context='$where'>"
                       "<assert id='N1.a' role='violated' diagnostics='en' test='@x &gt; $least'>"
                       "<name/>不大于$least：<value-of select='$least'/></assert></rule></pattern>"
                       "<pattern id='a' is-a='shape'><param name='where' value='r:a'/>"
                       "<param name='least' value='1'/></pattern>"
                       "<pattern id='b' is-a='shape'><param name='where' value='r:b'/>"
                       "<param name='least' value='2'/></pattern>" COVER),
                RECORD("<a x='2'/><b x='2'/>"));
    ck_assert_uint_eq(trial_count(&trial, "N1.a"), 1);
    ck_assert_str_eq(trial_finding(&trial, "N1.a")->zh, "b不大于2：2");
    trial_free(&trial);
}
END_TEST

START_TEST(includes_stand_where_they_are_written)
{
    struct trial trial;
    trial_load(&trial, SCHEMA("<include href='part.sch'/>" COVER),
               "<pattern xmlns='http://purl.oclc.org/dsdl/schematron' id='part'>"
               "<rule context='/r:record'><assert id='N1.a' role='violated' diagnostics='en' "
               "test='false()'>甲</assert></rule></pattern>");
    ck_assert_msg(trial.code == 0, "%s", trial.err.en);
    trial_judge_again(&trial, RECORD(""), 1793491200);
    ck_assert_int_eq(trial_outcome(&trial, "N1"), OUTCOME_VIOLATED);
    trial_free(&trial);
}
END_TEST

START_TEST(titles_paragraphs_phases_and_annotations_are_passed_over)
{
    struct trial trial;
    trial_judge(&trial,
                SCHEMA("<title>题</title><p>文 <emph>字</emph></p>"
                       "<phase id='f'><active pattern='cover'/></phase>"
                       "<note xmlns='urn:example:note'>随便</note>" COVER),
                RECORD(""));
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_COMPLIANT);
    trial_free(&trial);
}
END_TEST

/* A pattern around one rule; an assertion with these attributes. */
#define RULE(content) SCHEMA("<pattern id='p'><rule context='r:a'>" content "</rule></pattern>")
#define ASSERT(attributes) "<assert " attributes ">文</assert>"
#define GOOD ASSERT("id='N1.a' role='violated' diagnostics='en' test='1'")
#define SCHEMATRON "xmlns='http://purl.oclc.org/dsdl/schematron'"

static const struct {
    const char *rules;
    const char *said; /* part of the English message */
} refusals[] = {
    {RULE(ASSERT("id='N1.a' role='fatal' diagnostics='en' test='1'")), "fatal"},
    {RULE(ASSERT("id='N1.a' diagnostics='en' test='1'")), "lacks the attribute role"},
    {RULE(ASSERT("id='N1.a' role='violated' flag='red' diagnostics='en' test='1'")), "red"},
    {RULE(ASSERT("id='N1.a' role='violated' test='1'")), "diagnostics"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='fr' test='1'")), "diagnostics"},
    {RULE(ASSERT("id='N9.a' role='violated' diagnostics='en' test='1'")), "N9.a"},
    {RULE(ASSERT("id='N1' role='violated' diagnostics='en' test='1'")), "N1"},
    {RULE(ASSERT("role='violated' diagnostics='en' test='1'")), "lacks the attribute id"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='en'")), "lacks the attribute test"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='en' test='1 +'")), "1 +"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='en' test='$x'")), "$x is not bound"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='en' test='x:y'")), "x"},
    {RULE(ASSERT("id='N1.a' role='violated' diagnostics='en' test='nosuch(1)'")), "nosuch"},
    {RULE(ASSERT("id='N1.a' role='earliest-signing' diagnostics='en' test='1'")), "role"},
    {RULE(ASSERT("id='advice.a' role='violated' diagnostics='en' test='1'")), "role"},
    {RULE(ASSERT("id='N1.a' role='violated' colour='red' diagnostics='en' test='1'")), "colour"},
    {RULE("<assert id='N1.a' role='violated' diagnostics='en' test='1'/>"), "no text"},
    {RULE(
         "<assert id='N1.a' role='violated' diagnostics='en' test='1'><b xmlns='urn:b'/></assert>"),
     "unknown element b"},
    {RULE(GOOD GOOD), "used twice"},
    {RULE("<let name='x' value='1'/><let name='x' value='2'/>" GOOD), "cannot be “x”"},
    {RULE("<let name='x' value='$y'/><let name='y' value='2'/>" GOOD), "$y is not bound"},
    {RULE("<extends rule='nosuch'/>"), "nosuch"},
    {RULE("<lets name='x' value='1'/>" GOOD), "unknown element lets"},
    {SCHEMA("<let name='x' value='1'/><let name='x' value='2'/>"), "bound twice"},
    {SCHEMA("<pattern id='p'><let name='x' value='1'/></pattern>"
            "<pattern id='q'><let name='x' value='1'/></pattern>"),
     "bound twice"},
    {SCHEMA("<pattern><rule context='r:a'>" GOOD "</rule></pattern>"), "lacks the attribute id"},
    {SCHEMA("<pattern id='p'/><pattern id='p'/>"), "used twice"},
    {SCHEMA("<pattern id='p' is-a='nosuch'/>"), "nosuch"},
    {SCHEMA("<pattern id='p'><rule>" GOOD "</rule></pattern>"), "context"},
    {SCHEMA("<let name='x' value='1'/><pattern id='p'><rule context='r:a[$x]'>" GOOD
            "</rule></pattern>"),
     "context"},
    {SCHEMA("<pattern id='p'><rule abstract='true' id='a'><extends rule='b'/></rule>"
            "<rule abstract='true' id='b'><extends rule='a'/></rule>"
            "<rule context='r:a'><extends rule='a'/></rule></pattern>"),
     "rule"},
    {SCHEMA("<include href='nosuch.sch'/>"), "no file nosuch.sch"},
    {SCHEMA("<include href='../part.sch'/>"), "no file ../part.sch"},
    {SCHEMA("<include href='data.xml'/>"), "not Schematron"},
    {SCHEMA("<include href='rules.sch'/>"), "schema"},
    {SCHEMA("<key name='k' match='a' use='b'/>"), "unknown element key"},
    {"<schema " SCHEMATRON " queryBinding='xslt2'/>", "xslt2"},
    {"<schema " SCHEMATRON " queryBinding='xpath'/>", "xpath"},
    {"<schema " SCHEMATRON " defaultPhase='f'/>", "defaultPhase"},
    {"<pattern " SCHEMATRON " id='p'/>", "pattern"},
    {"<schema xmlns='http://www.ascc.net/xml/schematron'/>", "not Schematron"},
    {"<!DOCTYPE schema><schema " SCHEMATRON "/>", "DOCTYPE"},
    {"<schema", ""},
};

START_TEST(whatever_is_not_understood_is_refused)
{
    struct trial trial;
    trial_load(&trial, refusals[_i].rules, NULL);
    ck_assert_msg(trial.code == ERROR_CONFIG, "%d not refused: %s", _i, refusals[_i].rules);
    ck_assert_int_eq(trial.err.code, ERROR_CONFIG);
    ck_assert_msg(strstr(trial.err.en, refusals[_i].said) != NULL, "%d: %s", _i, trial.err.en);
    ck_assert_int_eq(strncmp(trial.err.source, "small/", strlen("small/")), 0);
    ck_assert_uint_gt(trial.err.line, 0);
    trial_free(&trial);
}
END_TEST

START_TEST(a_refusal_names_the_line)
{
    struct trial trial;
    trial_load(&trial, RULE("\n\n" ASSERT("id='N1.a' role='odd' diagnostics='en' test='1'")), NULL);
    ck_assert_uint_eq(trial.err.line, 3);
    trial_free(&trial);
}
END_TEST

Suite *schematron_suite(void)
{
    Suite *suite = suite_create("schematron");
    TCase *tcase = tcase_create("schematron");
    tcase_add_test(tcase, extends_brings_lets_and_assertions_of_an_abstract_rule);
    tcase_add_test(tcase, abstract_patterns_are_filled_in_with_their_parameters);
    tcase_add_test(tcase, includes_stand_where_they_are_written);
    tcase_add_test(tcase, titles_paragraphs_phases_and_annotations_are_passed_over);
    tcase_add_test(tcase, a_refusal_names_the_line);
    tcase_add_loop_test(tcase, whatever_is_not_understood_is_refused, 0,
                        sizeof refusals / sizeof refusals[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
