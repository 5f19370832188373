#include "signature/result.h"

#include "signature/suites.h"

START_TEST(nothing_is_a_pass_by_itself)
{
    const struct check_list list = {0};
    enum indication indication = 0;

    ck_assert_int_eq(indication, INDICATION_NONE);
    ck_assert_str_eq(indication_name(indication), "");
    ck_assert_ptr_null(check_list_decisive(&list));
}
END_TEST

START_TEST(names_and_pairs_are_those_of_etsi)
{
    ck_assert_str_eq(indication_name(INDICATION_TOTAL_PASSED), "TOTAL-PASSED");
    ck_assert_str_eq(subindication_name(SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND),
                     "NO_CERTIFICATE_CHAIN_FOUND");
    for (enum subindication i = SUBINDICATION_FORMAT_FAILURE;
         i <= SUBINDICATION_SIGNED_DATA_NOT_FOUND; i++) {
        ck_assert_int_eq(subindication_indication(i), i <= SUBINDICATION_NOT_YET_VALID
                                                          ? INDICATION_TOTAL_FAILED
                                                          : INDICATION_INDETERMINATE);
        ck_assert_int_gt(subindication_name(i)[0], 'A' - 1);
    }
}
END_TEST

START_TEST(a_failure_decides_before_an_open_question)
{
    struct check_list list = {0};

    check_add(&list, (struct check_mark){.id = "a"}, "好", "good");
    check_add_not_run(&list, "b", (struct bilingual){"未做", "not run"});
    ck_assert_ptr_null(check_list_decisive(&list));
    check_add(&list, (struct check_mark){"c", 1, SUBINDICATION_TRY_LATER, LEVEL_FAIL}, "待 %d",
              "wait %d", 1);
    ck_assert_str_eq(check_list_decisive(&list)->id, "c");
    check_add(&list, (struct check_mark){"d", 2, SUBINDICATION_HASH_FAILURE, LEVEL_FAIL}, "坏 %d",
              "bad %d", 2);
    ck_assert_str_eq(check_list_decisive(&list)->id, "d");
    ck_assert_str_eq(check_list_decisive(&list)->en, "bad 2");
    check_list_clear(&list);
}
END_TEST

TCase *result_cases(void)
{
    TCase *cases = tcase_create("result");

    tcase_add_test(cases, nothing_is_a_pass_by_itself);
    tcase_add_test(cases, names_and_pairs_are_those_of_etsi);
    tcase_add_test(cases, a_failure_decides_before_an_open_question);
    return cases;
}
