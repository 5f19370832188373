#ifndef DINGJIA_KEY_ALGORITHM_H
#define DINGJIA_KEY_ALGORITHM_H

#include <stddef.h>

#include "base/digest.h"

enum { KEY_SIGNATURE_LENGTH = 64 };

/* One row of the closed table of suites: a signature method is only ever used with the digest and
 * the key of its own row, so that nothing can be mixed or downgraded. */
struct key_suite {
    const char *name;             /* "ecdsa-p256-sha256" */
    const char *signature_uri;    /* ds:SignatureMethod/@Algorithm */
    const char *digest_uri;       /* ds:DigestMethod/@Algorithm */
    enum digest_algorithm digest; /* of the references */
    const char *key_type;         /* as OpenSSL names it */
    const char *group;            /* curve; "" where the type has none */
    const char *digest_name;      /* as OpenSSL names it */
    size_t signature_length;      /* octets of ds:SignatureValue */
};

/* NULL when the method is not in the table. */
const struct key_suite *key_suite_find(const char *signature_uri);

/* Suite number `index`, NULL past the last; number 0 is the default. */
const struct key_suite *key_suite_at(size_t index);

#endif
