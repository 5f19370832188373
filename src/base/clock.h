#ifndef DINGJIA_BASE_CLOCK_H
#define DINGJIA_BASE_CLOCK_H

#include <stdint.h>

enum { CLOCK_DATE_SIZE = 11, CLOCK_INSTANT_SIZE = 26 };

/* Seconds since 1970-01-01T00:00:00Z. The only reading of the wall clock in the program. */
int64_t clock_now(void);

/* Milliseconds of a clock that is never set, for waiting; 0 when there is none. */
int64_t clock_milliseconds(void);

/* "2025-08-04" to days since 1970-01-01; -1 unless exactly a valid date. 0 on success. */
int clock_parse_date(const char *text, int64_t *days);

/* "2025-08-04T09:30:00+08:00" or "...Z" to seconds; a bare date means its first second in Beijing.
 * 0, or -1 when the text is anything else. */
int clock_parse_instant(const char *text, int64_t *seconds);

/* Day number to "2025-08-04". */
void clock_format_date(int64_t days, char text[CLOCK_DATE_SIZE]);

/* Seconds to "2025-08-04T09:30:00+08:00" (Beijing), or to "...Z" for the second one. */
void clock_format_beijing(int64_t seconds, char text[CLOCK_INSTANT_SIZE]);
void clock_format_utc(int64_t seconds, char text[CLOCK_INSTANT_SIZE]);

/* The Beijing calendar day (days since 1970-01-01) an instant falls on. */
int64_t clock_beijing_day(int64_t seconds);

#endif
