#ifndef DINGJIA_API_INTERNAL_H
#define DINGJIA_API_INTERNAL_H

#include "certificate/verification.h"
#include "dingjia.h"
#include "record/record.h"
#include "rule/judge.h"
#include "rule/judgement.h"
#include "rule/packs.h"
#include "xml/schema.h"

/* What stands behind the opaque structs of dingjia.h; only api/ looks in here. */

struct dingjia {
    struct packs *packs;
    struct judge *judge;
    struct xml_schema *record_schema;
};

/* A record and what became of it. The judgement borrows from the packs of the struct dingjia. */
struct dingjia_report {
    struct record *record;
    struct judgement *judgement;
    bool evidence_compared; /* the evidence files were hashed, not only declared */
};

struct dingjia_verification {
    struct verification_result result;
};

/* Findings about evidence files, to be handed to the judge. Zero it before use. */
struct evidence_findings {
    struct finding *items;
    size_t count;
    char **texts; /* owned, what the findings point to */
    size_t text_count;
};

/* Hashes every file the record names in `folder` and compares it with the record (D12).
 * ERROR_OPEN when the folder itself cannot be opened. Links are not followed. */
int evidence_compare(const struct record *record, const char *folder,
                     struct evidence_findings *findings, struct error *err);
void evidence_findings_free(struct evidence_findings *findings);

/* Opens a file below the folder, one segment at a time and through no link, so that nothing outside
 * the folder can be passed off as evidence. -1 with errno. */
int evidence_open(int folder, const char *path);

#endif
