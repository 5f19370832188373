#ifndef DINGJIA_SIGNATURE_GATHER_H
#define DINGJIA_SIGNATURE_GATHER_H

#include "signature/verify.h"
#include "signature/xades.h"

/* One signature of an envelope that was read. */
struct gather_place {
    const struct signature_request *request;
    const struct xml_node *statement;
    const struct xades *xades;
    struct x509_chain **found; /* if not NULL, two: become the paths of signer and authority */
};

/* Gathers the facts of one signature; stops where a fact leaves nothing to look at after it.
 * Returns 0 whenever it could look. */
int gather_signature(const struct gather_place *place, struct signature_facts *facts,
                     struct error *err);

#endif
