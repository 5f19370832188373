#ifndef DINGJIA_RULE_FINDINGS_H
#define DINGJIA_RULE_FINDINGS_H

#include "base/clock.h"
#include "rule/arena.h"
#include "rule/judgement.h"
#include "rule/schematron.h"

/* Of one assertion more findings than this say nothing new; the rest is counted. */
enum { FINDINGS_PER_ASSERTION_MAXIMUM = 20 };

struct finding_node {
    struct finding finding;
    const struct condition *condition; /* NULL: none of the pack's */
    const size_t *total;               /* NULL: one */
    struct finding_node *next;
};

/* What the advice rules said about the earliest day to sign. */
struct advice {
    char date[CLOCK_DATE_SIZE]; /* the latest of them, "" for none */
    bool is_blocked;            /* no day can be named; `reason` says why */
    struct bilingual reason;
};

/* Everything one evaluation found. Texts live in the arena. */
struct findings {
    struct arena *arena;
    const struct pack *pack;
    struct finding_node *first;
    struct finding_node **last;
    size_t count;
    size_t *totals;    /* two per check: its own outcome, and errors */
    size_t *evaluated; /* per condition: how many assertions were evaluated */
    size_t fired;      /* how many rules met a node */
    struct advice advice;
};

int findings_init(struct findings *findings, const struct pack *pack, struct arena *arena);

/* Adds a copy of `finding`, whose texts must live in the arena; `total` may be NULL. 0, or -1 when
 * memory ran out. */
int findings_add(struct findings *findings, const struct condition *condition,
                 const struct finding *finding, const size_t *total);

/* Whether findings_count() would return NULL. */
bool findings_is_full(const struct findings *findings, const struct assertion *check,
                      bool is_error);

/* Counts one more finding of a check; NULL when it is not to be listed, else where the total will
 * stand. Errors are counted apart, lest they hide behind milder findings. */
const size_t *findings_count(struct findings *findings, const struct assertion *check,
                             bool is_error);

size_t findings_condition_index(const struct findings *findings, const struct condition *condition);

#endif
