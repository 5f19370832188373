#include "report/facts_field.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "report/json.h"

/* ---- the place ---- */

static size_t enter(struct field_reader *reader, const char *text)
{
    size_t before = reader->length;
    int added = snprintf(reader->place + before, sizeof(reader->place) - before, "%s", text);

    if (added > 0)
        reader->length = before + (size_t)added;
    if (reader->length >= sizeof(reader->place))
        reader->length = sizeof(reader->place) - 1;
    return before;
}

size_t field_enter(struct field_reader *reader, const char *name)
{
    char text[FACTS_PLACE_SIZE];

    snprintf(text, sizeof(text), "%s%s", reader->length > 0 ? "." : "", name);
    return enter(reader, text);
}

size_t field_enter_item(struct field_reader *reader, size_t index)
{
    char text[FACTS_PLACE_SIZE];

    snprintf(text, sizeof(text), "[%zu]", index);
    return enter(reader, text);
}

void field_leave(struct field_reader *reader, size_t before)
{
    reader->length = before;
    reader->place[before] = '\0';
}

int field_refuse(const struct field_reader *reader, const char *zh, const char *en)
{
    return (int)error_set(reader->err, ERROR_INPUT, "事实文件的成员 %s%s%.0s",
                          "member %s of the facts file %.0s%s", reader->place, zh, en);
}

/* ---- objects ---- */

static bool *flag_of(const struct field *field, void *object)
{
    return (bool *)((char *)object + field->flag - 1);
}

static bool is_there(const struct field *field, const void *object)
{
    bool there = true;

    if (field->flag != 0)
        memcpy(&there, (const char *)object + field->flag - 1, sizeof(there));
    return there;
}

json_t *field_write(const struct field *fields, const void *object, struct error *err)
{
    json_t *made = json_object();

    for (const struct field *field = fields; field->name != NULL; field++) {
        json_t *value =
            is_there(field, object) ? field->kind->write(field, object, err) : json_null();
        if (value == NULL || json_put(made, field->name, value) != 0) {
            error_memory(err); /* unless it was something else already */
            json_decref(made);
            return NULL;
        }
    }
    return made;
}

static int read_member(struct field_reader *reader, const struct field *field, json_t *value,
                       void *object)
{
    size_t before = field_enter(reader, field->name);
    int code;

    if (value == NULL)
        code = field_refuse(reader, " 缺失", "is missing");
    else if (field->flag != 0 && json_is_null(value))
        code = 0;
    else
        code = field->kind->read(reader, field, value, object);
    if (code == 0 && field->flag != 0)
        *flag_of(field, object) = !json_is_null(value);
    field_leave(reader, before);
    return code;
}

static bool is_known(const struct field *fields, const char *name)
{
    while (fields->name != NULL && strcmp(fields->name, name) != 0)
        fields++;
    return fields->name != NULL;
}

static int refuse_unknown(struct field_reader *reader, const struct field *fields, json_t *json)
{
    const char *name;
    json_t *value;

    json_object_foreach(json, name, value)
    {
        if (!is_known(fields, name)) {
            char quoted[LIMIT_QUOTE_OCTETS];

            snprintf(quoted, sizeof(quoted), "%.100s", name);
            field_enter(reader, quoted);
            return field_refuse(reader, " 不该有", "is unknown");
        }
    }
    return 0;
}

int field_read(struct field_reader *reader, const struct field *fields, json_t *json, void *object)
{
    int code = 0;

    if (!json_is_object(json))
        return field_refuse(reader, " 应为对象", "should be an object");
    for (const struct field *field = fields; field->name != NULL && code == 0; field++)
        code = read_member(reader, field, json_object_get(json, field->name), object);
    return code == 0 ? refuse_unknown(reader, fields, json) : code;
}

static json_t *write_object(const struct field *field, const void *object, struct error *err)
{
    return field_write(field->fields, (const char *)object + field->offset, err);
}

static int read_object(struct field_reader *reader, const struct field *field, json_t *json,
                       void *object)
{
    return field_read(reader, field->fields, json, (char *)object + field->offset);
}

const struct field_kind field_object = {write_object, read_object};

/* ---- lists ---- */

static json_t *write_items(const struct field *field, const char *items, size_t count,
                           struct error *err)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *item = field_write(field->fields, items + i * field->size, err);
        if (item == NULL || json_array_append_new(list, item) != 0) {
            error_memory(err);
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static size_t count_of(const struct field *field, const void *object)
{
    size_t count;

    memcpy(&count, (const char *)object + field->counter, sizeof(count));
    return count;
}

static json_t *write_list(const struct field *field, const void *object, struct error *err)
{
    return write_items(field, (const char *)object + field->offset, count_of(field, object), err);
}

static json_t *write_owned(const struct field *field, const void *object, struct error *err)
{
    const char *items;

    memcpy(&items, (const char *)object + field->offset, sizeof(items));
    return write_items(field, items, count_of(field, object), err);
}

/* An item counts from the moment its reading begins, so that what it owns is freed. */
static int read_items(struct field_reader *reader, const struct field *field, json_t *json,
                      char *items, size_t *counter)
{
    int code = 0;

    for (size_t i = 0; i < json_array_size(json) && code == 0; i++) {
        size_t before = field_enter_item(reader, i);
        *counter = i + 1;
        code = field_read(reader, field->fields, json_array_get(json, i), items + i * field->size);
        field_leave(reader, before);
    }
    return code;
}

static int check_list(const struct field_reader *reader, const struct field *field, json_t *json)
{
    if (!json_is_array(json))
        return field_refuse(reader, " 应为数组", "should be an array");
    if (json_array_size(json) > field->maximum)
        return field_refuse(reader, " 的项数过多", "has too many items");
    return 0;
}

static int read_list(struct field_reader *reader, const struct field *field, json_t *json,
                     void *object)
{
    int code = check_list(reader, field, json);

    return code != 0 ? code
                     : read_items(reader, field, json, (char *)object + field->offset,
                                  (size_t *)(void *)((char *)object + field->counter));
}

static int read_owned(struct field_reader *reader, const struct field *field, json_t *json,
                      void *object)
{
    int code = check_list(reader, field, json);
    void *items;

    if (code != 0)
        return code;
    items = calloc(field->maximum, field->size);
    if (items == NULL)
        return (int)error_memory(reader->err);
    memcpy((char *)object + field->offset, &items, sizeof(items));
    return read_items(reader, field, json, items,
                      (size_t *)(void *)((char *)object + field->counter));
}

const struct field_kind field_list = {write_list, read_list};
const struct field_kind field_owned = {write_owned, read_owned};
