#include "xml/dates.h"

#include <math.h>

#include "xml/suites.h"

static const struct {
    const char *date;
    double seconds;
} seconds[] = {
    {"1970-01-01", 0},
    {"2025-08-04", 1754265600},
    {"2025-08-04Z", 1754265600},
    {"2025-08-04+08:00", 1754236800},
    {"2025-08-04T00:00:00", 1754265600},
    {"2025-08-04T00:00:00+08:00", 1754236800},
    {"2025-08-04T10:00:00.125Z", 1754301600.125},
    {"1969-12-31T23:59:59.5Z", -0.5},
};

START_TEST(seconds_of_a_date_are_exact)
{
    ck_assert_double_eq(dates_seconds(seconds[_i].date), seconds[_i].seconds);
}
END_TEST

static const char *const no_dates[] = {
    "",
    "abc",
    "2025-02-29",
    "2025-8-4",
    " 2025-08-04",
    "2025-08-04 ",
    "2025-08-04T24:00:00",
    "2025-08-04T23:59:60",
    "2025-08-04T10:00",
    "2025-08-04T10:00:00.",
    "2025-08-04+8:00",
    "2025-08-04+14:01",
    "0000-01-01",
    "2025",
    "P1D",
    "2025-08-04T",
};

START_TEST(seconds_of_anything_else_are_not_a_number)
{
    struct buffer out;
    buffer_init(&out, 100);
    ck_assert(isnan(dates_seconds(no_dates[_i])));
    ck_assert_int_eq(dates_add(no_dates[_i], "P1D", &out), -1);
    ck_assert_int_eq(dates_difference(no_dates[_i], "2025-08-04", &out), -1);
    ck_assert_int_eq(dates_difference("2025-08-04", no_dates[_i], &out), -1);
    ck_assert_uint_eq(out.length, 0);
    buffer_free(&out);
}
END_TEST

static const struct {
    const char *date;
    const char *duration;
    const char *sum; /* NULL: refused */
} sums[] = {
    {"2025-11-30", "P3M", "2026-02-28"},
    {"2025-08-20", "P20Y", "2045-08-20"},
    {"2025-01-31", "P1M", "2025-02-28"},
    {"2024-02-29", "P1Y", "2025-02-28"},
    {"2024-02-29", "P4Y", "2028-02-29"},
    {"2025-01-31", "-P1M", "2024-12-31"},
    {"2025-03-31", "-P1M", "2025-02-28"},
    {"2025-08-04", "-P1D", "2025-08-03"},
    {"2025-01-30", "P1M1D", "2025-03-01"},
    {"2025-08-04", "P100000D", "2299-05-20"},
    {"2025-08-04", "P0D", "2025-08-04"},
    {"2025-08-04", "PT36H", "2025-08-05T12:00:00Z"},
    {"2025-08-04", "-PT1H", "2025-08-03T23:00:00Z"},
    {"2025-08-04Z", "P1D", "2025-08-05Z"},
    {"2025-08-04+00:00", "P1D", "2025-08-05"},
    {"2025-08-04-05:30", "P1M", "2025-09-04-05:30"},
    {"2025-08-04T10:00:00+08:00", "P1Y2M3DT4H5M6.5S", "2026-10-07T14:05:06.5+08:00"},
    {"2025-08-04T10:00:00+08:00", "-P1Y2M3DT4H5M6.5S", "2024-06-01T05:54:53.5+08:00"},
    {"2025-08-04T10:00:00", "PT86400S", "2025-08-05T10:00:00Z"},
    {"2025-08-04", "P", NULL},
    {"2025-08-04", "PT", NULL},
    {"2025-08-04", "P1DT", NULL},
    {"2025-08-04", "P1.5D", NULL},
    {"2025-08-04", "P1S", NULL},
    {"2025-08-04", "P1D1Y", NULL},
    {"2025-08-04", "PT1.S", NULL},
    {"2025-08-04", "PT.5S", NULL},
    {"2025-08-04", "PT1.2.3S", NULL},
    {"2025-08-04", "+P1D", NULL},
    {"2025-08-04", " P1D", NULL},
    {"2025-08-04", "P1D ", NULL},
    {"2025-08-04", "P-1D", NULL},
    {"2025-08-04", "P1e3D", NULL},
    {"2025-08-04", "P99999999999999999999D", NULL},
    {"9999-12-31", "P1D", NULL},
    {"0001-01-01", "-P1D", NULL},
    {"2025-08-04", "P9999Y", NULL},
};

START_TEST(adding_a_duration_follows_the_schema_standard)
{
    struct buffer out;
    buffer_init(&out, 100);
    int result = dates_add(sums[_i].date, sums[_i].duration, &out);
    ck_assert_int_eq(result, sums[_i].sum == NULL ? -1 : 0);
    ck_assert_str_eq(buffer_text(&out), sums[_i].sum == NULL ? "" : sums[_i].sum);
    buffer_free(&out);
}
END_TEST

static const struct {
    const char *start;
    const char *end;
    const char *span;
} differences[] = {
    {"2025-08-04", "2025-08-19", "P15D"},
    {"2025-08-19", "2025-08-04", "-P15D"},
    {"2025-08-04", "2025-08-04", "P0D"},
    {"2020-01-01", "2025-08-04", "P2042D"},
    {"2025-08-04T10:00:00", "2025-08-05T09:30:00", "PT23H30M"},
    {"2025-08-05T09:30:00", "2025-08-04T10:00:00", "-PT23H30M"},
    {"2025-08-04T10:00:00+08:00", "2025-08-04T10:00:00Z", "PT8H"},
    {"2025-08-04", "2025-08-05T09:30:00", "P1D"},
    {"2025-08-04T23:00:00+08:00", "2025-08-06", "P2DT8H"},
    {"2025-08-04T10:00:00.5", "2025-08-04T10:00:01", "PT0.5S"},
};

START_TEST(difference_is_in_days_and_below)
{
    struct buffer out;
    buffer_init(&out, 100);
    ck_assert_int_eq(dates_difference(differences[_i].start, differences[_i].end, &out), 0);
    ck_assert_str_eq(buffer_text(&out), differences[_i].span);
    buffer_free(&out);
}
END_TEST

TCase *dates_cases(void)
{
    TCase *cases = tcase_create("dates");
    tcase_add_loop_test(cases, seconds_of_a_date_are_exact, 0, sizeof seconds / sizeof seconds[0]);
    tcase_add_loop_test(cases, seconds_of_anything_else_are_not_a_number, 0,
                        sizeof no_dates / sizeof no_dates[0]);
    tcase_add_loop_test(cases, adding_a_duration_follows_the_schema_standard, 0,
                        sizeof sums / sizeof sums[0]);
    tcase_add_loop_test(cases, difference_is_in_days_and_below, 0,
                        sizeof differences / sizeof differences[0]);
    return cases;
}
