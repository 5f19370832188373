#ifndef DINGJIA_TESTS_KEY_FORGE_H
#define DINGJIA_TESTS_KEY_FORGE_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdint.h>

#include "key/key.h"
#include "key/path.h"
#include "key/trust.h"

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
    const char *points;   /* crlDistributionPoints of the leaf; NULL: none */
    const char *access;   /* authorityInfoAccess of the leaf; NULL: none */
};

struct forged {
    EVP_PKEY *ca_key;
    EVP_PKEY *middle_key; /* NULL without an intermediate */
    EVP_PKEY *key;
    X509 *ca;
    X509 *middle;
    X509 *leaf;
};

/* A new key of this kind. */
EVP_PKEY *forge_key(const char *curve);

void forge_make(const struct forge_plan *plan, struct forged *out);
void forge_free(struct forged *forged);

/* Another end certificate of the same CA (the intermediate one, where there is one). `plan->key` is
 * its key and stays the caller's. */
X509 *forge_issue(const struct forged *forged, const struct forge_plan *plan, const char *name);

/* A context for a signature with this digest ("PSS-SHA256": RSASSA-PSS) and, for SM2, identifier;
 * NULL: the usual ones. */
EVP_MD_CTX *forge_start(EVP_PKEY *key, const char *digest, const char *id);

/* Octets that were made; free with OPENSSL_free(). */
struct forged_octets {
    unsigned char *der;
    size_t length;
};

/* Adds a certificate to a chain; NULL is left out. */
void forge_add(struct x509_chain *chain, const X509 *certificate);

/* The leaf and the intermediate, where there is one; and the anchors of a forgery. */
struct x509_chain *forge_chain(const struct forged *forged);
struct trust *forge_trust(const struct forged *forged);

/* The path of a signer's chain; free with path_free(). */
void forge_find(const struct trust *trust, const struct x509_chain *chain, struct path *out);

/* A new folder under $TMPDIR with ca.pem, issuer.pem (and intermediate) and issuer.key. */
void forge_write(const struct forged *forged, char folder[64]);
void forge_remove(const char *folder);

/* Opens the key in a file that needs no password and brings no certificates. */
int forge_open(const char *path, struct key **out, struct error *err);

/* folder/name in a static buffer, one of four in turn. */
const char *forge_path(const char *folder, const char *name);

#endif
