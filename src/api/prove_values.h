#ifndef DINGJIA_API_PROVE_VALUES_H
#define DINGJIA_API_PROVE_VALUES_H

#include "base/buffer.h"
#include "dingjia.h"
#include "signature/facts.h"
#include "xml/load.h"

/* How far the clock of a time-stamp authority may be from ours, in seconds. */
enum { PROVE_SKEW = 300 };

/* One signature of a certificate whose signatures hold. */
struct prove_place {
    const struct dingjia_proof_plan *plan;
    const struct xml_document *document; /* the parsed form of: */
    unsigned number;                     /* from 1 */
    int64_t now;
    const struct buffer *certificate;
};

/* Writes the certificate with what was added to the signature into `out`, which may stay empty
 * where there is nothing to add. */
typedef int prove_step(const struct prove_place *place, const struct signature_facts *facts,
                       struct buffer *out, struct error *err);

/* Asks the authority for a timestamp and checks it; a signature that has one keeps it. */
prove_step prove_timestamp;

/* Collects the certificates of both paths and what shows that they were not revoked, fetching what
 * was not given. */
prove_step prove_values;

#endif
