#ifndef DINGJIA_RULE_JUDGE_PARTS_H
#define DINGJIA_RULE_JUDGE_PARTS_H

#include "rule/findings.h"
#include "rule/select.h"

/* From findings to results: what becomes of each condition, of the lines and of the verdict. */
struct sentence {
    struct arena *arena;
    const struct pack *pack;
    const struct selection *selection;
    const struct findings *findings;
    const bool *applies; /* per condition */
    struct judgement *judgement;
    const struct condition **owners; /* per finding of the judgement; NULL: no condition */
    bool is_out_of_scope;
};

/* Every condition not applicable, both lines out of scope: no pack is in force. */
int sentence_out_of_force(struct sentence *sentence);

/* Fills in results, lines and verdict. 0, or -1 when memory ran out. */
int sentence_pass(struct sentence *sentence);

/* What one condition comes to; `lawful_only` leaves safe-harbour findings out. */
enum outcome sentence_outcome(const struct sentence *sentence, size_t condition, bool lawful_only);

/* Message and remedy of a result whose outcome and findings are settled. */
void sentence_word(const struct sentence *sentence, struct condition_result *result);

/* The earliest day to sign and what it hangs on. */
void sentence_advise(const struct sentence *sentence, bool is_signed);

#endif
