#ifndef DINGJIA_REPORT_WORDS_H
#define DINGJIA_REPORT_WORDS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/language.h"
#include "rule/judgement.h"
#include "rule/pack.h"

/* Verdicts and outcomes in words for people. */
struct bilingual words_verdict(enum verdict verdict);
struct bilingual words_outcome(enum outcome outcome);

/* How far a source was read, in words: "" for one read in the original text. */
struct bilingual words_source_status(const char *status);

/* The weakest source status among the citations of a condition. */
const char *words_weakest_status(const struct condition *condition);

/* "《促进科技成果转化法》第18条；…" in either language's manner; `with_status` adds to each source how
 * far it was read, where that was not the original text. */
void words_citation(const struct condition *condition, enum language language, bool with_status,
                    struct buffer *out);

/* What every report says about itself: it recognises no exemption. */
struct bilingual words_disclaimer(void);

#endif
