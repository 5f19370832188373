#ifndef DINGJIA_RULE_SCHEMATRON_H
#define DINGJIA_RULE_SCHEMATRON_H

#include <stdbool.h>
#include <stddef.h>

#include "rule/judgement.h"
#include "rule/pack.h"

/* The rules of a pack as read from its Schematron files: plain data, immutable, shared between
 * threads. Compiled expressions belong to evaluators (rule/evaluator.h), which number them. */

/* One XPath expression of the pack and where it stands. */
struct expression {
    const char *text;
    const char *file;
    unsigned line;
    size_t number;
    struct expression *next;
};

struct namespace_binding {
    const char *prefix;
    const char *uri;
    struct namespace_binding *next;
};

struct let {
    const char *name;
    const struct expression *value;
    size_t number;           /* counts the lets outside rules */
    bool is_hidden;          /* a rule's let of the same name hides it for a while */
    const struct let *hides; /* the let outside the rule that this one hides */
    struct let *next;
};

/* A message is a row of literals and expressions. */
struct message_part {
    const char *literal; /* NULL: `value` */
    const struct expression *value;
    const char *name; /* for the values of a finding; NULL when the expression has no plain name */
    struct message_part *next;
};

enum check_kind { CHECK_OUTCOME, CHECK_EARLIEST_SIGNING, CHECK_NO_SIGNING_DATE };

/* One assert or report. */
struct assertion {
    const char *id;
    bool is_report;
    enum check_kind kind;
    enum outcome outcome;
    bool safe_harbour_only;
    const struct condition *condition; /* NULL for advice */
    const struct expression *test;
    const struct message_part *zh;
    const struct message_part *en;
    size_t number; /* the same wherever one source assertion is used again */
};

/* What a rule does, in order: exactly one member is set. */
struct rule_item {
    const struct let *let;
    const struct assertion *check;
    struct rule_item *next;
};

struct rule {
    const struct expression *context; /* selects the matching nodes from the document */
    struct rule_item *items;
    struct rule *next;
};

struct pattern {
    const char *id;
    struct let *lets;
    struct rule *rules;
    struct pattern *next;
};

struct schema {
    struct namespace_binding *namespaces;
    struct let *lets;
    struct pattern *patterns;
    struct expression *expressions;
    size_t expression_count;
    size_t check_count;
    size_t let_count; /* those outside rules */
};

#endif
