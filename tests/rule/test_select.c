#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "suites.h"
#include "trial.h"

/* Which pack a record falls under. */

static const struct {
    const char *record;
    enum verdict verdict;
    const char *said; /* part of the Chinese reason */
} choices[] = {
    {RECORD_DECIDED("2025-07-28", ""), VERDICT_OUT_OF_SCOPE, "2025-07-28（决策日，第1行）当日没有"},
    {RECORD_DECIDED("2025-07-29", ""), VERDICT_COMPLIANT, "按 2025-07-29（决策日，第1行）选用"},
    {RECORD_DECIDED("2024-02-29", ""), VERDICT_OUT_OF_SCOPE, "2024-02-29"},
    {RECORD_DECIDED("soon", "<notice published='2025-08-09'/><notice published='2025-08-04'/>"),
     VERDICT_COMPLIANT, "2025-08-04（公示日，第1行）"},
    {RECORD_DECIDED("2025-08-30", "<notice published='2025-07-01'/>"), VERDICT_COMPLIANT,
     "2025-08-30"},
    {RECORD_DECIDED("", ""), VERDICT_NOT_EVIDENCED, "没有可据以选定规则的日期（决策日；公示日）"},
    {RECORD_DECIDED("2025-13-01", ""), VERDICT_NOT_EVIDENCED, "没有可据以选定规则的日期"},
};

START_TEST(the_records_own_date_chooses)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER), choices[_i].record);
    ck_assert_int_eq(trial.judgement->verdict, choices[_i].verdict);
    ck_assert_msg(strstr(trial.judgement->reason.zh, choices[_i].said) != NULL, "%s",
                  trial.judgement->reason.zh);
    ck_assert_ptr_nonnull(strstr(trial.judgement->reason.en, "small 1.0.0"));
    trial_free(&trial);
}
END_TEST

START_TEST(without_a_pack_in_force_nothing_is_judged)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER ASSERTION("N1.a", "/r:record", "false()")),
                RECORD_DECIDED("2025-07-28", ""));
    ck_assert_ptr_null(trial.judgement->pack);
    ck_assert_int_eq(trial.judgement->lawful_pricing, VERDICT_OUT_OF_SCOPE);
    ck_assert_uint_eq(trial.judgement->result_count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(trial.judgement->results[i].outcome, OUTCOME_NOT_APPLICABLE);
        ck_assert_str_eq(trial.judgement->results[i].message.zh, trial.judgement->reason.zh);
    }
    ck_assert_uint_eq(trial.judgement->finding_count, 0);
    trial_free(&trial);
}
END_TEST

START_TEST(without_a_date_neither_line_is_better_than_not_evidenced)
{
    struct trial trial;
    trial_judge(&trial, SCHEMA(COVER), RECORD_DECIDED("", ""));
    ck_assert_int_eq(trial.judgement->lawful_pricing, VERDICT_NOT_EVIDENCED);
    ck_assert_str_eq(trial_finding(&trial, "S6.no-date")->en,
                     "The record has no date to choose the rules by (day of decision; day of "
                     "notice).");
    int64_t at = 0;
    clock_parse_instant("2025-07-28T23:59:59+08:00", &at);
    trial_judge_again(&trial, RECORD_DECIDED("", ""), at);
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_OUT_OF_SCOPE);
    trial_judge_again(&trial, RECORD_DECIDED("", ""), at + 1);
    ck_assert_int_eq(trial.judgement->verdict, VERDICT_NOT_EVIDENCED);
    trial_free(&trial);
}
END_TEST

/* One more pack of the given validity and version, next to the small one. */
static void add_pack(struct trial *trial, const char *version, const char *validity)
{
    char manifest[1024];
    const char *rest = strstr(trial_manifest, "><title") + 1;
    snprintf(manifest, sizeof manifest,
             "<pack xmlns='urn:dingjia:pack:1.0' id='small' version='%s' %s>%s", version, validity,
             rest);
    static const char rules[] = SCHEMA(COVER);
    static const char data[] = "<data xmlns='urn:dingjia:pack:1.0'/>";
    const struct pack_file files[] = {
        {"pack.xml", manifest, strlen(manifest)},
        {"conditions.xml", trial_conditions, strlen(trial_conditions)},
        {"data.xml", data, strlen(data)},
        {"rules.sch", rules, strlen(rules)},
    };
    struct pack *pack = NULL;
    ck_assert_int_eq(pack_load("more/", files, 4, &pack, NULL), 0);
    ck_assert_int_eq(packs_take(trial->packs, pack, NULL), 0);
}

static const struct {
    const char *date;
    const char *version; /* NULL: none in force */
} ages[] = {
    {"2025-06-30", NULL},    {"2025-07-01", "0.9.0"}, {"2025-07-28", "0.9.0"},
    {"2025-07-29", "1.0.0"}, {"2025-07-31", "1.0.0"}, {"2026-03-01", "1.0.0"},
    {"2026-05-01", "2.0.0"},
};

START_TEST(of_several_packs_in_force_the_newest_is_chosen)
{
    char record[256];
    snprintf(record, sizeof record, "<record xmlns='urn:dingjia:record:1.0' decided='%s'/>",
             ages[_i].date);
    struct trial trial;
    trial_load(&trial, SCHEMA(COVER), NULL);
    add_pack(&trial, "2.0.0", "validFrom='2026-05-01'");
    add_pack(&trial, "0.9.0", "validFrom='2025-07-01' validTo='2025-07-31'");
    trial_judge_again(&trial, record, 1793491200);
    if (ages[_i].version == NULL)
        ck_assert_ptr_null(trial.judgement->pack);
    else
        ck_assert_str_eq(pack_version(trial.judgement->pack), ages[_i].version);
    trial_free(&trial);
}
END_TEST

Suite *select_suite(void)
{
    Suite *suite = suite_create("select");
    TCase *tcase = tcase_create("select");
    tcase_add_loop_test(tcase, the_records_own_date_chooses, 0, sizeof choices / sizeof choices[0]);
    tcase_add_test(tcase, without_a_pack_in_force_nothing_is_judged);
    tcase_add_test(tcase, without_a_date_neither_line_is_better_than_not_evidenced);
    tcase_add_loop_test(tcase, of_several_packs_in_force_the_newest_is_chosen, 0,
                        sizeof ages / sizeof ages[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
