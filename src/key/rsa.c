#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "key/suite.h"

/* RSA with SHA-256 as XMLDSig has it: PKCS #1 v1.5, the value as long as the modulus (RFC 6931
 * section 2.3.2). */

enum { EXPONENT_MIN = 65537 };

static const struct suite_digest sha256 = {.name = "SHA256"};

/* Small exponents have been the way into many a careless verifier; no CA issues them any more. */
static int has_sound_exponent(const EVP_PKEY *pkey)
{
    BIGNUM *exponent = NULL;
    int sound = EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
                BN_is_odd(exponent) &&
                (BN_num_bits(exponent) > 32 || BN_get_word(exponent) >= EXPONENT_MIN);

    BN_free(exponent);
    return sound;
}

static enum suite_fit fit(const EVP_PKEY *pkey)
{
    int bits = EVP_PKEY_get_bits(pkey);

    if (!EVP_PKEY_is_a(pkey, "RSA")) {
        return SUITE_FOREIGN;
    }
    return bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX && has_sound_exponent(pkey) ? SUITE_FIT
                                                                                    : SUITE_WEAK;
}

static EVP_PKEY *generate(void)
{
    return EVP_RSA_gen(RSA_BITS_MIN);
}

/* PKCS #1 v1.5 is what OpenSSL does unless told otherwise; it is told all the same. */
static EVP_MD_CTX *set_padding(EVP_MD_CTX *context)
{
    if (context != NULL &&
        EVP_PKEY_CTX_set_rsa_padding(EVP_MD_CTX_get_pkey_ctx(context), RSA_PKCS1_PADDING) != 1) {
        EVP_MD_CTX_free(context);
        return NULL;
    }
    return context;
}

static EVP_MD_CTX *start_signing(const struct suite_signer *signer)
{
    return set_padding(suite_start_signing(signer, &sha256));
}

static int sign(const struct suite_signer *signer, const void *octets, size_t length,
                struct key_value *value)
{
    value->length = sizeof(value->octets);
    return suite_finish_signing(start_signing(signer), octets, length, value->octets,
                                &value->length) &&
           value->length == (size_t)EVP_PKEY_get_size(signer->pkey);
}

static int verify(EVP_PKEY *pkey, const struct key_signed *what)
{
    if (what->signature_length != (size_t)EVP_PKEY_get_size(pkey)) {
        return 0;
    }
    return suite_finish_verifying(set_padding(suite_start_verifying(pkey, &sha256)), what,
                                  what->signature, what->signature_length);
}

const struct suite_methods suite_rsa = {fit, generate, start_signing, sign, NULL, verify};
