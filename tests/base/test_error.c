#include "base/error.h"

#include <string.h>

#include "base/suites.h"
#include "base/text.h"

START_TEST(error_keeps_the_first_text_and_place)
{
    struct error err = {0};
    ck_assert_int_eq(error_set(&err, ERROR_INPUT, "甲 %d", "first %d", 1), ERROR_INPUT);
    error_place(&err, "a.xml", 3, 4);
    error_set(&err, ERROR_OPEN, "乙", "second");
    error_place(&err, "b.xml", 5, 6);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(error_text(&err, LANGUAGE_ZH), "甲 1");
    ck_assert_str_eq(error_text(&err, LANGUAGE_EN), "first 1");
    ck_assert_str_eq(err.source, "a.xml");
    ck_assert_uint_eq(err.line, 3);
    ck_assert_uint_eq(err.column, 4);
}
END_TEST

START_TEST(error_returns_its_code_without_anybody_listening)
{
    ck_assert_int_eq(error_set(NULL, ERROR_CONFIG, "甲", "a"), ERROR_CONFIG);
    error_place(NULL, "x", 1, 1);
}
END_TEST

START_TEST(error_text_cannot_steer_a_terminal)
{
    struct error err = {0};
    error_set(&err, ERROR_INPUT, "“%s”", "'%s'", "a\033[2Jb\nc\u202Ed\x9f");
    ck_assert_str_eq(err.en, "'a?[2Jb?c?d?'");
}
END_TEST

START_TEST(error_text_that_is_too_long_is_cut_between_characters)
{
    struct error err = {0};
    char text[3 * ERROR_TEXT_MAX];
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "价", 4);
    error_set(&err, ERROR_INPUT, "%s", "x%s", text);
    ck_assert_uint_lt(strlen(err.zh), ERROR_TEXT_MAX);
    ck_assert_uint_eq(text_first_bad_octet(err.zh, strlen(err.zh)), strlen(err.zh));
    ck_assert_uint_eq(text_first_bad_octet(err.en, strlen(err.en)), strlen(err.en));
    ck_assert_ptr_nonnull(strstr(err.en, "..."));
}
END_TEST

static const struct {
    enum error_code code;
    int status;
    const char *name;
} codes[] = {
    {ERROR_NONE, 0, "none"},    {ERROR_USAGE, 64, "usage"},       {ERROR_INPUT, 65, "input"},
    {ERROR_OPEN, 66, "open"},   {ERROR_INTERNAL, 70, "internal"}, {ERROR_MEMORY, 70, "memory"},
    {ERROR_WRITE, 74, "write"}, {ERROR_CONFIG, 78, "config"},
};

START_TEST(error_code_has_the_documented_exit_status)
{
    ck_assert_int_eq(error_exit_status(codes[_i].code), codes[_i].status);
    ck_assert_str_eq(error_name(codes[_i].code), codes[_i].name);
}
END_TEST

TCase *error_cases(void)
{
    TCase *cases = tcase_create("error");
    tcase_add_test(cases, error_keeps_the_first_text_and_place);
    tcase_add_test(cases, error_returns_its_code_without_anybody_listening);
    tcase_add_test(cases, error_text_cannot_steer_a_terminal);
    tcase_add_test(cases, error_text_that_is_too_long_is_cut_between_characters);
    tcase_add_loop_test(cases, error_code_has_the_documented_exit_status, 0,
                        sizeof codes / sizeof codes[0]);
    return cases;
}
