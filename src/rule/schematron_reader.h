#ifndef DINGJIA_RULE_SCHEMATRON_READER_H
#define DINGJIA_RULE_SCHEMATRON_READER_H

#include "rule/schematron_tree.h"

/* Turning the tree of Schematron elements into a struct schema, and where that has got to. */
struct schema_reader {
    struct pack_loader *loader;
    const struct element *root;
    struct schema *schema;
    struct pattern *pattern;
    struct rule *rule;
    struct rule_item **last_item;
    const struct element *parameters; /* the is-a pattern being filled in, or NULL */
    unsigned extends_depth;
};

/* An attribute with the parameters of an abstract pattern put in. NULL when memory ran out. */
const char *reader_attribute(struct schema_reader *reader, const struct element *element,
                             const char *name);

/* Any text with those parameters put in. NULL when memory ran out. */
const char *reader_substitute(struct schema_reader *reader, const char *text);

/* An expression whose variables are all bound where it stands; NULL, the error set, otherwise. */
const struct expression *reader_expression(struct schema_reader *reader,
                                           const struct element *element, const char *text);

/* The let of that name visible outside rules; NULL when there is none. */
struct let *reader_outer_let(struct schema_reader *reader, const char *name, size_t length);

/* A let with name and value; where it belongs is the caller's to say. */
struct let *reader_let(struct schema_reader *reader, const struct element *element);

/* The message an assert, report or diagnostic holds. */
int reader_message(struct schema_reader *reader, const struct element *element,
                   const struct message_part **out);

/* The English diagnostic among those the assertion names; NULL when there is none. */
const struct element *reader_english(struct schema_reader *reader, const struct element *element);

/* One rule with a context, appended to the pattern. */
int reader_rule(struct schema_reader *reader, const struct element *element, struct rule **out);

#endif
