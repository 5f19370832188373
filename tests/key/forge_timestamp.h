#ifndef DINGJIA_TESTS_KEY_FORGE_TIMESTAMP_H
#define DINGJIA_TESTS_KEY_FORGE_TIMESTAMP_H

#include "base/buffer.h"
#include "key/forge.h"

/* Makes time-stamp tokens, proper ones and others, piece by piece: OpenSSL's own way makes none with
 * SM2 and none that is wrong. Everything left 0 is as it should be. */

enum forge_ess { FORGE_ESS_V2 = 0, FORGE_ESS_V1, FORGE_ESS_NONE, FORGE_ESS_BOTH };

struct forge_token_plan {
    X509 *signer;
    EVP_PKEY *key;
    const void *octets; /* to be stamped */
    size_t length;
    const char *imprint; /* digest of them, "SHA256" */
    const char *time;    /* genTime as it stands; "20261101000000Z" */
    const char *digest;  /* of the signature */
    const char *id;      /* SM2 identifier */
    const char *tsa;     /* common name the token gives its authority; NULL: none is given */
    int version;         /* of TSTInfo */
    int without;         /* the signer's certificate is left out */
    X509 *also;          /* a further certificate inside */
    X509 *ess_of;        /* the certificate ESSCertID names, instead of the signer's */
    enum forge_ess ess;
    int no_digest;    /* no messageDigest */
    int wrong_digest; /* of something else */
    int wrong_type;   /* contentType data */
    int two_signers;
    int unknown;         /* a critical extension nobody knows */
    int long_serial;     /* 60 octets */
    ASN1_INTEGER *nonce; /* borrowed */
    int bare_method;     /* the signature algorithm names the kind of key alone */
};

void forge_token(const struct forge_token_plan *plan, struct forged_octets *out);

/* The response that carries such a token; `status` as of RFC 3161. With NULL there is none in it. */
void forge_response(const struct forge_token_plan *plan, int status, struct buffer *out);

#endif
