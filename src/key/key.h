#ifndef DINGJIA_KEY_KEY_H
#define DINGJIA_KEY_KEY_H

#include <stddef.h>

#include "base/error.h"
#include "key/algorithm.h"
#include "key/x509.h"

/* A private key, or the way to one: the octets may be ours, or stay in a device. What is ours is
 * wiped when it is freed. */
struct key;

/* Where a password or PIN comes from. Both members may be NULL: then whatever wants one is refused.
 * It is asked for once, and wiped after use. */
struct key_password {
    const char *file; /* its first line; refused when others than the owner may read it */

    /* Puts the password of `what` as a string into `text`. 0, or the error_code set in `err`. */
    int (*ask)(void *context, const char *what, char *text, size_t size, struct error *err);
    void *context;
};

/* `name` is one of
 *   a path               PEM private key or PKCS#12 file, which only its owner may read;
 *   pkcs11:…             an RFC 7512 URI, opened through OpenSSL's provider "pkcs11"; the PIN is
 *                        always wanted (empty for devices with a PIN pad of their own);
 *   command:/program …   a program for devices that speak neither (domestic SM2 keys). It is
 *                        started without a shell, the words parted at blanks, followed by `sign`
 *                        and the word of the suite (p256, rsa3072, sm2), in an environment of PATH,
 *                        HOME and LANG. It reads the octets to be signed (not their digest) from
 *                        standard input and writes nothing but the raw value to standard output:
 *                        r||s of 64 octets, or as many as the RSA modulus has. For SM2 it computes
 *                        with the signer's identifier 1234567812345678 itself. */
struct key_source {
    const char *name;
    struct key_password password;
    unsigned command_seconds; /* how long a program may take; 0: 60 */
};

/* Opens a key. `*bundled` gets the certificates that came with it, the key's own first, or NULL;
 * the caller frees them. ERROR_CONFIG when the source or the key is refused, ERROR_OPEN when a file
 * cannot be read. */
int key_open(const struct key_source *source, struct key **out, struct x509_chain **bundled,
             struct error *err);
void key_free(struct key *key);

/* NULL for a program that is not bound yet. */
const struct key_suite *key_suite(const struct key *key);

/* Binds the key to its certificate: from here on every value is verified with the public key in
 * there before it leaves. ERROR_CONFIG when the certificate is another key's; where the private
 * half is not ours that is found out by a trial signature. */
int key_bind(struct key *key, const struct x509 *certificate, struct error *err);

/* A signature value as ds:SignatureValue holds it: r||s, 32 octets each, big endian, for the curves
 * (with s in the lower half on P-256); for RSA as long as the modulus. */
struct key_value {
    unsigned char octets[KEY_SIGNATURE_MAX];
    size_t length;
};

/* The value has been verified: a fault in the computation would give the private key away, and a
 * device may be the wrong one. */
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
