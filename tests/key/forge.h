#ifndef DINGJIA_TESTS_KEY_FORGE_H
#define DINGJIA_TESTS_KEY_FORGE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdint.h>

#include "key/key.h"

/* Makes the certificates that no honest CA would, for tests. Everything left 0 is as it should be. */

enum { FORGE_NOW = 1793491200, FORGE_YEAR = 365 * 86400 }; /* 2026-11-01T00:00:00Z */

struct forge_plan {
    const char *curve;    /* "P-256"; "RSA-2048", "RSA-3072", "RSA-3072-3" (exponent 3) */
    const char *ca_curve; /* of the CAs */
    EVP_PKEY *key;        /* of the leaf, instead of a new one; taken over */
    const char *id;       /* SM2 identifier of the CAs; "": not set at all */
    const char *usage;    /* keyUsage; "-": none */
    const char *extended; /* extendedKeyUsage; NULL: none */
    const char *basic;    /* basicConstraints of the leaf */
    int64_t from;         /* validity of the leaf, relative to FORGE_NOW */
    int64_t to;
    int64_t ca_to;        /* end of the CA's validity, relative to FORGE_NOW */
    const char *ca_usage; /* keyUsage of the CA */
    const char *ca_basic; /* basicConstraints of the CA */
    const char *digest;   /* of the signatures in the certificates */
    int intermediate;     /* 1: the leaf is issued by a CA under the CA */
};

struct forged {
    EVP_PKEY *ca_key;
    EVP_PKEY *key;
    X509 *ca;
    X509 *middle; /* NULL without an intermediate */
    X509 *leaf;
};

/* A new key of this kind. */
EVP_PKEY *forge_key(const char *curve);

void forge_make(const struct forge_plan *plan, struct forged *out);
void forge_free(struct forged *forged);

/* A new folder under $TMPDIR with ca.pem, issuer.pem (and intermediate) and issuer.key. */
void forge_write(const struct forged *forged, char folder[64]);
void forge_remove(const char *folder);

/* Opens the key in a file that needs no password and brings no certificates. */
int forge_open(const char *path, struct key **out, struct error *err);

/* folder/name in a static buffer, one of four in turn. */
const char *forge_path(const char *folder, const char *name);

#endif
