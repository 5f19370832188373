#ifndef DINGJIA_KEY_TIMESTAMP_PARTS_H
#define DINGJIA_KEY_TIMESTAMP_PARTS_H

#include <openssl/pkcs7.h>
#include <openssl/ts.h>

#include "key/timestamp.h"

/* What the files behind timestamp.h share; seen only in src/key/. */

/* One token, read. */
struct timestamp_token {
    PKCS7 *handle;
    PKCS7_SIGNER_INFO *signer;
    const ASN1_OCTET_STRING *content; /* the DER of `info`, as it stands in the token */
    TS_TST_INFO *info;
};

/* Reads a token in strict DER with one signer. 0, or ERROR_INPUT saying what is wrong with it, or
 * ERROR_MEMORY. */
int timestamp_read(const unsigned char *der, size_t length, struct timestamp_token *out,
                   struct error *err);
void timestamp_clear(struct timestamp_token *token);

/* Finds the certificate the token names as its signer's, in it or among `more` (may be NULL), and
 * checks that the token was signed with its key; sets status and reason, TIMESTAMP_GOOD included.
 * `chain` becomes that certificate and the others of the token (x509_chain_free()), NULL unless
 * good. Returns 0 whenever it could look. */
int timestamp_check_signer(const struct timestamp_token *token, const struct x509_chain *more,
                           struct timestamp_facts *out, struct x509_chain **chain,
                           struct error *err);

/* Sets status and reason. */
void timestamp_fail(struct timestamp_facts *out, enum timestamp_status status,
                    struct bilingual why);

#endif
