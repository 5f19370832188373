#ifndef DINGJIA_KEY_ALGORITHM_H
#define DINGJIA_KEY_ALGORITHM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/error.h"

/* Room for the signature value of every suite: an RSA modulus of 8192 bits. */
enum { KEY_SIGNATURE_MAX = 1024 };

/* How a suite works its keys; each file of src/key/ that implements a suite defines one. */
struct suite_methods;

/* One row of the closed table of suites: a signature method is only ever used with the digest and
 * the key of its own row, so that nothing can be mixed or downgraded. */
struct key_suite {
    const char *name;          /* "ecdsa-p256-sha256" */
    const char *word;          /* "p256": how it is asked for */
    const char *signature_uri; /* ds:SignatureMethod/@Algorithm */
    const char *digest_uri;    /* ds:DigestMethod/@Algorithm */
    const char *customs_uri;   /* the customs' names of 2022 for the same; NULL: there is none */
    const char *customs_digest_uri;
    enum digest_algorithm digest; /* of the references and of xades:CertDigest */
    struct bilingual key_rule;    /* which keys belong to it, in words */
    size_t signature_min;         /* octets of ds:SignatureValue, whatever the key */
    size_t signature_max;
    const struct suite_methods *methods;
};

/* NULL when the method is not in the table. The customs' names count only where asked for. */
const struct key_suite *key_suite_find(const char *signature_uri, bool customs);

/* NULL when no suite is asked for by this word. */
const struct key_suite *key_suite_named(const char *word);

/* Suite number `index`, NULL past the last; number 0 is the default. */
const struct key_suite *key_suite_at(size_t index);

#endif
