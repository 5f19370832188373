#include "base/language.h"

#include <stdlib.h>

#include "base/suites.h"

static const struct {
    const char *all;
    const char *messages;
    const char *lang;
    enum language expect;
} rows[] = {
    {"zh_CN.UTF-8", "en_US", "en_US", LANGUAGE_ZH},
    {"C", "zh_CN", "zh_CN", LANGUAGE_EN},
    {"", "zh_CN", "en_US", LANGUAGE_ZH},
    {"", "", "zh_TW", LANGUAGE_ZH},
    {"", "", "", LANGUAGE_EN},
    {"", "en_GB", "zh_CN", LANGUAGE_EN},
};

START_TEST(language_comes_from_the_first_variable_that_is_set)
{
    setenv("LC_ALL", rows[_i].all, 1);
    setenv("LC_MESSAGES", rows[_i].messages, 1);
    setenv("LANG", rows[_i].lang, 1);
    ck_assert_int_eq(language_from_environment(), rows[_i].expect);
}
END_TEST

START_TEST(bilingual_text_is_never_null)
{
    struct bilingual text = {"中", NULL};
    ck_assert_str_eq(bilingual_pick(text, LANGUAGE_ZH), "中");
    ck_assert_str_eq(bilingual_pick(text, LANGUAGE_EN), "");
}
END_TEST

TCase *language_cases(void)
{
    TCase *cases = tcase_create("language");
    tcase_add_loop_test(cases, language_comes_from_the_first_variable_that_is_set, 0,
                        sizeof rows / sizeof rows[0]);
    tcase_add_test(cases, bilingual_text_is_never_null);
    return cases;
}
