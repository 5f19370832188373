#ifndef DINGJIA_SIGNATURE_DECODE_H
#define DINGJIA_SIGNATURE_DECODE_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/error.h"
#include "key/key.h"
#include "key/revocation.h"
#include "key/x509.h"
#include "signature/facts.h"
#include "signature/xades.h"

/* How many octets one certificate, CRL or OCSP response in a signature may have. */
enum { DECODE_CERTIFICATE_MAX = 16 * 1024, DECODE_REVOCATION_MAX = REVOCATION_OCTETS_MAX };

/* What is decoded from the texts of one signature. */
struct decoded {
    const struct key_suite *suite;
    unsigned char statement_digest[DIGEST_LENGTH];
    unsigned char properties_digest[DIGEST_LENGTH];
    unsigned char certificate_digest[DIGEST_LENGTH];
    struct key_value value;
    struct x509_chain *chain;        /* the signer's first */
    struct x509_chain *values;       /* of the unsigned properties, as are: */
    struct revocations *revocations; /* those embedded, then those given with the request */
    struct buffer token;             /* empty without a timestamp */
};

/* Decodes, strictly: there is one way to write each value. facts->unreadable names the element that
 * cannot be accepted; fills in what else it learns of the facts. Returns 0 in both cases. */
int decode_signature(const struct xades *xades, bool customs, struct decoded *out,
                     struct signature_facts *facts, struct error *err);
void decoded_free(struct decoded *decoded);

#endif
