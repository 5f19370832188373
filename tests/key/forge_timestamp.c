#include "key/forge_timestamp.h"

#include <check.h>
#include <openssl/ess.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>

static const char *or_else(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

/* ---- TSTInfo ---- */

static void set_imprint(TS_TST_INFO *info, const struct forge_token_plan *plan)
{
    const EVP_MD *digest = EVP_get_digestbyname(or_else(plan->imprint, "SHA256"));
    unsigned char octets[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();

    EVP_Digest(plan->octets, plan->length, octets, &length, digest, NULL);
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(EVP_MD_get_type(digest)), V_ASN1_NULL, NULL);
    TS_MSG_IMPRINT_set_algo(imprint, algorithm);
    TS_MSG_IMPRINT_set_msg(imprint, octets, (int)length);
    TS_TST_INFO_set_msg_imprint(info, imprint);
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
}

static void set_time(TS_TST_INFO *info, const char *text)
{
    ASN1_GENERALIZEDTIME *time = ASN1_GENERALIZEDTIME_new();

    ASN1_STRING_set(time, text, (int)strlen(text));
    TS_TST_INFO_set_time(info, time);
    ASN1_GENERALIZEDTIME_free(time);
}

static void set_serial(TS_TST_INFO *info, int is_long)
{
    ASN1_INTEGER *serial = ASN1_INTEGER_new();
    unsigned char octets[60];

    memset(octets, 0x17, sizeof(octets));
    ASN1_STRING_set(serial, octets, is_long ? (int)sizeof(octets) : 2);
    TS_TST_INFO_set_serial(info, serial);
    ASN1_INTEGER_free(serial);
}

static void set_name(TS_TST_INFO *info, const char *common)
{
    X509_NAME *name = X509_NAME_new();
    GENERAL_NAME *made = GENERAL_NAME_new();

    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common, -1, -1, 0);
    GENERAL_NAME_set0_value(made, GEN_DIRNAME, name);
    TS_TST_INFO_set_tsa(info, made);
    GENERAL_NAME_free(made);
}

static void add_unknown(TS_TST_INFO *info)
{
    ASN1_OBJECT *name = OBJ_txt2obj("1.2.3.4.5.6", 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *made;

    ASN1_OCTET_STRING_set(value, (const unsigned char *)"\x05\x00", 2);
    made = X509_EXTENSION_create_by_OBJ(NULL, name, 1, value);
    TS_TST_INFO_add_ext(info, made, -1);
    X509_EXTENSION_free(made);
    ASN1_OCTET_STRING_free(value);
    ASN1_OBJECT_free(name);
}

static TS_TST_INFO *make_info(const struct forge_token_plan *plan)
{
    TS_TST_INFO *info = TS_TST_INFO_new();
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4.1", 1);

    TS_TST_INFO_set_version(info, plan->version != 0 ? plan->version : 1);
    TS_TST_INFO_set_policy_id(info, policy);
    ASN1_OBJECT_free(policy);
    set_imprint(info, plan);
    set_serial(info, plan->long_serial);
    set_time(info, or_else(plan->time, "20261101000000Z"));
    if (plan->nonce != NULL) {
        TS_TST_INFO_set_nonce(info, plan->nonce);
    }
    if (plan->tsa != NULL) {
        set_name(info, plan->tsa);
    }
    if (plan->unknown) {
        add_unknown(info);
    }
    return info;
}

/* ---- the signer ---- */

static void add_sequence(PKCS7_SIGNER_INFO *signer, int nid, unsigned char *der, int length)
{
    ASN1_STRING *value = ASN1_STRING_new();

    ck_assert_int_gt(length, 0);
    ASN1_STRING_set0(value, der, length);
    PKCS7_add_signed_attribute(signer, nid, V_ASN1_SEQUENCE, value);
}

static void add_ess(PKCS7_SIGNER_INFO *signer, const struct forge_token_plan *plan)
{
    const X509 *named = plan->ess_of != NULL ? plan->ess_of : plan->signer;
    ESS_SIGNING_CERT *old = OSSL_ESS_signing_cert_new_init(named, NULL, 0);
    ESS_SIGNING_CERT_V2 *new = OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), named, NULL, 0);
    unsigned char *der = NULL;
    int length;

    if (plan->ess == FORGE_ESS_V1 || plan->ess == FORGE_ESS_BOTH) {
        length = i2d_ESS_SIGNING_CERT(old, &der);
        add_sequence(signer, NID_id_smime_aa_signingCertificate, der, length);
    }
    der = NULL;
    if (plan->ess == FORGE_ESS_V2 || plan->ess == FORGE_ESS_BOTH) {
        length = i2d_ESS_SIGNING_CERT_V2(new, &der);
        add_sequence(signer, NID_id_smime_aa_signingCertificateV2, der, length);
    }
    ESS_SIGNING_CERT_free(old);
    ESS_SIGNING_CERT_V2_free(new);
}

static const char *digest_of(const struct forge_token_plan *plan)
{
    return or_else(plan->digest, EVP_PKEY_is_a(plan->key, "SM2") ? "SM3" : "SHA256");
}

static void add_attributes(PKCS7_SIGNER_INFO *signer, const struct forge_token_plan *plan,
                           const ASN1_OCTET_STRING *content)
{
    const EVP_MD *digest = EVP_get_digestbyname(digest_of(plan));
    unsigned char octets[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();

    EVP_Digest(ASN1_STRING_get0_data(content), (size_t)ASN1_STRING_length(content), octets, &length,
               digest, NULL);
    octets[0] ^= plan->wrong_digest != 0;
    ASN1_OCTET_STRING_set(value, octets, (int)length);
    PKCS7_add_signed_attribute(
        signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
        OBJ_nid2obj(plan->wrong_type ? NID_pkcs7_data : NID_id_smime_ct_TSTInfo));
    if (plan->no_digest) {
        ASN1_OCTET_STRING_free(value);
    } else {
        PKCS7_add_signed_attribute(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, value);
    }
    if (plan->ess != FORGE_ESS_NONE) {
        add_ess(signer, plan);
    }
}

static int kind_of(const EVP_PKEY *key)
{
    if (EVP_PKEY_is_a(key, "RSA")) {
        return NID_rsaEncryption;
    }
    return EVP_PKEY_is_a(key, "SM2") ? NID_sm2 : NID_X9_62_id_ecPublicKey;
}

static void sign_attributes(PKCS7_SIGNER_INFO *signer, const struct forge_token_plan *plan)
{
    EVP_MD_CTX *context = forge_start(plan->key, digest_of(plan), plan->id);
    int digest = EVP_MD_get_type(EVP_get_digestbyname(digest_of(plan)));
    int kind = kind_of(plan->key);
    int method = kind;
    unsigned char *octets = NULL;
    unsigned char value[1024];
    size_t length = sizeof(value);
    int size =
        ASN1_item_i2d((ASN1_VALUE *)signer->auth_attr, &octets, ASN1_ITEM_rptr(PKCS7_ATTR_SIGN));

    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(EVP_DigestSign(context, value, &length, octets, (size_t)size), 1);
    if (!plan->bare_method) {
        ck_assert_int_eq(OBJ_find_sigid_by_algs(&method, digest, kind), 1);
    }
    X509_ALGOR_set0(signer->digest_enc_alg, OBJ_nid2obj(method),
                    kind == NID_rsaEncryption ? V_ASN1_NULL : V_ASN1_UNDEF, NULL);
    ASN1_OCTET_STRING_set(signer->enc_digest, value, (int)length);
    OPENSSL_free(octets);
    EVP_MD_CTX_free(context);
}

static PKCS7_SIGNER_INFO *make_signer(const struct forge_token_plan *plan,
                                      const ASN1_OCTET_STRING *content)
{
    PKCS7_SIGNER_INFO *signer = PKCS7_SIGNER_INFO_new();
    int digest = EVP_MD_get_type(EVP_get_digestbyname(digest_of(plan)));

    ASN1_INTEGER_set(signer->version, 1);
    X509_NAME_set(&signer->issuer_and_serial->issuer, X509_get_issuer_name(plan->signer));
    ASN1_INTEGER_free(signer->issuer_and_serial->serial);
    signer->issuer_and_serial->serial = ASN1_INTEGER_dup(X509_get0_serialNumber(plan->signer));
    X509_ALGOR_set0(signer->digest_alg, OBJ_nid2obj(digest), V_ASN1_NULL, NULL);
    add_attributes(signer, plan, content);
    sign_attributes(signer, plan);
    return signer;
}

/* ---- the whole ---- */

static ASN1_OCTET_STRING *set_content(PKCS7 *token, TS_TST_INFO *info)
{
    PKCS7 *content = PKCS7_new();
    ASN1_OCTET_STRING *octets = ASN1_OCTET_STRING_new();
    unsigned char *der = NULL;
    int length = i2d_TS_TST_INFO(info, &der);

    ck_assert_int_gt(length, 0);
    ASN1_STRING_set0(octets, der, length);
    content->type = OBJ_nid2obj(NID_id_smime_ct_TSTInfo);
    content->d.other = ASN1_TYPE_new();
    ASN1_TYPE_set(content->d.other, V_ASN1_OCTET_STRING, octets);
    ck_assert_int_eq(PKCS7_set_content(token, content), 1);
    return octets;
}

static PKCS7 *make_token(const struct forge_token_plan *plan, TS_TST_INFO *info)
{
    PKCS7 *token = PKCS7_new();
    const ASN1_OCTET_STRING *content;

    PKCS7_set_type(token, NID_pkcs7_signed);
    ASN1_INTEGER_set(token->d.sign->version, 3);
    content = set_content(token, info);
    for (int i = 0; i <= (plan->two_signers != 0); i++) {
        ck_assert_int_eq(PKCS7_add_signer(token, make_signer(plan, content)), 1);
    }
    if (plan->also != NULL) {
        PKCS7_add_certificate(token, plan->also);
    }
    if (!plan->without) {
        PKCS7_add_certificate(token, plan->signer);
    }
    return token;
}

void forge_token(const struct forge_token_plan *plan, struct forged_octets *out)
{
    TS_TST_INFO *info = make_info(plan);
    PKCS7 *token = make_token(plan, info);
    int length;

    out->der = NULL;
    length = i2d_PKCS7(token, &out->der);
    ck_assert_int_gt(length, 0);
    out->length = (size_t)length;
    PKCS7_free(token);
    TS_TST_INFO_free(info);
}

static void set_status(TS_RESP *response, int status)
{
    TS_STATUS_INFO *made = TS_STATUS_INFO_new();

    TS_STATUS_INFO_set_status(made, status);
    TS_RESP_set_status_info(response, made);
    TS_STATUS_INFO_free(made);
}

void forge_response(const struct forge_token_plan *plan, int status, struct buffer *out)
{
    TS_RESP *response = TS_RESP_new();
    unsigned char *der = NULL;
    int length;

    set_status(response, status);
    if (plan != NULL) {
        TS_TST_INFO *info = make_info(plan);

        TS_RESP_set_tst_info(response, make_token(plan, info), info);
    }
    length = i2d_TS_RESP(response, &der);
    ck_assert_int_gt(length, 0);
    buffer_init(out, 65536);
    ck_assert_int_eq(buffer_append(out, der, (size_t)length), 0);
    OPENSSL_free(der);
    TS_RESP_free(response);
}
