#ifndef DINGJIA_RULE_PACK_H
#define DINGJIA_RULE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/language.h"
#include "rule/judgement.h"

/* How far the source of a condition was read: law.md marks S, X, M, I ("text", "secondary",
 * "unconfirmed", "inference"). */
struct citation {
    const char *law;     /* official Chinese name and number */
    const char *article; /* "18", "20,22"; "" where the text gives none */
    const char *status;  /* "text", "secondary", "unconfirmed", "inference" */
};

/* One condition of a pack (conditions.xml). Strings are borrowed from the pack. */
struct condition {
    const char *id; /* "N3" */
    enum severity severity;
    bool lawful_line; /* whether the lawful-pricing line hangs on it */
    struct bilingual title;
    struct bilingual statement; /* what is required */
    struct bilingual remedy_violated;
    struct bilingual remedy_not_evidenced;
    struct bilingual not_applicable; /* why, when `applies` is false */
    const char *applies;             /* XPath at the document; NULL: always */
    struct citation *citations;
    size_t citation_count;
};

/* A rule pack: immutable after loading, may be shared between threads. */
struct pack;

const char *pack_id(const struct pack *pack);      /* "tianjin-pricing" */
const char *pack_version(const struct pack *pack); /* "1.0.0" */
const char *pack_digest(const struct pack *pack);  /* SHA-256, hexadecimal, over all its files */
struct bilingual pack_title(const struct pack *pack);
const char *pack_valid_from(const struct pack *pack); /* "2025-07-29" */
const char *pack_valid_to(const struct pack *pack);   /* "" when open */
size_t pack_condition_count(const struct pack *pack);
const struct condition *pack_condition_at(const struct pack *pack, size_t index);

#endif
