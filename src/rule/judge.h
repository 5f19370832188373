#ifndef DINGJIA_RULE_JUDGE_H
#define DINGJIA_RULE_JUDGE_H

#include <stdint.h>

#include "rule/judgement.h"
#include "rule/packs.h"
#include "xml/load.h"

/* Chooses the pack for a record and judges it. One per thread; the packs must outlive it. */
struct judge;
int judge_new(const struct packs *packs, struct judge **out, struct error *err);
void judge_free(struct judge *judge);

struct judge_request {
    const struct xml_document *record; /* valid against the record schema */
    int64_t at;                        /* seconds */
    bool compared;                     /* evidence files were hashed */
    const struct finding *extra;       /* what was found outside the rules, copied: the condition
                                          is what stands before the dot of `assertion` */
    size_t extra_count;
};

/* 0 and a judgement (free with judgement_free()), whatever the verdict. Errors are those of packs
 * and memory only. The judgement borrows from the packs. */
int judge_record(struct judge *judge, const struct judge_request *request, struct judgement **out,
                 struct error *err);

#endif
