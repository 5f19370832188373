#include "xml/dates.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { SECONDS_PER_DAY = 86400, MONTHS_PER_YEAR = 12, LAST_YEAR = 9999 };

static const double first_day = -719162; /* 0001-01-01 */
static const double last_day = 2932896;  /* 9999-12-31 */

/* An xs:date or xs:dateTime. */
struct moment {
    int64_t day; /* since 1970-01-01, local */
    double second;
    int64_t zone_minutes;
    bool has_time;
    bool says_utc; /* 'Z' is written */
};

struct span {
    int64_t months;
    double days;
    double seconds;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "hh:mm:ss" with an optional fraction; moves `*text` behind it. 24:00:00 is not accepted, as in
 * other implementations of EXSLT. */
static int parse_time(const char **text, double *second)
{
    const char *at = *text;
    int hour;
    int minute;
    int whole;
    double fraction = 0;
    double scale = 0.1;

    for (int i = 0; i < 8; i++) {
        if (i == 2 || i == 5 ? at[i] != ':' : !is_digit(at[i]))
            return -1;
    }
    hour = (at[0] - '0') * 10 + (at[1] - '0');
    minute = (at[3] - '0') * 10 + (at[4] - '0');
    whole = (at[6] - '0') * 10 + (at[7] - '0');
    if (hour > 23 || minute > 59 || whole > 59)
        return -1;
    at += 8;
    if (*at == '.') {
        if (!is_digit(*++at))
            return -1;
        while (is_digit(*at)) {
            fraction += (*at++ - '0') * scale;
            scale /= 10;
        }
    }
    *second = hour * 3600 + minute * 60 + whole + fraction;
    *text = at;
    return 0;
}

/* "", "Z" or "+hh:mm" to the end of the text. */
static int parse_zone(const char *text, int64_t *minutes)
{
    *minutes = 0;
    if (text[0] == '\0' || strcmp(text, "Z") == 0)
        return 0;
    if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':' ||
        !is_digit(text[1]) || !is_digit(text[2]) || !is_digit(text[4]) || !is_digit(text[5]))
        return -1;
    int minute = (text[4] - '0') * 10 + (text[5] - '0');
    int total = ((text[1] - '0') * 10 + (text[2] - '0')) * 60 + minute;
    if (minute > 59 || total > 14 * 60)
        return -1;
    *minutes = text[0] == '-' ? -total : total;
    return 0;
}

static int parse_moment(const char *text, struct moment *moment)
{
    char date[CLOCK_DATE_SIZE];
    size_t length = strlen(text);

    *moment = (struct moment){0};
    if (length < 10)
        return -1;
    memcpy(date, text, 10);
    date[10] = '\0';
    if (clock_parse_date(date, &moment->day) != 0)
        return -1;
    text += 10;
    if (*text == 'T') {
        text++;
        moment->has_time = true;
        if (strlen(text) < 8 || parse_time(&text, &moment->second) != 0)
            return -1;
    }
    moment->says_utc = strcmp(text, "Z") == 0;
    return parse_zone(text, &moment->zone_minutes);
}

static double seconds_of(const struct moment *moment)
{
    return (double)moment->day * SECONDS_PER_DAY + moment->second -
           (double)moment->zone_minutes * 60;
}

double dates_seconds(const char *text)
{
    struct moment moment;

    return parse_moment(text, &moment) == 0 ? seconds_of(&moment) : (double)NAN;
}

/* Adds "<number><unit>" pieces in the order of `units`; moves `*text` to what is left. */
static int parse_pieces(const char **text, const char *units, double values[3])
{
    int found = 0;

    while (is_digit(**text)) {
        char *end;
        size_t width = strspn(*text, "0123456789.");
        double value = strtod(*text, &end);
        const char *unit = *end == '\0' ? NULL : strchr(units, *end);
        const char *point = memchr(*text, '.', width);
        if (end != *text + width || width > 15 || unit == NULL || end[-1] == '.')
            return -1;
        if (point != NULL && *end != 'S')
            return -1;
        values[3 - strlen(unit)] = value;
        units = unit + 1;
        *text = end + 1;
        found++;
    }
    return found;
}

static int parse_span(const char *text, struct span *span)
{
    double date[3] = {0}; /* years, months, days */
    double time[3] = {0}; /* hours, minutes, seconds */
    double sign = 1;

    if (*text == '-') {
        sign = -1;
        text++;
    }
    if (*text++ != 'P')
        return -1;
    int found = parse_pieces(&text, "YMD", date);
    if (found < 0)
        return -1;
    if (*text == 'T') {
        text++;
        int times = parse_pieces(&text, "HMS", time);
        if (times <= 0)
            return -1;
        found += times;
    }
    double months = date[0] * MONTHS_PER_YEAR + date[1];
    if (*text != '\0' || found == 0 || months > LAST_YEAR * MONTHS_PER_YEAR)
        return -1;
    span->months = (int64_t)(sign * months);
    span->days = sign * date[2];
    span->seconds = sign * (time[0] * 3600 + time[1] * 60 + time[2]);
    return 0;
}

/* The same day `months` later, or the last of that month when it is shorter. */
static int add_months(int64_t *day, int64_t months)
{
    char date[32];

    clock_format_date(*day, date);
    int64_t total = strtol(date, NULL, 10) * MONTHS_PER_YEAR + strtol(date + 5, NULL, 10) - 1;
    int last = (int)strtol(date + 8, NULL, 10);
    total += months;
    if (total < MONTHS_PER_YEAR || total >= (LAST_YEAR + 1) * MONTHS_PER_YEAR)
        return -1;
    for (int tries = 0; tries < 4; tries++) {
        snprintf(date, sizeof date, "%04d-%02d-%02d", (int)(total / MONTHS_PER_YEAR),
                 (int)(total % MONTHS_PER_YEAR) + 1, last - tries);
        if (clock_parse_date(date, day) == 0)
            return 0;
    }
    return -1;
}

/* Up to six digits after the point, none needed ones left out. */
static int append_seconds(struct buffer *out, double seconds, int width)
{
    char text[48];

    snprintf(text, sizeof text, "%0*.6f", width + 7, seconds);
    size_t length = strlen(text);
    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.')
        length--;
    return buffer_append(out, text, length);
}

/* A zone of zero is always written after a time, after a date only when it was given as 'Z': so do
 * other implementations of EXSLT. */
static int append_moment(const struct moment *moment, struct buffer *out)
{
    char date[CLOCK_DATE_SIZE];
    int64_t zone = moment->zone_minutes < 0 ? -moment->zone_minutes : moment->zone_minutes;
    int minutes = (int)moment->second / 60;

    clock_format_date(moment->day, date);
    buffer_append_text(out, date);
    if (moment->has_time) {
        buffer_append_format(out, "T%02d:%02d:", minutes / 60, minutes % 60);
        append_seconds(out, moment->second - minutes * 60.0, 2);
    }
    if (zone != 0)
        buffer_append_format(out, "%c%02d:%02d", moment->zone_minutes < 0 ? '-' : '+',
                             (int)(zone / 60), (int)(zone % 60));
    else if (moment->has_time || moment->says_utc)
        buffer_append_text(out, "Z");
    return out->failed ? -1 : 0;
}

int dates_add(const char *date, const char *duration, struct buffer *out)
{
    struct moment moment;
    struct span span;

    if (parse_moment(date, &moment) != 0 || parse_span(duration, &span) != 0 ||
        add_months(&moment.day, span.months) != 0)
        return -1;
    double seconds = moment.second + span.seconds;
    double carry = floor(seconds / SECONDS_PER_DAY);
    double day = (double)moment.day + span.days + carry;
    if (day < first_day || day > last_day)
        return -1;
    moment.day = (int64_t)day;
    moment.second = seconds - carry * SECONDS_PER_DAY;
    moment.has_time = moment.has_time || moment.second > 0;
    return append_moment(&moment, out);
}

static int append_span(double seconds, struct buffer *out)
{
    if (seconds < 0)
        buffer_append_text(out, "-");
    seconds = fabs(seconds);
    double days = floor(seconds / SECONDS_PER_DAY);
    double rest = seconds - days * SECONDS_PER_DAY;
    int minutes = (int)(rest / 60);
    rest -= minutes * 60;

    buffer_append_text(out, "P");
    if (days > 0 || (minutes == 0 && rest <= 0))
        buffer_append_format(out, "%.0fD", days);
    if (minutes > 0 || rest > 0)
        buffer_append_text(out, "T");
    if (minutes / 60 > 0)
        buffer_append_format(out, "%dH", minutes / 60);
    if (minutes % 60 > 0)
        buffer_append_format(out, "%dM", minutes % 60);
    if (rest > 0) {
        append_seconds(out, rest, 1);
        buffer_append_text(out, "S");
    }
    return out->failed ? -1 : 0;
}

int dates_difference(const char *start, const char *end, struct buffer *out)
{
    struct moment from;
    struct moment to;

    if (parse_moment(start, &from) != 0 || parse_moment(end, &to) != 0)
        return -1;
    if (!from.has_time || !to.has_time) {
        from.second = 0;
        to.second = 0;
    }
    return append_span(seconds_of(&to) - seconds_of(&from), out);
}
