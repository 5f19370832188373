#ifndef DINGJIA_XML_DATES_H
#define DINGJIA_XML_DATES_H

#include "base/buffer.h"

/* The three EXSLT date functions rules may use, for xs:date and xs:dateTime with or without a time
 * zone. Pure arithmetic: none of them knows what day it is. */

/* Seconds since 1970-01-01T00:00:00; without a zone the text is read as UTC. NaN when the text is
 * no date. */
double dates_seconds(const char *text);

/* Adds an xs:duration (XML Schema part 2, appendix E). The result has the form and the zone of the
 * date. 0, or -1 with nothing appended when an argument is not valid. */
int dates_add(const char *date, const char *duration, struct buffer *out);

/* The duration from `start` to `end` in days (and, between instants, hours, minutes, seconds).
 * A date beside an instant makes it a difference of days. 0 or -1 as above. */
int dates_difference(const char *start, const char *end, struct buffer *out);

#endif
