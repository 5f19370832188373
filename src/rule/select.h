#ifndef DINGJIA_RULE_SELECT_H
#define DINGJIA_RULE_SELECT_H

#include "base/clock.h"
#include "rule/arena.h"
#include "rule/evaluator.h"

/* The pack a record falls under, and why. */
struct selection {
    size_t index;  /* of the evaluator; the nearest pack when none is in force */
    bool is_dated; /* the record has a date to choose by; else the day of judging was used */
    bool is_in_force;
    struct bilingual reason;
    struct bilingual dates; /* what the dates to choose by are called */
};

/* One evaluator for each pack that can be chosen. */
struct bench {
    struct evaluator **evaluators;
    size_t count;
};

/* Chooses among the packs by the record's own dates. Texts go into `arena`. */
int select_pack(const struct bench *bench, const struct evaluation *evaluation, struct arena *arena,
                struct selection *selection, struct error *err);

#endif
