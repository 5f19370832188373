#ifndef DINGJIA_RULE_JUDGEMENT_H
#define DINGJIA_RULE_JUDGEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/language.h"

/* What became of one condition, mildest first; the gravest finding decides. Zero: not judged. */
enum outcome {
    OUTCOME_NONE = 0,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_SATISFIED,
    OUTCOME_ATTESTED,
    OUTCOME_WARNING,
    OUTCOME_NOT_EVIDENCED,
    OUTCOME_VIOLATED,
    OUTCOME_ERROR
};

/* What became of a record, or of one line of it. Zero is "not judged". */
enum verdict {
    VERDICT_NONE = 0,
    VERDICT_COMPLIANT,
    VERDICT_NON_COMPLIANT,
    VERDICT_NOT_EVIDENCED,
    VERDICT_INDETERMINATE,
    VERDICT_OUT_OF_SCOPE
};

/* What a failing condition does: law.md section 10 (B, W, N, O). */
enum severity { SEVERITY_BLOCKS, SEVERITY_WARNS, SEVERITY_ATTESTED, SEVERITY_SCOPE };

/* Names used in JSON and in packs: "not-evidenced", "non-compliant", "blocks" ... */
const char *outcome_name(enum outcome outcome);
enum outcome outcome_from_name(const char *name); /* OUTCOME_NONE when unknown */
const char *verdict_name(enum verdict verdict);
const char *severity_name(enum severity severity);
int verdict_exit_status(enum verdict verdict); /* 70 for VERDICT_NONE */

/* One value a message was made from. Owned by the judgement. */
struct finding_value {
    const char *name;
    const char *text;
};

/* One assertion that did not hold, or report that did. Owned by the judgement. */
struct finding {
    const char *assertion; /* "N3.short" */
    enum outcome outcome;
    bool safe_harbour_only; /* does not count for the lawful-pricing line */
    const char *zh;
    const char *en;
    struct finding_value *values;
    size_t value_count;
    size_t total;     /* how often this was found; of one assertion only the first few are listed */
    unsigned line;    /* 0 where unknown */
    const char *path; /* readable XPath of the node it speaks of; "" for none */
};

/* One condition of the pack and what became of it. */
struct condition_result {
    const struct condition *condition; /* rule/pack.h; borrowed from the pack */
    enum outcome outcome;
    const struct finding **findings; /* that led to the outcome, gravest first */
    size_t finding_count;
    struct bilingual message; /* of the gravest finding, or why it is satisfied */
    struct bilingual remedy;  /* "" when nothing is to be done */
};

/* The whole answer for one record. Immutable once made. */
struct judgement {
    const struct pack *pack; /* NULL when no pack is in force (the results then name the conditions
                                of the nearest one); borrowed, must outlive the judgement */
    struct bilingual reason; /* why this pack */
    enum verdict verdict;    /* = safe harbour */
    enum verdict lawful_pricing;
    char earliest_signing[CLOCK_DATE_SIZE]; /* "" when there is none */
    struct bilingual earliest_reason;       /* what it hangs on, or why there is none */
    int64_t evaluated_at;                   /* seconds */
    struct condition_result *results;
    size_t result_count;
    struct finding *findings;
    size_t finding_count;
    void *memory; /* texts owned by the judgement; used by rule/ only */
};

void judgement_free(struct judgement *judgement);

#endif
