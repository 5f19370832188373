#ifndef DINGJIA_KEY_KEY_H
#define DINGJIA_KEY_KEY_H

#include <stddef.h>

#include "base/error.h"
#include "key/algorithm.h"
#include "key/x509.h"

/* A private key. Its octets are wiped when it is freed. */
struct key;

/* Reads an unencrypted PEM private key. ERROR_CONFIG when others than the owner may read the
 * file, or when the key fits no suite; ERROR_OPEN when the file cannot be read. */
int key_read(const char *path, struct key **out, struct error *err);
void key_free(struct key *key);

const struct key_suite *key_suite(const struct key *key);

/* Whether `certificate` carries the public half of `key`. */
int key_matches(const struct key *key, const struct x509 *certificate);

/* A signature value as ds:SignatureValue holds it: r||s, 32 octets each, big endian, for the curves
 * (with s in the lower half on P-256); for RSA as long as the modulus. */
struct key_value {
    unsigned char octets[KEY_SIGNATURE_MAX];
    size_t length;
};

int key_sign(const struct key *key, const void *octets, size_t length, struct key_value *value,
             struct error *err);

/* What became of a signature value; the zero value is "not judged". */
enum key_judgement { KEY_NOT_JUDGED = 0, KEY_GOOD, KEY_BAD, KEY_WEAK, KEY_UNFIT };

/* One signature value over some octets. */
struct key_signed {
    const void *octets;
    size_t length;
    const unsigned char *signature;
    size_t signature_length;
};

/* KEY_UNFIT: the certificate's key is not of the kind of `suite`. KEY_WEAK: it is, but breaks
 * suite->key_rule. KEY_BAD: wrong length, r or s outside 1..n-1, s in the upper half (P-256), or
 * simply not the signature of these octets. */
int key_verify(const struct x509 *certificate, const struct key_suite *suite,
               const struct key_signed *what, enum key_judgement *out, struct error *err);

/* `length` octets from the system's generator as lower-case hexadecimal; `hex` holds 2*length+1. */
int key_random_hex(size_t length, char *hex, struct error *err);

/* Compares secrets or digests in constant time. */
int key_octets_equal(const void *a, const void *b, size_t length);

#endif
