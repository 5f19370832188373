#include "key/sealed.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "key/suite.h"

enum { STRENGTH_MIN = 112 };

int sealed_seconds(const ASN1_TIME *text, int64_t *seconds)
{
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days = 0;
    int rest = 0;
    int code = -1;

    if (epoch != NULL && text != NULL && ASN1_TIME_diff(&days, &rest, epoch, text) == 1) {
        *seconds = (int64_t)days * 86400 + rest;
        code = 0;
    }
    ASN1_TIME_free(epoch);
    ERR_clear_error();
    return code;
}

/* Steps into or over the element at `*at`; its content begins there afterwards. */
static int open_element(const unsigned char **at, const unsigned char *end, long *size)
{
    int tag = 0;
    int class = 0;
    int form = ASN1_get_object(at, size, &tag, &class, (long)(end - *at));

    return form == V_ASN1_CONSTRUCTED && tag == V_ASN1_SEQUENCE && class == V_ASN1_UNIVERSAL;
}

int sealed_find(const unsigned char *der, size_t length, struct sealed *out)
{
    const unsigned char *at = der;
    const unsigned char *end = der + length;
    long size = 0;
    int found = 0;

    if (open_element(&at, end, &size)) {
        out->octets = at;
        found = open_element(&at, end, &size);
        out->length = found ? (size_t)(at - out->octets) + (size_t)size : 0;
    }
    ERR_clear_error();
    return found;
}

/* ---- algorithms ---- */

static const int strong_digests[] = {NID_sha256,   NID_sha384,   NID_sha512, NID_sha3_256,
                                     NID_sha3_384, NID_sha3_512, NID_sm3};

static const struct {
    int algorithm;
    const char *key; /* as OpenSSL names its kind */
} kinds[] = {
    {NID_rsaEncryption, "RSA"},
    {NID_rsassaPss, "RSA"},
    {NID_X9_62_id_ecPublicKey, "EC"},
    {NID_sm2, "SM2"},
};

struct method {
    int kind; /* of key, NID */
    int digest;
    int salt; /* RSASSA-PSS: its length; -1: not PSS */
};

static int digest_of(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = NULL;

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    return OBJ_obj2nid(object);
}

/* Only the form every CA uses: the mask made with the same digest, the usual trailer. SHA-1, the
 * default, is spelled out so that it is refused as such. */
static int read_pss(const X509_ALGOR *algorithm, struct method *out)
{
    RSA_PSS_PARAMS *pss =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), algorithm->parameter);
    X509_ALGOR *mask = NULL;
    int done = 0;

    out->digest = NID_sha1;
    out->salt = 20;
    if (pss == NULL) {
        return 0;
    }
    if (pss->maskGenAlgorithm != NULL && digest_of(pss->maskGenAlgorithm) == NID_mgf1) {
        mask =
            ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(X509_ALGOR), pss->maskGenAlgorithm->parameter);
    }
    if (pss->hashAlgorithm == NULL) {
        done = 1;
    } else if (mask != NULL && pss->trailerField == NULL) {
        out->digest = digest_of(pss->hashAlgorithm);
        out->salt = pss->saltLength != NULL ? (int)ASN1_INTEGER_get(pss->saltLength) : out->salt;
        done = digest_of(mask) == out->digest && out->salt >= 0;
    }
    X509_ALGOR_free(mask);
    RSA_PSS_PARAMS_free(pss);
    return done;
}

/* CMS may name the kind of key alone, and the digest beside it. */
static int read_method(const struct sealed *sealed, struct method *out)
{
    int algorithm = digest_of(sealed->algorithm);

    *out = (struct method){.kind = algorithm, .digest = sealed->digest, .salt = -1};
    if (algorithm == NID_undef) {
        return 0;
    }
    if (algorithm == NID_rsassaPss) {
        return read_pss(sealed->algorithm, out);
    }
    OBJ_find_sigid_algs(algorithm, &out->digest, &out->kind);
    return 1;
}

static int is_kind(const EVP_PKEY *pkey, int kind)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].algorithm == kind) {
            return EVP_PKEY_is_a(pkey, kinds[i].key);
        }
    }
    return 0;
}

static int is_strong(const EVP_PKEY *pkey, const struct method *method)
{
    for (size_t i = 0; i < sizeof(strong_digests) / sizeof(strong_digests[0]); i++) {
        if (strong_digests[i] == method->digest) {
            return EVP_PKEY_get_security_bits(pkey) >= STRENGTH_MIN;
        }
    }
    return 0;
}

static EVP_MD_CTX *start(EVP_PKEY *pkey, const struct method *method)
{
    const struct suite_digest digest = {.name = OBJ_nid2sn(method->digest),
                                        .identifier =
                                            method->kind == NID_sm2 ? SM2_IDENTIFIER : NULL};
    EVP_MD_CTX *context = suite_start_verifying(pkey, &digest);

    if (context != NULL && method->salt >= 0) {
        EVP_PKEY_CTX *operation = EVP_MD_CTX_get_pkey_ctx(context);

        if (EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PSS_PADDING) != 1 ||
            EVP_PKEY_CTX_set_rsa_pss_saltlen(operation, method->salt) != 1) {
            EVP_MD_CTX_free(context);
            return NULL;
        }
    }
    return context;
}

static enum key_judgement judge(EVP_PKEY *pkey, const struct sealed *sealed)
{
    const struct key_signed what = {.octets = sealed->octets, .length = sealed->length};
    struct method method;
    int answer;

    if (pkey == NULL || !read_method(sealed, &method) || method.digest == NID_undef ||
        !is_kind(pkey, method.kind)) {
        return KEY_UNFIT;
    }
    if (sealed->digest != NID_undef && method.digest != sealed->digest) {
        return KEY_UNFIT;
    }
    if ((method.kind == NID_sm2) != (method.digest == NID_sm3)) {
        return KEY_UNFIT;
    }
    if (!is_strong(pkey, &method)) {
        return KEY_WEAK;
    }
    answer =
        suite_finish_verifying(start(pkey, &method), &what, ASN1_STRING_get0_data(sealed->value),
                               (size_t)ASN1_STRING_length(sealed->value));
    return answer == 1 ? KEY_GOOD : KEY_BAD;
}

enum key_judgement sealed_judge(EVP_PKEY *pkey, const struct sealed *sealed)
{
    enum key_judgement judgement = judge(pkey, sealed);

    ERR_clear_error();
    return judgement;
}

int sealed_understands(const STACK_OF(X509_EXTENSION) * extensions, const int *known)
{
    for (int i = 0; i < sk_X509_EXTENSION_num(extensions); i++) {
        X509_EXTENSION *extension = sk_X509_EXTENSION_value(extensions, i);
        int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
        int met = !X509_EXTENSION_get_critical(extension);

        for (const int *row = known; !met && *row != NID_undef; row++) {
            met = *row == nid;
        }
        if (!met) {
            return 0;
        }
    }
    return 1;
}
