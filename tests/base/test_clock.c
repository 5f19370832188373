#include "base/clock.h"

#include "base/suites.h"

static const struct {
    const char *text;
    int valid;
    int64_t days;
} dates[] = {
    {"1970-01-01", 1, 0},
    {"1969-12-31", 1, -1},
    {"2025-08-04", 1, 20304},
    {"2000-02-29", 1, 11016},
    {"2024-02-29", 1, 19782},
    {"2025-12-31", 1, 20453},
    {"0001-01-01", 1, -719162},
    {"9999-12-31", 1, 2932896},
    {"1900-02-29", 0, 0},
    {"2025-02-29", 0, 0},
    {"2025-13-01", 0, 0},
    {"2025-00-01", 0, 0},
    {"2025-01-00", 0, 0},
    {"2025-04-31", 0, 0},
    {"0000-01-01", 0, 0},
    {"2025-8-04", 0, 0},
    {"2025-08-04 ", 0, 0},
    {"2025-08-04Z", 0, 0},
    {"", 0, 0},
    {"2025/08/04", 0, 0},
    {"20250804", 0, 0},
    {"-025-08-04", 0, 0},
    {"2025-+8-04", 0, 0},
};

START_TEST(date_is_read_exactly)
{
    int64_t days = 77;
    ck_assert_int_eq(clock_parse_date(dates[_i].text, &days), dates[_i].valid ? 0 : -1);
    if (dates[_i].valid)
        ck_assert_int_eq(days, dates[_i].days);
}
END_TEST

static const struct {
    const char *text;
    int valid;
    int64_t seconds;
} instants[] = {
    {"1970-01-01T00:00:00Z", 1, 0},
    {"2025-08-04T00:00:00Z", 1, 1754265600},
    {"2025-08-04T00:00:00+08:00", 1, 1754236800},
    {"2025-08-04", 1, 1754236800},
    {"2025-08-03T16:00:00Z", 1, 1754236800},
    {"2025-08-03T24:00:00+08:00", 1, 1754236800},
    {"2025-08-03T11:30:00-04:30", 1, 1754236800},
    {"2025-08-04T00:00:00", 0, 0},
    {"2025-08-04T24:00:01+08:00", 0, 0},
    {"2025-08-04T23:60:00+08:00", 0, 0},
    {"2025-08-04T23:59:60+08:00", 0, 0},
    {"2025-08-04T23:59:59+14:01", 0, 0},
    {"2025-08-04T23:59:59+0800", 0, 0},
    {"2025-08-04T23:59:59.5+08:00", 0, 0},
    {"2025-08-04 23:59:59+08:00", 0, 0},
    {"2025-02-30T00:00:00Z", 0, 0},
    {"2025-08-04T00:00:00Zx", 0, 0},
    {"2025-08-04T", 0, 0},
};

START_TEST(instant_is_read_exactly)
{
    int64_t seconds = 77;
    ck_assert_int_eq(clock_parse_instant(instants[_i].text, &seconds), instants[_i].valid ? 0 : -1);
    if (instants[_i].valid)
        ck_assert_int_eq(seconds, instants[_i].seconds);
}
END_TEST

START_TEST(every_day_of_four_centuries_survives_writing_and_reading)
{
    for (int64_t day = -200000; day < 200000; day += 7) {
        char text[CLOCK_DATE_SIZE];
        int64_t again;
        clock_format_date(day, text);
        ck_assert_int_eq(clock_parse_date(text, &again), 0);
        ck_assert_int_eq(again, day);
    }
}
END_TEST

START_TEST(instants_are_written_in_beijing_and_in_utc)
{
    char text[CLOCK_INSTANT_SIZE];
    clock_format_beijing(1754236800, text);
    ck_assert_str_eq(text, "2025-08-04T00:00:00+08:00");
    clock_format_utc(1754236800, text);
    ck_assert_str_eq(text, "2025-08-03T16:00:00Z");
    clock_format_utc(-1, text);
    ck_assert_str_eq(text, "1969-12-31T23:59:59Z");
}
END_TEST

START_TEST(beijing_day_changes_at_sixteen_hours_utc)
{
    ck_assert_int_eq(clock_beijing_day(1754236799), 20303);
    ck_assert_int_eq(clock_beijing_day(1754236800), 20304);
    ck_assert_int_eq(clock_beijing_day(-8 * 3600), 0);
    ck_assert_int_eq(clock_beijing_day(-8 * 3600 - 1), -1);
}
END_TEST

START_TEST(days_beyond_four_digit_years_are_written_as_the_last_one)
{
    char text[CLOCK_DATE_SIZE];
    clock_format_date(INT64_MAX / 100000, text);
    ck_assert_str_eq(text, "9999-12-31");
    clock_format_date(INT64_MIN / 100000, text);
    ck_assert_str_eq(text, "0001-01-01");
}
END_TEST

START_TEST(clock_is_past_the_day_this_was_written)
{
    ck_assert_int_gt(clock_now(), 1754236800);
}
END_TEST

TCase *clock_cases(void)
{
    TCase *cases = tcase_create("clock");
    tcase_add_loop_test(cases, date_is_read_exactly, 0, sizeof dates / sizeof dates[0]);
    tcase_add_loop_test(cases, instant_is_read_exactly, 0, sizeof instants / sizeof instants[0]);
    tcase_add_test(cases, every_day_of_four_centuries_survives_writing_and_reading);
    tcase_add_test(cases, instants_are_written_in_beijing_and_in_utc);
    tcase_add_test(cases, beijing_day_changes_at_sixteen_hours_utc);
    tcase_add_test(cases, days_beyond_four_digit_years_are_written_as_the_last_one);
    tcase_add_test(cases, clock_is_past_the_day_this_was_written);
    return cases;
}
