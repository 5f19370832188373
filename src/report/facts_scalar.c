#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "report/facts_field.h"
#include "report/json.h"

static const void *member(const struct field *field, const void *object)
{
    return (const char *)object + field->offset;
}

static void set(const struct field *field, void *object, const void *value, size_t size)
{
    memcpy((char *)object + field->offset, value, size);
}

/* What is there could not be read again: better no file than half of one. */
static json_t *unwritable(const struct field *field, struct error *err)
{
    error_set(err, ERROR_INTERNAL, "事实“%s”的值无法保存",
              "the value of fact \"%s\" cannot be saved", field->name);
    return NULL;
}

/* ---- truth and numbers ---- */

static json_t *write_bool(const struct field *field, const void *object, struct error *err)
{
    bool value;

    (void)err;
    memcpy(&value, member(field, object), sizeof(value));
    return json_boolean(value);
}

static int read_bool(struct field_reader *reader, const struct field *field, json_t *json,
                     void *object)
{
    bool value = json_is_true(json);

    if (!json_is_boolean(json))
        return field_refuse(reader, " 应为 true 或 false", "should be true or false");
    set(field, object, &value, sizeof(value));
    return 0;
}

static int read_natural(const struct field_reader *reader, json_t *json, int *value)
{
    if (!json_is_integer(json) || json_integer_value(json) < 0 ||
        json_integer_value(json) > INT_MAX)
        return field_refuse(reader, " 应为非负整数", "should be a whole number, not negative");
    *value = (int)json_integer_value(json);
    return 0;
}

static json_t *write_count(const struct field *field, const void *object, struct error *err)
{
    size_t value;

    memcpy(&value, member(field, object), sizeof(value));
    return value > INT_MAX ? unwritable(field, err) : json_integer((json_int_t)value);
}

static int read_count(struct field_reader *reader, const struct field *field, json_t *json,
                      void *object)
{
    int value = 0;
    int code = read_natural(reader, json, &value);
    size_t count = (size_t)value;

    set(field, object, &count, sizeof(count));
    return code;
}

static json_t *write_unsigned(const struct field *field, const void *object, struct error *err)
{
    unsigned value;

    memcpy(&value, member(field, object), sizeof(value));
    return value > INT_MAX ? unwritable(field, err) : json_integer((json_int_t)value);
}

static int read_unsigned(struct field_reader *reader, const struct field *field, json_t *json,
                         void *object)
{
    int value = 0;
    int code = read_natural(reader, json, &value);

    set(field, object, &value, sizeof(value));
    return code;
}

static json_t *write_optional(const struct field *field, const void *object, struct error *err)
{
    int value;

    (void)err;
    memcpy(&value, member(field, object), sizeof(value));
    return value < 0 ? json_null() : json_integer((json_int_t)value);
}

static int read_optional(struct field_reader *reader, const struct field *field, json_t *json,
                         void *object)
{
    int value = -1;
    int code = json_is_null(json) ? 0 : read_natural(reader, json, &value);

    set(field, object, &value, sizeof(value));
    return code;
}

const struct field_kind field_bool = {write_bool, read_bool};
const struct field_kind field_count = {write_count, read_count};
const struct field_kind field_unsigned = {write_unsigned, read_unsigned};
const struct field_kind field_optional = {write_optional, read_optional};

/* ---- times ---- */

/* There is one way to write each time. */
static bool parse_time(const char *text, int64_t *seconds)
{
    char again[CLOCK_INSTANT_SIZE];

    if (text == NULL || clock_parse_instant(text, seconds) != 0)
        return false;
    clock_format_utc(*seconds, again);
    return strcmp(text, again) == 0;
}

static json_t *write_time(const struct field *field, const void *object, struct error *err)
{
    char text[CLOCK_INSTANT_SIZE];
    int64_t seconds;
    int64_t again;

    memcpy(&seconds, member(field, object), sizeof(seconds));
    clock_format_utc(seconds, text);
    if (!parse_time(text, &again) || again != seconds)
        return unwritable(field, err);
    return json_text(text);
}

static int read_time(struct field_reader *reader, const struct field *field, json_t *json,
                     void *object)
{
    int64_t seconds;

    if (!parse_time(json_string_value(json), &seconds))
        return field_refuse(reader, " 应为 2026-11-01T00:00:00Z 这样的时间",
                            "should be a time such as 2026-11-01T00:00:00Z");
    set(field, object, &seconds, sizeof(seconds));
    return 0;
}

const struct field_kind field_time = {write_time, read_time};

/* ---- names ---- */

static bool is_nameless(const char *name)
{
    return name == NULL || name[0] == '\0';
}

static json_t *write_name(const struct field *field, const void *object, struct error *err)
{
    unsigned value;

    memcpy(&value, member(field, object), sizeof(value));
    if (value >= field->names->count)
        return unwritable(field, err);
    if (is_nameless(field->names->name(value)))
        return json_null();
    return json_text(field->names->name(value));
}

static bool is_called(const char *name, json_t *json)
{
    if (is_nameless(name))
        return json_is_null(json);
    return json_is_string(json) && strcmp(name, json_string_value(json)) == 0;
}

static int read_name(struct field_reader *reader, const struct field *field, json_t *json,
                     void *object)
{
    unsigned value = 0;

    while (value < field->names->count && !is_called(field->names->name(value), json))
        value++;
    if (value == field->names->count)
        return field_refuse(reader, " 的值不在可选之列", "has a value that does not exist");
    set(field, object, &value, sizeof(value));
    return 0;
}

static json_t *write_static(const struct field *field, const void *object, struct error *err)
{
    const char *text;

    memcpy(&text, member(field, object), sizeof(text));
    if (text == NULL)
        return json_null();
    return field->find(text) == NULL ? unwritable(field, err) : json_text(text);
}

static int read_static(struct field_reader *reader, const struct field *field, json_t *json,
                       void *object)
{
    const char *text = json_is_string(json) ? field->find(json_string_value(json)) : NULL;

    if (text == NULL && !json_is_null(json))
        return field_refuse(reader, " 的值不在可选之列", "has a value that does not exist");
    set(field, object, &text, sizeof(text));
    return 0;
}

const struct field_kind field_name = {write_name, read_name};
const struct field_kind field_static = {write_static, read_static};

/* ---- texts ---- */

static json_t *write_text(const struct field *field, const void *object, struct error *err)
{
    const char *text;

    memcpy(&text, member(field, object), sizeof(text));
    return text == NULL ? unwritable(field, err) : json_text(text);
}

static int read_text(struct field_reader *reader, const struct field *field, json_t *json,
                     void *object)
{
    char *text;

    if (!json_is_string(json))
        return field_refuse(reader, " 应为文字", "should be a string");
    text = text_copy(json_string_value(json));
    if (text == NULL)
        return (int)error_memory(reader->err);
    set(field, object, &text, sizeof(text));
    return 0;
}

static json_t *write_chars(const struct field *field, const void *object, struct error *err)
{
    const char *text = member(field, object);

    (void)err;
    return text[0] == '\0' ? json_null() : json_text(text);
}

static int read_chars(struct field_reader *reader, const struct field *field, json_t *json,
                      void *object)
{
    const char *text = json_string_value(json);

    if (json_is_null(json))
        return 0;
    if (text == NULL || text[0] == '\0' || strlen(text) >= field->size)
        return field_refuse(reader, " 应为长度合适的文字或 null",
                            "should be null or a string that is not too long");
    set(field, object, text, strlen(text) + 1);
    return 0;
}

static json_t *write_literal(const struct field *field, const void *object, struct error *err)
{
    (void)object;
    (void)err;
    return json_text(field->literal);
}

static int read_literal(struct field_reader *reader, const struct field *field, json_t *json,
                        void *object)
{
    (void)object;
    if (json_is_string(json) && strcmp(json_string_value(json), field->literal) == 0)
        return 0;
    return field_refuse(reader, " 的值不是本程序认识的", "has a value this program does not know");
}

const struct field_kind field_text = {write_text, read_text};
const struct field_kind field_chars = {write_chars, read_chars};
const struct field_kind field_literal = {write_literal, read_literal};
