#ifndef DINGJIA_REPORT_JSON_H
#define DINGJIA_REPORT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/language.h"

/* Members of JSON objects. Any failure to build one leaves the object without it, so that
 * json_write() can tell by the count of members asked for: each returns 0 or -1. */
int json_put(json_t *object, const char *key, json_t *value); /* takes `value` over, NULL fails */
int json_put_text(json_t *object, const char *key, const char *text); /* null for NULL or "" */
int json_put_number(json_t *object, const char *key, size_t number);  /* null for 0 */
int json_put_count(json_t *object, const char *key, size_t number);
int json_put_bool(json_t *object, const char *key, bool value);
int json_put_instant(json_t *object, const char *key, int64_t seconds); /* Beijing time */
int json_put_bilingual(json_t *object, const char *key, struct bilingual text);

/* A JSON string of any octets: what is not UTF-8 becomes U+FFFD. */
json_t *json_text(const char *text);

/* Writes a value; characters that steer a terminal or reorder text are written as escapes. */
int json_write(FILE *out, const json_t *value, int compact, struct error *err);

#endif
