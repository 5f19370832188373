#ifndef DINGJIA_REPORT_FACTS_FIELD_H
#define DINGJIA_REPORT_FACTS_FIELD_H

#include <jansson.h>
#include <stddef.h>

#include "base/error.h"

/* Plain data as JSON and back: one table of fields for each struct, used in both directions. */

struct field;

enum { FACTS_PLACE_SIZE = 128 };

/* Where the reading is, for messages. Zero it before use. */
struct field_reader {
    struct error *err;
    char place[FACTS_PLACE_SIZE]; /* "signatures[0].path.status" */
    size_t length;
};

/* How one kind of member is written and read. `object` is the struct the member is in. */
struct field_kind {
    json_t *(*write)(const struct field *field, const void *object, struct error *err);
    int (*read)(struct field_reader *reader, const struct field *field, json_t *json, void *object);
};

extern const struct field_kind field_bool;
extern const struct field_kind field_time;     /* int64_t; "2026-11-01T00:00:00Z" */
extern const struct field_kind field_count;    /* size_t */
extern const struct field_kind field_unsigned; /* unsigned */
extern const struct field_kind field_optional; /* int; null when negative */
extern const struct field_kind field_name;     /* an enum, see struct field_names */
extern const struct field_kind field_static;   /* const char * of static duration; null */
extern const struct field_kind field_text;     /* owned char *, never NULL */
extern const struct field_kind field_chars;    /* array of char; null when empty */
extern const struct field_kind field_literal;  /* no member at all */
extern const struct field_kind field_object;   /* a struct inside, or part of this one */
extern const struct field_kind field_list;     /* an array inside, counted beside it */
extern const struct field_kind field_owned;    /* an allocated array of `maximum`, likewise */

/* The names of an enum, all values below `count`; one without a name is null. */
struct field_names {
    unsigned count;
    const char *(*name)(unsigned value);
};

/* One member. Tables end with a row without a name. */
struct field {
    const char *name; /* in JSON */
    const struct field_kind *kind;
    size_t offset;
    size_t size;    /* octets: of an array of char, of one item of a list */
    size_t counter; /* offset of the size_t that counts a list */
    size_t maximum; /* items of a list */
    size_t flag;    /* 1 + offset of the bool without which it is null; 0: it is always there */
    const struct field *fields;        /* of an object, or of each item of a list */
    const struct field_names *names;   /* of an enum */
    const char *(*find)(const char *); /* among what is of static duration; NULL: not there */
    const char *literal;
};

/* NULL, with `err`, when memory ran out or something is there that could not be read again. */
json_t *field_write(const struct field *fields, const void *object, struct error *err);

/* Every member once and no other, each of its type. `object` is zero before; on failure it holds
 * what was read so far. ERROR_INPUT naming the member. */
int field_read(struct field_reader *reader, const struct field *fields, json_t *json, void *object);

/* ERROR_INPUT: the member where the reading is, and what is wrong with it. */
int field_refuse(const struct field_reader *reader, const char *zh, const char *en);

/* Goes to a member, or to an item of a list, and back. */
size_t field_enter(struct field_reader *reader, const char *name);
size_t field_enter_item(struct field_reader *reader, size_t index);
void field_leave(struct field_reader *reader, size_t before);

#endif
