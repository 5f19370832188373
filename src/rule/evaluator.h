#ifndef DINGJIA_RULE_EVALUATOR_H
#define DINGJIA_RULE_EVALUATOR_H

#include "rule/findings.h"
#include "rule/pack.h"
#include "xml/load.h"
#include "xml/xpath.h"

/* The compiled expressions of one pack. Expressions cannot be shared between threads: one
 * evaluator per thread and pack. The pack must outlive it. */
struct evaluator;

int evaluator_new(const struct pack *pack, struct evaluator **out, struct error *err);
void evaluator_free(struct evaluator *evaluator);
const struct pack *evaluator_pack(const struct evaluator *evaluator);

/* Begins another record: what the rules may cost is counted from here. */
void evaluator_restart(struct evaluator *evaluator);

/* What is judged, and what the lets `at` and `compared` are set to from outside. */
struct evaluation {
    const struct xml_document *record;
    const char *at; /* Beijing date */
    bool compared;  /* evidence files were hashed */
};

/* Runs every rule. What cannot be evaluated becomes a finding with OUTCOME_ERROR; the return value
 * is 0, or ERROR_MEMORY. */
int evaluator_run(struct evaluator *evaluator, const struct evaluation *evaluation,
                  struct findings *findings, struct error *err);

/* One expression of the pack, without variables, at the document. */
int evaluator_value(struct evaluator *evaluator, const struct expression *expression,
                    const struct xml_document *document, struct xml_value **out, struct error *err);

#endif
