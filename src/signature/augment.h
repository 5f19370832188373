#ifndef DINGJIA_SIGNATURE_AUGMENT_H
#define DINGJIA_SIGNATURE_AUGMENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "key/revocation.h"
#include "key/x509.h"
#include "signature/verify.h"
#include "xml/load.h"

/* Unsigned properties are added to a certificate that was verified; nothing that was signed is
 * touched. */

/* Appends what a timestamp of signature `number` (from 1) is made over: ds:SignatureValue in
 * exclusive canonical form. ERROR_INPUT when it has a timestamp already. */
int signature_imprint(const struct xml_document *document, unsigned number, struct buffer *octets,
                      struct error *err);

/* Gathers the facts of signature `number` and the certificates of its paths, the anchors last:
 * found[0] the signer's, found[1] the time-stamp authority's; NULL where there is no complete path.
 * x509_chain_free() both. */
int signature_paths(const struct signature_request *request, unsigned number,
                    struct signature_facts *facts, struct x509_chain *found[2], struct error *err);

/* What is added to one signature. Members may be NULL or empty. */
struct signature_values {
    const struct buffer *token;            /* RFC 3161, in DER */
    const struct x509_chain *certificates; /* those not there yet are added */
    const struct x509_chain *more;         /* likewise */
    const struct revocations *revocations; /* likewise */
};

/* Appends the whole certificate file to `out`, with the values in signature `number`. ERROR_INPUT
 * when there is no room for them. */
int signature_augment(const struct xml_document *document, unsigned number,
                      const struct signature_values *values, struct buffer *out, struct error *err);

#endif
