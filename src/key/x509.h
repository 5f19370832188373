#ifndef DINGJIA_KEY_X509_H
#define DINGJIA_KEY_X509_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"

/* One certificate of a key. Immutable. */
struct x509;

/* Certificates in order: the signer's first, then whatever leads from it towards an anchor. */
struct x509_chain;

int x509_chain_new(struct x509_chain **out, struct error *err);
void x509_chain_free(struct x509_chain *chain);

/* Adds one certificate in strict DER. ERROR_INPUT when it is anything else or one too many. */
int x509_chain_add(struct x509_chain *chain, const unsigned char *der, size_t length,
                   struct error *err);

/* Reads every certificate of a PEM file. ERROR_CONFIG when there is none or one is damaged. */
int x509_chain_read(const char *path, struct x509_chain **out, struct error *err);

size_t x509_chain_count(const struct x509_chain *chain);
const struct x509 *x509_chain_at(const struct x509_chain *chain, size_t index);

/* The DER octets. Borrowed. */
const unsigned char *x509_der(const struct x509 *certificate, size_t *length);

/* Over the DER octets (xades:CertDigest). */
int x509_digest(const struct x509 *certificate, enum digest_algorithm algorithm,
                unsigned char digest[DIGEST_LENGTH], struct error *err);

/* Of the public key; 0 when it cannot be read. */
unsigned x509_key_bits(const struct x509 *certificate);

/* "C=CN, O=..., CN=..." for people. Borrowed. */
const char *x509_subject(const struct x509 *certificate);
const char *x509_issuer(const struct x509 *certificate);

/* First and last second of validity, since 1970. 0, or -1 when the certificate does not say. */
int x509_validity(const struct x509 *certificate, int64_t *from, int64_t *to);

bool x509_is_ca(const struct x509 *certificate);

/* Whether the certificate may sign documents: keyUsage with digitalSignature or nonRepudiation, not
 * a CA, and no extendedKeyUsage that leaves documents out. 0, or ERROR_CONFIG saying why not. */
int x509_check_usage(const struct x509 *certificate, struct error *err);

#endif
