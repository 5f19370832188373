#ifndef DINGJIA_RULE_EVALUATOR_PARTS_H
#define DINGJIA_RULE_EVALUATOR_PARTS_H

#include "rule/evaluator.h"
#include "rule/pack_parts.h"

struct evaluator {
    const struct pack *pack;
    struct xml_xpath *xpath;
    struct xml_expression **compiled; /* by number of expression */
    struct xml_value **hidden;        /* by number of let: kept to be bound again */
};

/* A let that could not be evaluated: whatever uses it cannot be either. */
struct failed_let {
    const char *name;
    const struct error *error; /* NULL: a good one that hides a failed one */
    const struct failed_let *next;
};

/* One evaluation under way. */
struct run {
    struct evaluator *evaluator;
    const struct evaluation *evaluation;
    struct findings *findings;
    const struct failed_let *failed;
    const struct error **noted; /* by number of expression: its last error as a let */
    bool out_of_memory;
};

/* Evaluates at `node`. On failure `detail` says why, naming the let that is to blame if any. */
int run_evaluate(struct run *run, const struct expression *expression, const struct xml_node *node,
                 struct xml_value **out, struct error *detail);

/* Binds a let, or notes why it could not be. */
void run_bind(struct run *run, const struct let *let, const struct xml_node *node);
void run_unbind(struct run *run, const struct let *let);

/* Evaluates one assertion or report at a node and records what it finds. */
void run_check(struct run *run, const struct assertion *check, const struct xml_node *node);

/* Records that a check could not be evaluated; `node` may be NULL. */
void run_check_failed(struct run *run, const struct assertion *check, const struct xml_node *node,
                      const struct error *detail);

#endif
