#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

static const char replacement[] = "\xEF\xBF\xBD";

static json_t *repaired_text(const char *text, size_t length)
{
    const unsigned char *octets = (const unsigned char *)text;
    char *copy = malloc(length * (sizeof(replacement) - 1) + 1);
    size_t used = 0;
    json_t *value;

    if (copy == NULL)
        return NULL;
    for (size_t i = 0; i < length;) {
        size_t step = text_character_length(octets + i, length - i);
        const char *from = step == 0 ? replacement : text + i;
        size_t count = step == 0 ? sizeof(replacement) - 1 : step;
        memcpy(copy + used, from, count);
        used += count;
        i += step == 0 ? 1 : step;
    }
    value = json_stringn(copy, used);
    free(copy);
    return value;
}

json_t *json_text(const char *text)
{
    size_t length = strlen(text);

    if (text_first_bad_octet(text, length) == length)
        return json_stringn(text, length);
    return repaired_text(text, length);
}

int json_put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value);
}

int json_put_text(json_t *object, const char *key, const char *text)
{
    return json_put(object, key, text == NULL || text[0] == '\0' ? json_null() : json_text(text));
}

int json_put_count(json_t *object, const char *key, size_t number)
{
    return json_put(object, key, json_integer((json_int_t)number));
}

int json_put_number(json_t *object, const char *key, size_t number)
{
    return number == 0 ? json_put(object, key, json_null()) : json_put_count(object, key, number);
}

int json_put_bool(json_t *object, const char *key, bool value)
{
    return json_put(object, key, json_boolean(value));
}

int json_put_instant(json_t *object, const char *key, int64_t seconds)
{
    char text[CLOCK_INSTANT_SIZE];

    clock_format_beijing(seconds, text);
    return json_put_text(object, key, text);
}

int json_put_bilingual(json_t *object, const char *key, struct bilingual text)
{
    json_t *both = json_object();

    if (json_put(both, "zh", json_text(bilingual_pick(text, LANGUAGE_ZH))) != 0 ||
        json_put(both, "en", json_text(bilingual_pick(text, LANGUAGE_EN))) != 0) {
        json_decref(both);
        return -1;
    }
    return json_put(object, key, both);
}

/* Code point of the well-formed UTF-8 character of `length` octets. */
static unsigned long code_point(const unsigned char *octets, size_t length)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned long code = octets[0] & masks[length];

    for (size_t i = 1; i < length; i++)
        code = code << 6 | (octets[i] & 0x3Fu);
    return code;
}

/* Controls past ASCII, line separators and the marks that turn the direction of text: legal in JSON
 * strings, and there only, so an escape is always right. */
static int needs_escape(unsigned long code)
{
    return (code >= 0x7F && code <= 0x9F) || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static void write_escaped(FILE *out, const char *text)
{
    const unsigned char *octets = (const unsigned char *)text;
    size_t length = strlen(text);
    size_t written = 0;

    for (size_t i = 0; i < length;) {
        size_t step = text_character_length(octets + i, length - i);
        step = step == 0 ? 1 : step;
        if (octets[i] >= 0x7F && needs_escape(code_point(octets + i, step))) {
            fwrite(text + written, 1, i - written, out);
            fprintf(out, "\\u%04lx", code_point(octets + i, step));
            written = i + step;
        }
        i += step;
    }
    fwrite(text + written, 1, length - written, out);
}

int json_write(FILE *out, const json_t *value, int compact, struct error *err)
{
    char *text = json_dumps(value, compact ? JSON_COMPACT : JSON_INDENT(2));

    if (text == NULL)
        return (int)error_memory(err);
    write_escaped(out, text);
    free(text);
    return 0;
}
