#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>

#include "key/suite.h"

enum { PAIR_DER_MAX = 80 };

/* Between OpenSSL's DER signatures and the r||s of XMLDSig (RFC 6931 section 2.3.6). */

enum { HALF = PAIR_LENGTH / 2 };

/* A provider may call the curve by any of its names. */
int pair_is_on(const EVP_PKEY *pkey, int curve)
{
    char group[64] = "";
    size_t length = 0;
    int named;

    if (EVP_PKEY_get_utf8_string_param(pkey, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
                                       &length) != 1) {
        return 0;
    }
    named = EC_curve_nist2nid(group);
    return (named != NID_undef ? named : OBJ_txt2nid(group)) == curve;
}

/* Of the curve, not of the key: keys in devices do not tell. */
static BIGNUM *get_order(int curve)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(curve);
    BIGNUM *order = group != NULL ? BN_dup(EC_GROUP_get0_order(group)) : NULL;

    EC_GROUP_free(group);
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

/* DER to r||s. 1 done, 0 not. */
static int split(const unsigned char *der, size_t der_length, struct key_value *value)
{
    const unsigned char *at = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)der_length);
    int done = pair != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(pair), value->octets, HALF) == HALF &&
               BN_bn2binpad(ECDSA_SIG_get0_s(pair), value->octets + HALF, HALF) == HALF;

    value->length = PAIR_LENGTH;
    ECDSA_SIG_free(pair);
    return done;
}

int pair_settle(const struct pair_scheme *scheme, struct key_value *value)
{
    unsigned char *half = value->octets + HALF;
    BIGNUM *order = get_order(scheme->curve);
    BIGNUM *s = BN_bin2bn(half, HALF, NULL);
    int done = order != NULL && s != NULL;

    if (done && scheme->rule == PAIR_LOW_S && BN_cmp(s, order) < 0 && is_upper_half(s, order)) {
        done = BN_sub(s, order, s) == 1 && BN_bn2binpad(s, half, HALF) == HALF;
    }
    BN_free(s);
    BN_free(order);
    return done;
}

static int is_allowed(const BIGNUM *r, const BIGNUM *s, const BIGNUM *order, enum pair_rule rule)
{
    return !BN_is_zero(r) && !BN_is_zero(s) && BN_cmp(r, order) < 0 && BN_cmp(s, order) < 0 &&
           (rule == PAIR_ANY_S || !is_upper_half(s, order));
}

/* r||s to DER. 1 done, 0 when the numbers are not allowed, -1 when memory ran out. */
static int join(const struct pair_scheme *scheme, const unsigned char *value,
                unsigned char der[PAIR_DER_MAX], size_t *der_length)
{
    BIGNUM *order = get_order(scheme->curve);
    BIGNUM *r = BN_bin2bn(value, HALF, NULL);
    BIGNUM *s = BN_bin2bn(value + HALF, HALF, NULL);
    ECDSA_SIG *pair = ECDSA_SIG_new();
    unsigned char *at = der;
    int done = -1;
    int length;

    if (order == NULL || r == NULL || s == NULL || pair == NULL) {
        goto out;
    }
    if (!is_allowed(r, s, order, scheme->rule)) {
        done = 0;
        goto out;
    }
    if (ECDSA_SIG_set0(pair, r, s) != 1) {
        goto out;
    }
    r = NULL;
    s = NULL;
    length = i2d_ECDSA_SIG(pair, NULL);
    if (length <= 0 || length > PAIR_DER_MAX || i2d_ECDSA_SIG(pair, &at) != length) {
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

int pair_sign(const struct suite_signer *signer, const struct pair_scheme *scheme,
              const void *octets, size_t length, struct key_value *value)
{
    unsigned char der[PAIR_DER_MAX];
    size_t der_length = sizeof(der);
    EVP_MD_CTX *context = suite_start_signing(signer, &scheme->digest);

    return suite_finish_signing(context, octets, length, der, &der_length) &&
           split(der, der_length, value);
}

int pair_verify(EVP_PKEY *pkey, const struct pair_scheme *scheme, const struct key_signed *what)
{
    unsigned char der[PAIR_DER_MAX];
    size_t der_length = 0;
    int joined;

    if (what->signature_length != PAIR_LENGTH) {
        return 0;
    }
    joined = join(scheme, what->signature, der, &der_length);
    if (joined != 1) {
        return joined;
    }
    return suite_finish_verifying(suite_start_verifying(pkey, &scheme->digest), what, der,
                                  der_length);
}
