#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/suites.h"

static const struct {
    const char *text;
    size_t bad; /* offset of the first bad octet, or the length */
} utf8[] = {
    {"", 0},
    {"abc", 3},
    {"定价", 6},
    {"\xF0\x9F\x98\x80", 4},
    {"\xF4\x8F\xBF\xBF", 4},
    {"\xEF\xBF\xBD", 3},
    {"a\x80", 1},
    {"a\xC0\x80", 1},
    {"\xC1\xBF", 0},
    {"\xE0\x9F\xBF", 0},
    {"\xED\xA0\x80", 0},
    {"\xF0\x8F\xBF\xBF", 0},
    {"\xF4\x90\x80\x80", 0},
    {"\xF5\x80\x80\x80", 0},
    {"\xE5\xAE", 0},
    {"ok\xE5\xAEx", 2},
    {"\xB6\xA8\xBC\xDB", 0},
    {"\xFF", 0},
};

START_TEST(utf8_is_judged_strictly)
{
    ck_assert_uint_eq(text_first_bad_octet(utf8[_i].text, strlen(utf8[_i].text)), utf8[_i].bad);
}
END_TEST

START_TEST(position_counts_lines_and_characters)
{
    unsigned line;
    unsigned column;
    text_position("ab\n定价x", 9, &line, &column);
    ck_assert_uint_eq(line, 2);
    ck_assert_uint_eq(column, 3);
    text_position("", 0, &line, &column);
    ck_assert_uint_eq(line, 1);
    ck_assert_uint_eq(column, 1);
}
END_TEST

START_TEST(fitting_cuts_between_characters)
{
    char small[6];
    text_fit(small, sizeof small, "定价法");
    ck_assert_str_eq(small, "定");
    text_fit(small, sizeof small, "abcdefgh");
    ck_assert_str_eq(small, "abcde");
    text_fit(small, 1, "abc");
    ck_assert_str_eq(small, "");
}
END_TEST

START_TEST(copies_are_owned)
{
    char *copy = text_copy("价格");
    char *part = text_copy_part("价格", 3);
    ck_assert_str_eq(copy, "价格");
    ck_assert_str_eq(part, "价");
    free(copy);
    free(part);
}
END_TEST

START_TEST(sanitising_keeps_chinese_and_replaces_what_steers)
{
    char text[] = "价\x1b[0m\t格\xC2\x85\u2028\u2066end\xC3";
    text_sanitise(text);
    ck_assert_str_eq(text, "价?[0m?格???end?");
}
END_TEST

TCase *text_cases(void)
{
    TCase *cases = tcase_create("text");
    tcase_add_loop_test(cases, utf8_is_judged_strictly, 0, sizeof utf8 / sizeof utf8[0]);
    tcase_add_test(cases, position_counts_lines_and_characters);
    tcase_add_test(cases, fitting_cuts_between_characters);
    tcase_add_test(cases, copies_are_owned);
    tcase_add_test(cases, sanitising_keeps_chinese_and_replaces_what_steers);
    return cases;
}
