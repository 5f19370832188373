#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/suites.h"

START_TEST(buffer_grows_and_stays_terminated)
{
    struct buffer buffer;
    buffer_init(&buffer, 100000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(buffer_append_format(&buffer, "%03d,", i % 1000), 0);
    ck_assert_uint_eq(buffer.length, 4000);
    ck_assert_uint_eq(strlen(buffer_text(&buffer)), 4000);
    ck_assert_int_eq(buffer.failed, 0);
    buffer_free(&buffer);
}
END_TEST

START_TEST(buffer_accepts_exactly_its_maximum)
{
    struct buffer buffer;
    buffer_init(&buffer, 5);
    ck_assert_int_eq(buffer_append_text(&buffer, "12345"), 0);
    ck_assert_str_eq(buffer_text(&buffer), "12345");
    buffer_free(&buffer);
}
END_TEST

START_TEST(buffer_refuses_one_octet_more_and_stays_unchanged)
{
    struct buffer buffer;
    buffer_init(&buffer, 5);
    ck_assert_int_eq(buffer_append_text(&buffer, "1234"), 0);
    ck_assert_int_eq(buffer_append_text(&buffer, "56"), -1);
    ck_assert_int_eq(buffer_append_format(&buffer, "%d", 56), -1);
    ck_assert_str_eq(buffer_text(&buffer), "1234");
    ck_assert_int_eq(buffer.failed, 1);
    buffer_free(&buffer);
}
END_TEST

START_TEST(buffer_failure_sticks_until_it_is_cleared)
{
    struct buffer buffer;
    buffer_init(&buffer, 2);
    ck_assert_int_eq(buffer_append_text(&buffer, "abc"), -1);
    ck_assert_int_eq(buffer_append_text(&buffer, "a"), 0);
    ck_assert_int_eq(buffer.failed, 1);
    buffer_clear(&buffer);
    ck_assert_int_eq(buffer.failed, 0);
    ck_assert_str_eq(buffer_text(&buffer), "");
    buffer_free(&buffer);
}
END_TEST

START_TEST(buffer_take_hands_over_an_empty_string_too)
{
    struct buffer buffer;
    size_t length = 9;
    buffer_init(&buffer, 10);
    char *text = buffer_take(&buffer, &length);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(length, 0);
    free(text);
}
END_TEST

START_TEST(buffer_take_gives_nothing_after_a_failure)
{
    struct buffer buffer;
    buffer_init(&buffer, 2);
    buffer_append_text(&buffer, "abc");
    ck_assert_ptr_null(buffer_take(&buffer, NULL));
}
END_TEST

START_TEST(buffer_that_was_zeroed_can_be_freed_and_read)
{
    struct buffer buffer = {0};
    ck_assert_str_eq(buffer_text(&buffer), "");
    buffer_free(&buffer);
}
END_TEST

TCase *buffer_cases(void)
{
    TCase *cases = tcase_create("buffer");
    tcase_add_test(cases, buffer_grows_and_stays_terminated);
    tcase_add_test(cases, buffer_accepts_exactly_its_maximum);
    tcase_add_test(cases, buffer_refuses_one_octet_more_and_stays_unchanged);
    tcase_add_test(cases, buffer_failure_sticks_until_it_is_cleared);
    tcase_add_test(cases, buffer_take_hands_over_an_empty_string_too);
    tcase_add_test(cases, buffer_take_gives_nothing_after_a_failure);
    tcase_add_test(cases, buffer_that_was_zeroed_can_be_freed_and_read);
    return cases;
}
