#ifndef DINGJIA_KEY_SEALED_H
#define DINGJIA_KEY_SEALED_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/asn1.h>
#include <openssl/x509.h>

#include "key/key.h"

/* What is signed in ASN.1 - certificates, CRLs, OCSP responses, time-stamps - is checked here and
 * nowhere else, in the same way for every algorithm: OpenSSL 3.0 has no way to tell its own
 * functions for CRLs, OCSP and PKCS #7 the identifier of SM2. Seen only in src/key/. */

/* Seconds since 1970. 0, or -1 when there is no time. */
int sealed_seconds(const ASN1_TIME *text, int64_t *seconds);

struct sealed {
    const unsigned char *octets; /* that were signed */
    size_t length;
    const X509_ALGOR *algorithm;
    const ASN1_STRING *value;
    int digest; /* NID that must be used; NID_undef: what the algorithm says */
};

/* Finds the octets that were signed in the DER of SEQUENCE { signed, algorithm, value ... }, as
 * they stand. 1 found, 0 not. */
int sealed_find(const unsigned char *der, size_t length, struct sealed *out);

/* KEY_WEAK: the key has less than 112 bits of security, or the digest is none of SHA-2, SHA-3 (256
 * bits or more) and SM3. KEY_UNFIT: the algorithm is unknown or not one for this key. */
enum key_judgement sealed_judge(EVP_PKEY *pkey, const struct sealed *sealed);

/* Whether every critical extension is one of the `known` ones (ends with NID_undef). */
int sealed_understands(const STACK_OF(X509_EXTENSION) * extensions, const int *known);

#endif
