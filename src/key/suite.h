#ifndef DINGJIA_KEY_SUITE_H
#define DINGJIA_KEY_SUITE_H

#include <stddef.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "key/algorithm.h"
#include "key/key.h"

/* What the files behind the suites share; seen only in src/key/. */

/* Above 8192 bits one verification costs more than an honest certificate ever asks for. */
enum { RSA_BITS_MIN = 3072, RSA_BITS_MAX = 8192 };

/* The identifier of every SM2 signer (GB/T 35276). It is set wherever SM2 is computed, because
 * OpenSSL's default differs from version to version, and it is never read from a document. */
#define SM2_IDENTIFIER "1234567812345678"
enum { SM2_IDENTIFIER_LENGTH = sizeof(SM2_IDENTIFIER) - 1 };

/* Whether a key belongs to a suite: not its kind, its kind but too weak, or fit for use. */
enum suite_fit { SUITE_FOREIGN = 0, SUITE_WEAK, SUITE_FIT };

/* A private key and the library context it lives in (NULL: the default one). */
struct suite_signer {
    OSSL_LIB_CTX *library;
    EVP_PKEY *pkey;
};

struct suite_methods {
    enum suite_fit (*fit)(const EVP_PKEY *pkey);
    EVP_PKEY *(*generate)(void); /* NULL on failure */

    /* Made ready for a signature with the suite's digest; NULL on failure. */
    EVP_MD_CTX *(*start_signing)(const struct suite_signer *signer);

    /* 1 done, 0 not. */
    int (*sign)(const struct suite_signer *signer, const void *octets, size_t length,
                struct key_value *value);

    /* Brings a value of the right length into the one form accepted. 1 done, 0 not. NULL: there is
     * but one form. */
    int (*settle)(struct key_value *value);

    /* 1 good, 0 bad, -1 when it could not be judged. The key fits. */
    int (*verify)(EVP_PKEY *pkey, const struct key_signed *what);
};

extern const struct suite_methods suite_ecdsa;
extern const struct suite_methods suite_rsa;
extern const struct suite_methods suite_sm2;

/* An operation of OpenSSL's with a digest and, for SM2, an identifier (NULL: none). */
struct suite_digest {
    const char *name; /* as OpenSSL names it */
    const char *identifier;
};

/* A context for one signature or verification; NULL on failure. */
EVP_MD_CTX *suite_start_signing(const struct suite_signer *signer,
                                const struct suite_digest *digest);
EVP_MD_CTX *suite_start_verifying(EVP_PKEY *pkey, const struct suite_digest *digest);

/* Signs; ends the context, also NULL. `*length` holds the room and then what was used. */
int suite_finish_signing(EVP_MD_CTX *context, const void *octets, size_t octets_length,
                         unsigned char *signature, size_t *length);

/* Verifies `signature` over the octets of `what`; ends the context, also NULL. */
int suite_finish_verifying(EVP_MD_CTX *context, const struct key_signed *what,
                           const unsigned char *signature, size_t length);

/* ---- pairs of numbers: r||s of XMLDSig, and the DER that OpenSSL speaks ---- */

enum { PAIR_LENGTH = 64 };

/* Which s are accepted. */
enum pair_rule { PAIR_ANY_S, PAIR_LOW_S };

/* Whether the key is on the curve of this NID. */
int pair_is_on(const EVP_PKEY *pkey, int curve);

/* A suite whose value is r||s. */
struct pair_scheme {
    struct suite_digest digest;
    int curve; /* NID */
    enum pair_rule rule;
};

/* sign, settle and verify of such a suite, see struct suite_methods. Under PAIR_LOW_S a value made
 * is brought into the lower half, and one in the upper half is refused. */
int pair_sign(const struct suite_signer *signer, const struct pair_scheme *scheme,
              const void *octets, size_t length, struct key_value *value);
int pair_settle(const struct pair_scheme *scheme, struct key_value *value);
int pair_verify(EVP_PKEY *pkey, const struct pair_scheme *scheme, const struct key_signed *what);

/* ---- suites in general ---- */

/* The suite a public or private key is fit for; NULL when there is none. */
const struct key_suite *key_suite_of(const EVP_PKEY *pkey);

/* The suite a key is of the kind of, and whether it is fit for use there. NULL: none. */
const struct key_suite *key_suite_like(const EVP_PKEY *pkey, enum suite_fit *fit);

/* Sets the SM2 identifier for the CA's signature on a certificate, where it is an SM2 one. 1 done,
 * 0 not. */
int suite_set_identifier(X509 *certificate);

#endif
