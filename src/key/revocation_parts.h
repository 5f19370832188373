#ifndef DINGJIA_KEY_REVOCATION_PARTS_H
#define DINGJIA_KEY_REVOCATION_PARTS_H

#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include "key/revocation.h"
#include "key/x509.h"

/* What the files behind revocation.h and path_find() share; seen only in src/key/. */

/* One CRL or OCSP response, read. */
struct revocation_item {
    enum revocation_kind kind;
    unsigned char *der;
    size_t length;
    X509_CRL *crl;
    OCSP_BASICRESP *answer;
    unsigned char *answer_der; /* of the basic response alone */
    size_t answer_length;
};

const struct revocation_item *revocations_item(const struct revocations *revocations, size_t index);

/* A certificate and the one above it in a path. */
struct revocation_pair {
    const struct x509 *certificate;
    const struct x509 *issuer;
};

/* What the item says about the certificate, if it is genuine; REVOCATION_SILENT otherwise. */
void revocation_judge(const struct revocation_item *item, const struct revocation_pair *pair,
                      struct revocation_statement *out);

/* The two ways of revocation_judge(); `out` is zeroed but for its kind. */
void crl_judge(const struct revocation_item *item, const struct revocation_pair *pair,
               struct revocation_statement *out);
void ocsp_judge(const struct revocation_item *item, const struct revocation_pair *pair,
                struct revocation_statement *out);

/* A revocation at `when` (NULL: unknown, so since ever), or at `invalidity` (may be NULL) where
 * that is earlier; the earliest of several counts. */
void revocation_note(struct revocation_statement *out, const ASN1_GENERALIZEDTIME *when,
                     const ASN1_GENERALIZEDTIME *invalidity, int reason);

#endif
