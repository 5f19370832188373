#ifndef DINGJIA_REPORT_FACTS_H
#define DINGJIA_REPORT_FACTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/digest.h"
#include "base/error.h"
#include "certificate/verification.h"

/* Facts as a file ("dingjia-facts/1", schemas/report/1.0/facts.schema.json), to be judged again
 * under another policy. The file proves nothing by itself: it says what this program saw. */

enum { FACTS_TEXT_SIZE = 128 };

struct facts_document {
    struct facts facts;
    struct check_list checks; /* those of the certificate as a whole: their check_block() is "" */
    char certificate_sha256[DIGEST_HEX_SIZE];
    char serial[FACTS_TEXT_SIZE]; /* "" while unknown */
    char record_number[FACTS_TEXT_SIZE];
    int64_t gathered_at;
};

void facts_document_free(struct facts_document *document);

int facts_write(FILE *out, const struct facts_document *document, struct error *err);

/* ERROR_INPUT, naming the member, when it is not a facts file: unknown, missing or doubled members,
 * other types, names that do not exist. Zeroes `out` first. */
int facts_read(const void *octets, size_t length, const char *name, struct facts_document *out,
               struct error *err);

#endif
