#ifndef DINGJIA_KEY_OPENSSL_H
#define DINGJIA_KEY_OPENSSL_H

#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include "base/error.h"
#include "key/algorithm.h"
#include "key/key.h"
#include "key/x509.h"

/* What only src/key/ may see: the OpenSSL objects behind the opaque types. */

struct command;

/* A device has `library` and `pkey`, a program has `command` and no `pkey`. */
struct key {
    char *name; /* of its source, for messages */
    EVP_PKEY *pkey;
    const struct key_suite *suite;
    EVP_PKEY *public; /* of the certificate it is bound to */
    int foreign;      /* the private half is not ours */
    OSSL_LIB_CTX *library;
    OSSL_PROVIDER *providers[2];
    struct command *command;
};

struct x509 {
    X509 *handle;
    unsigned char *der;
    size_t der_length;
    char *subject;
    char *issuer;
};

/* The anchors. */
struct trust {
    X509_STORE *store;
};

/* ERROR_INTERNAL with OpenSSL's own reason; empties its error queue. `what` names the step. */
enum error_code key_openssl_error(struct error *err, const char *what);

#endif
