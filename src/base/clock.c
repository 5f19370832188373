#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECONDS_PER_DAY = 86400, BEIJING_OFFSET = 8 * 3600 };

static const int64_t last_day_written = 2932896;  /* 9999-12-31 */
static const int64_t first_day_written = -719162; /* 0001-01-01 */

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_milliseconds(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar, by eras of 400 years that begin in
 * March, so that the leap day is the last of its year. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    int64_t shifted = year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Exactly `count` digits at `text`; -1 when there are not that many. */
static int64_t digits(const char *text, size_t count)
{
    int64_t value = 0;

    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int64_t days_in_month(int64_t year, int64_t month)
{
    return month == 12 ? 31 : days_from_civil(year, month + 1, 1) - days_from_civil(year, month, 1);
}

/* The ten characters of a date at the beginning of `text`, whatever follows. */
static int parse_date_part(const char *text, int64_t *days)
{
    if (strlen(text) < 10 || text[4] != '-' || text[7] != '-')
        return -1;
    int64_t year = digits(text, 4);
    int64_t month = digits(text + 5, 2);
    int64_t day = digits(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return -1;
    *days = days_from_civil(year, month, day);
    return 0;
}

int clock_parse_date(const char *text, int64_t *days)
{
    return strlen(text) == 10 ? parse_date_part(text, days) : -1;
}

/* "hh:mm:ss"; 24:00:00 is the end of the day, as in xs:dateTime. */
static int parse_time(const char *text, int64_t *seconds)
{
    if (text[2] != ':' || text[5] != ':')
        return -1;
    int64_t hour = digits(text, 2);
    int64_t minute = digits(text + 3, 2);
    int64_t second = digits(text + 6, 2);
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return -1;
    *seconds = hour * 3600 + minute * 60 + second;
    return *seconds <= SECONDS_PER_DAY ? 0 : -1;
}

/* "Z" or "+hh:mm", at most fourteen hours. */
static int parse_offset(const char *text, int64_t *seconds)
{
    if (strcmp(text, "Z") == 0) {
        *seconds = 0;
        return 0;
    }
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return -1;
    int64_t hour = digits(text + 1, 2);
    int64_t minute = digits(text + 4, 2);
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 14 * 60)
        return -1;
    *seconds = (hour * 3600 + minute * 60) * (text[0] == '-' ? -1 : 1);
    return 0;
}

int clock_parse_instant(const char *text, int64_t *seconds)
{
    int64_t days;
    int64_t time_of_day;
    int64_t offset;

    if (clock_parse_date(text, &days) == 0) {
        *seconds = days * SECONDS_PER_DAY - BEIJING_OFFSET;
        return 0;
    }
    if (strlen(text) < 20 || text[10] != 'T' || parse_date_part(text, &days) != 0 ||
        parse_time(text + 11, &time_of_day) != 0 || parse_offset(text + 19, &offset) != 0)
        return -1;
    *seconds = days * SECONDS_PER_DAY + time_of_day - offset;
    return 0;
}

static int64_t floor_days(int64_t seconds)
{
    int64_t days = seconds / SECONDS_PER_DAY;

    return days - (seconds % SECONDS_PER_DAY < 0);
}

/* Years are written with four digits, so days outside 0001..9999 become the nearest end. */
void clock_format_date(int64_t days, char text[CLOCK_DATE_SIZE])
{
    int64_t year;
    int64_t month;
    int64_t day;

    if (days > last_day_written)
        days = last_day_written;
    if (days < first_day_written)
        days = first_day_written;
    civil_from_days(days, &year, &month, &day);
    snprintf(text, CLOCK_DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)day % 100);
}

static void format_instant(int64_t local, const char *zone, char text[CLOCK_INSTANT_SIZE])
{
    char date[CLOCK_DATE_SIZE];
    int64_t days = floor_days(local);
    unsigned rest = (unsigned)(local - days * SECONDS_PER_DAY);

    clock_format_date(days, date);
    snprintf(text, CLOCK_INSTANT_SIZE, "%sT%02u:%02u:%02u%s", date, rest / 3600 % 100,
             rest / 60 % 60, rest % 60, zone);
}

void clock_format_beijing(int64_t seconds, char text[CLOCK_INSTANT_SIZE])
{
    format_instant(seconds + BEIJING_OFFSET, "+08:00", text);
}

void clock_format_utc(int64_t seconds, char text[CLOCK_INSTANT_SIZE])
{
    format_instant(seconds, "Z", text);
}

int64_t clock_beijing_day(int64_t seconds)
{
    return floor_days(seconds + BEIJING_OFFSET);
}
