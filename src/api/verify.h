#ifndef DINGJIA_API_VERIFY_H
#define DINGJIA_API_VERIFY_H

#include "api/internal.h"

/* What of `verify` goes beyond the signatures: each function looks at one thing and records it in
 * verification->result.checks. They return 0 whenever they could look. */
struct verify_job {
    struct dingjia *dingjia;
    const struct dingjia_verify_options *options;
    struct verification_result *result;
    const struct xml_node *statement; /* NULL unless every signature value holds */
    bool record_matches;              /* the record given is the one the certificate speaks of */
    bool pack_matches;                /* the pack it names is carried by this program */
};

/* The only place where a verification passes: every signature did, no check says otherwise, and it
 * was judged to its end. */
void verify_conclude(struct verification_result *result, bool complete);

/* "statement": do the claims fit together, and the signature that covers them. */
void verify_statement(struct verify_job *job);

/* "pack": is the pack it names the one this program has under that name and version. */
void verify_pack(struct verify_job *job);

/* "record": digest of the octets, else of the canonical form. */
int verify_record(struct verify_job *job, struct error *err);

/* "evidence": every file of the certificate against the folder. */
int verify_evidence(struct verify_job *job, struct error *err);

/* "recheck": judges the record again as of the evaluation instant and compares everything. */
int verify_recheck(struct verify_job *job, struct error *err);

#endif
