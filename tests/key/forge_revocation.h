#ifndef DINGJIA_TESTS_KEY_FORGE_REVOCATION_H
#define DINGJIA_TESTS_KEY_FORGE_REVOCATION_H

#include "key/forge.h"

/* Makes CRLs and OCSP responses, proper ones and others. Times are relative to FORGE_NOW. */

enum { FORGE_GOOD, FORGE_REVOKED, FORGE_UNKNOWN };

struct forge_crl_plan {
    EVP_PKEY *key; /* of the issuer */
    X509 *issuer;
    X509 *revoked;      /* NULL: nobody is */
    int64_t revoked_at; /* a day before, when 0 */
    int64_t invalid_at; /* 0: no invalidity date */
    int reason;         /* 0: none is given */
    int64_t issued;
    int64_t next; /* a week after, when 0; -1: none is given */
    const char *digest;
    const char *id;
    const char *point; /* issuingDistributionPoint, in OpenSSL's words */
    int delta;
    int unknown;       /* a critical extension nobody knows */
    int unknown_entry; /* the same in the entry */
    int twice;         /* a second entry, a day earlier */
};

void forge_crl(const struct forge_crl_plan *plan, struct forged_octets *out);

struct forge_ocsp_plan {
    X509 *certificate; /* asked about */
    X509 *issuer;      /* of that */
    X509 *signer;      /* of the response */
    EVP_PKEY *key;
    int status;
    int64_t revoked_at; /* a day before, when 0 */
    int reason;         /* 0: none is given */
    int64_t issued;
    int64_t next; /* a week after, when 0; -1: none is given */
    int64_t produced;
    const char *digest; /* of the signature */
    const char *id;
    const char *name_digest; /* of the certificate's name */
    int by_key;              /* the responder is named by its key */
    int alone;               /* the signer's certificate is left out */
    int unknown;             /* a critical extension nobody knows */
    int unknown_single;      /* the same in the one answer */
    X509 *also;              /* a revoked certificate that is answered for as well */
};

void forge_ocsp(const struct forge_ocsp_plan *plan, struct forged_octets *out);

#endif
