#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "key/openssl.h"

/* Between OpenSSL's DER signatures and the r||s of XMLDSig (RFC 6931 section 2.3.6). */

enum { HALF = KEY_SIGNATURE_LENGTH / 2, DER_MAX = 80 };

/* Of (r, s) and (r, n-s) both verify; only the one with the smaller s is a signature here. */
static BIGNUM *get_order(const EVP_PKEY *pkey)
{
    BIGNUM *order = NULL;

    if (EVP_PKEY_get_bn_param(pkey, OSSL_PKEY_PARAM_EC_ORDER, &order) != 1) {
        BN_free(order);
        return NULL;
    }
    return order;
}

static int is_upper_half(const BIGNUM *s, const BIGNUM *order)
{
    BIGNUM *half = BN_dup(order);
    int upper = 1;

    if (half != NULL && BN_rshift1(half, half) == 1) {
        upper = BN_cmp(s, half) > 0;
    }
    BN_free(half);
    return upper;
}

static int sign_der(const struct key *key, const void *octets, size_t length, unsigned char *der,
                    size_t *der_length)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int done = context != NULL &&
               EVP_DigestSignInit_ex(context, NULL, key->suite->digest_name, NULL, NULL, key->pkey,
                                     NULL) == 1 &&
               EVP_DigestSign(context, der, der_length, octets, length) == 1;

    EVP_MD_CTX_free(context);
    return done;
}

/* DER to r||s with s in the lower half. */
static int split_der(const EVP_PKEY *pkey, const unsigned char *der, size_t der_length,
                     unsigned char signature[KEY_SIGNATURE_LENGTH])
{
    const unsigned char *at = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)der_length);
    BIGNUM *order = get_order(pkey);
    BIGNUM *s = NULL;
    int done = 0;

    if (pair == NULL || order == NULL || (s = BN_dup(ECDSA_SIG_get0_s(pair))) == NULL) {
        goto out;
    }
    if (is_upper_half(s, order) && BN_sub(s, order, s) != 1) {
        goto out;
    }
    done = BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, HALF) == HALF &&
           BN_bn2binpad(s, signature + HALF, HALF) == HALF;
out:
    BN_free(s);
    BN_free(order);
    ECDSA_SIG_free(pair);
    return done;
}

int key_sign(const struct key *key, const void *octets, size_t length,
             unsigned char signature[KEY_SIGNATURE_LENGTH], struct error *err)
{
    unsigned char der[DER_MAX];
    size_t der_length = sizeof(der);

    if (!sign_der(key, octets, length, der, &der_length)) {
        return (int)key_openssl_error(err, "EVP_DigestSign");
    }
    if (!split_der(key->pkey, der, der_length, signature)) {
        return (int)key_openssl_error(err, "d2i_ECDSA_SIG");
    }
    return 0;
}

static int is_in_range(const BIGNUM *r, const BIGNUM *s, const BIGNUM *order)
{
    return !BN_is_zero(r) && !BN_is_zero(s) && BN_cmp(r, order) < 0 && !is_upper_half(s, order);
}

/* r||s to DER. 1 done, 0 when the numbers are out of range, -1 when memory ran out. */
static int join_der(const EVP_PKEY *pkey, const unsigned char *signature,
                    unsigned char der[DER_MAX], size_t *der_length)
{
    BIGNUM *order = get_order(pkey);
    BIGNUM *r = BN_bin2bn(signature, HALF, NULL);
    BIGNUM *s = BN_bin2bn(signature + HALF, HALF, NULL);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    unsigned char *at = der;
    int done = -1;
    int length;

    if (order == NULL || r == NULL || s == NULL || pair == NULL) {
        goto out;
    }
    if (!is_in_range(r, s, order)) {
        done = 0;
        goto out;
    }
    if (ECDSA_SIG_set0(pair, r, s) != 1) {
        goto out;
    }
    r = NULL;
    s = NULL;
    length = i2d_ECDSA_SIG(pair, NULL);
    if (length <= 0 || length > DER_MAX || i2d_ECDSA_SIG(pair, &at) != length) {
        goto out;
    }
    *der_length = (size_t)length;
    done = 1;
out:
    ECDSA_SIG_free(pair);
    BN_free(r);
    BN_free(s);
    BN_free(order);
    return done;
}

static int verify_der(EVP_PKEY *pkey, const struct key_suite *suite, const struct key_signed *what,
                      const unsigned char *der, size_t der_length)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int answer = -1;

    if (context != NULL &&
        EVP_DigestVerifyInit_ex(context, NULL, suite->digest_name, NULL, NULL, pkey, NULL) == 1) {
        answer = EVP_DigestVerify(context, der, der_length, what->octets, what->length);
        answer = answer == 1 ? 1 : 0;
    }
    EVP_MD_CTX_free(context);
    return answer;
}

int key_verify(const struct x509 *certificate, const struct key_suite *suite,
               const struct key_signed *what, enum key_judgement *out, struct error *err)
{
    EVP_PKEY *pkey = X509_get0_pubkey(certificate->handle);
    unsigned char der[DER_MAX];
    size_t der_length = 0;
    int answer;

    *out = KEY_NOT_JUDGED;
    if (pkey == NULL || key_suite_of(pkey) != suite) {
        ERR_clear_error();
        *out = KEY_UNFIT;
        return 0;
    }
    if (what->signature_length != suite->signature_length) {
        *out = KEY_BAD;
        return 0;
    }
    answer = join_der(pkey, what->signature, der, &der_length);
    if (answer == 1) {
        answer = verify_der(pkey, suite, what, der, der_length);
    }
    if (answer < 0) {
        return (int)key_openssl_error(err, "EVP_DigestVerify");
    }
    ERR_clear_error();
    *out = answer == 1 ? KEY_GOOD : KEY_BAD;
    return 0;
}
