#ifndef DINGJIA_KEY_OPENSSL_H
#define DINGJIA_KEY_OPENSSL_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/error.h"
#include "key/algorithm.h"
#include "key/key.h"
#include "key/x509.h"

/* What only src/key/ may see: the OpenSSL objects behind the opaque types. */

struct key {
    EVP_PKEY *pkey;
    const struct key_suite *suite;
};

struct x509 {
    X509 *handle;
    unsigned char *der;
    size_t der_length;
    char *subject;
    char *issuer;
};

/* ERROR_INTERNAL with OpenSSL's own reason; empties its error queue. `what` names the step. */
enum error_code key_openssl_error(struct error *err, const char *what);

#endif
