#include "key/timestamp_parts.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "key/openssl.h"
#include "key/sealed.h"

/* Who signed a token, by RFC 5652 section 5.4 and RFC 5816. OpenSSL's TS_RESP_verify_token() would
 * judge the chain as well, as of now, and could not verify SM2. */

/* ---- signed attributes ---- */

/* The value of an attribute that is there once, with one value of this type. */
static const ASN1_TYPE *attribute(const PKCS7_SIGNER_INFO *signer, int nid, int type)
{
    int at = X509at_get_attr_by_NID(signer->auth_attr, nid, -1);
    X509_ATTRIBUTE *found = at >= 0 ? X509at_get_attr(signer->auth_attr, at) : NULL;
    const ASN1_TYPE *value;

    if (found == NULL || X509at_get_attr_by_NID(signer->auth_attr, nid, at) >= 0 ||
        X509_ATTRIBUTE_count(found) != 1) {
        return NULL;
    }
    value = X509_ATTRIBUTE_get0_type(found, 0);
    return value != NULL && value->type == type ? value : NULL;
}

static bool has_content_type(const PKCS7_SIGNER_INFO *signer)
{
    const ASN1_TYPE *value = attribute(signer, NID_pkcs9_contentType, V_ASN1_OBJECT);

    return value != NULL && OBJ_obj2nid(value->value.object) == NID_id_smime_ct_TSTInfo;
}

static bool has_content_digest(const struct timestamp_token *token)
{
    const ASN1_TYPE *value = attribute(token->signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
    const EVP_MD *algorithm = EVP_get_digestbyobj(token->signer->digest_alg->algorithm);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    return value != NULL && algorithm != NULL &&
           EVP_Digest(ASN1_STRING_get0_data(token->content),
                      (size_t)ASN1_STRING_length(token->content), digest, &length, algorithm,
                      NULL) == 1 &&
           ASN1_STRING_length(value->value.octet_string) == (int)length &&
           memcmp(ASN1_STRING_get0_data(value->value.octet_string), digest, length) == 0;
}

/* This certificate, then all others at hand; NULL when memory ran out. sk_X509_free() it alone. */
static STACK_OF(X509) *
    with_others(const struct timestamp_token *token, const struct x509_chain *more, X509 *handle)
{
    const STACK_OF(X509) *brought = token->handle->d.sign->cert;
    STACK_OF(X509) *all = sk_X509_new_null();
    bool done = all != NULL && sk_X509_push(all, handle) > 0;

    for (int i = 0; done && i < sk_X509_num(brought); i++) {
        done = sk_X509_push(all, sk_X509_value(brought, i)) > 0;
    }
    for (size_t i = 0; done && more != NULL && i < x509_chain_count(more); i++) {
        done = sk_X509_push(all, x509_chain_at(more, i)->handle) > 0;
    }
    if (!done) {
        sk_X509_free(all);
        return NULL;
    }
    return all;
}

/* Whether the attribute ESSCertID or ESSCertIDv2 names this certificate first; it may name those
 * above it after that (RFC 5035 section 5.4.1). */
static bool names_certificate(const struct timestamp_token *token, const struct x509_chain *more,
                              X509 *handle)
{
    const PKCS7_SIGNER_INFO *signer = token->signer;
    const ASN1_TYPE *old = attribute(signer, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
    const ASN1_TYPE *new = attribute(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
    ESS_SIGNING_CERT *first =
        old != NULL ? ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(ESS_SIGNING_CERT), old) : NULL;
    ESS_SIGNING_CERT_V2 *second =
        new != NULL ? ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(ESS_SIGNING_CERT_V2), new) : NULL;
    STACK_OF(X509) *chain = with_others(token, more, handle);
    bool names = chain != NULL && (old == NULL) == (first == NULL) &&
                 (new == NULL) == (second == NULL) &&
                 OSSL_ESS_check_signing_certs(first, second, chain, 1) == 1;

    sk_X509_free(chain);
    ESS_SIGNING_CERT_free(first);
    ESS_SIGNING_CERT_V2_free(second);
    ERR_clear_error();
    return names;
}

/* ---- the certificate ---- */

static bool is_meant(const PKCS7_SIGNER_INFO *signer, const X509 *handle)
{
    const PKCS7_ISSUER_AND_SERIAL *name = signer->issuer_and_serial;

    return name != NULL && X509_NAME_cmp(name->issuer, X509_get_issuer_name(handle)) == 0 &&
           ASN1_INTEGER_cmp(name->serial, X509_get0_serialNumber(handle)) == 0;
}

struct search {
    X509 *handle; /* borrowed */
    bool met;     /* one of this name was there, whatever it was */
};

static void try_certificate(const struct timestamp_token *token, const struct x509_chain *more,
                            X509 *handle, struct search *out)
{
    if (out->handle == NULL && is_meant(token->signer, handle)) {
        out->met = true;
        out->handle = names_certificate(token, more, handle) ? handle : NULL;
    }
}

static void find_certificate(const struct timestamp_token *token, const struct x509_chain *more,
                             struct search *out)
{
    const STACK_OF(X509) *brought = token->handle->d.sign->cert;

    for (int i = 0; i < sk_X509_num(brought); i++) {
        try_certificate(token, more, sk_X509_value(brought, i), out);
    }
    for (size_t i = 0; more != NULL && i < x509_chain_count(more); i++) {
        try_certificate(token, more, x509_chain_at(more, i)->handle, out);
    }
}

static int add_certificate(X509 *handle, struct x509_chain *chain)
{
    unsigned char *der = NULL;
    int length = i2d_X509(handle, &der);
    int code = length > 0 ? x509_chain_add(chain, der, (size_t)length, NULL) : ERROR_INPUT;

    OPENSSL_free(der);
    return code;
}

/* The signer's certificate must be fit to be kept; another one that is not is left out. */
static int collect(const struct timestamp_token *token, X509 *signer, struct x509_chain **out,
                   struct error *err)
{
    const STACK_OF(X509) *brought = token->handle->d.sign->cert;
    int code = x509_chain_new(out, err);

    if (code == 0 && add_certificate(signer, *out) != 0) {
        code = ERROR_INPUT;
    }
    for (int i = 0; code == 0 && i < sk_X509_num(brought); i++) {
        if (sk_X509_value(brought, i) != signer) {
            add_certificate(sk_X509_value(brought, i), *out);
        }
    }
    if (code != 0) {
        x509_chain_free(*out);
        *out = NULL;
    }
    return code;
}

/* ---- the judgement ---- */

static bool check_name(const struct timestamp_token *token, X509 *handle)
{
    const GENERAL_NAME *name = TS_TST_INFO_get_tsa(token->info);
    GENERAL_NAMES *others;
    bool equal;

    if (name == NULL || (name->type == GEN_DIRNAME &&
                         X509_NAME_cmp(name->d.dirn, X509_get_subject_name(handle)) == 0)) {
        return true;
    }
    others = X509_get_ext_d2i(handle, NID_subject_alt_name, NULL, NULL);
    equal = false;
    for (int i = 0; !equal && i < sk_GENERAL_NAME_num(others); i++) {
        equal = GENERAL_NAME_cmp(sk_GENERAL_NAME_value(others, i),
                                 (GENERAL_NAME *)(uintptr_t)name) == 0;
    }
    GENERAL_NAMES_free(others);
    return equal;
}

static enum key_judgement judge_value(const struct timestamp_token *token, X509 *handle)
{
    const PKCS7_SIGNER_INFO *signer = token->signer;
    unsigned char *octets = NULL;
    int length = ASN1_item_i2d((const ASN1_VALUE *)signer->auth_attr, &octets,
                               ASN1_ITEM_rptr(PKCS7_ATTR_VERIFY));
    const struct sealed sealed = {.octets = octets,
                                  .length = length > 0 ? (size_t)length : 0,
                                  .algorithm = signer->digest_enc_alg,
                                  .value = signer->enc_digest,
                                  .digest = OBJ_obj2nid(signer->digest_alg->algorithm)};
    enum key_judgement judgement = KEY_UNFIT;

    if (length > 0 && sealed.digest != NID_undef) {
        judgement = sealed_judge(X509_get0_pubkey(handle), &sealed);
    }
    OPENSSL_free(octets);
    return judgement;
}

static void judge_certificate(const struct timestamp_token *token, X509 *handle,
                              struct timestamp_facts *out)
{
    switch (judge_value(token, handle)) {
    case KEY_GOOD:
        out->status = TIMESTAMP_GOOD;
        return;
    case KEY_WEAK:
        timestamp_fail(
            out, TIMESTAMP_WEAK,
            (struct bilingual){
                "签名所用密钥或摘要算法过弱（RSA 须不短于 2048 位，摘要须为 SHA-256、SM3 或更强）",
                "the key or digest it was signed with is too weak (RSA needs 2048 "
                "bits, the digest must be SHA-256, SM3 or better)"});
        return;
    case KEY_UNFIT:
        timestamp_fail(
            out, TIMESTAMP_MALFORMED,
            (struct bilingual){"签名算法不受支持，或与时间戳机构证书的密钥不符",
                               "its signature algorithm is not supported, or is none for the "
                               "key of the authority's certificate"});
        return;
    case KEY_NOT_JUDGED:
    case KEY_BAD:
        break;
    }
    timestamp_fail(out, TIMESTAMP_BAD_SIGNATURE,
                   (struct bilingual){"签名不正确：它被改动过或系伪造",
                                      "its signature is wrong: it was changed or forged"});
}

static void judge_signer(const struct timestamp_token *token, const struct search *search,
                         struct timestamp_facts *out)
{
    if (!has_content_type(token->signer)) {
        timestamp_fail(out, TIMESTAMP_MALFORMED,
                       (struct bilingual){"签名属性（signedAttrs）不合 RFC 3161",
                                          "its signed attributes are not as RFC 3161 has them"});
    } else if (!search->met) {
        timestamp_fail(out, TIMESTAMP_BAD_SIGNATURE,
                       (struct bilingual){
                           "其中和提供的证书里都没有时间戳机构的证书，无法核对签名",
                           "the authority's certificate is neither in it nor among those at hand, "
                           "so that the signature cannot be checked"});
    } else if (search->handle == NULL) {
        timestamp_fail(
            out, TIMESTAMP_BAD_SIGNATURE,
            (struct bilingual){"它的 ESSCertID 指的不是时间戳机构的这张证书（RFC 5816）",
                               "its ESSCertID does not name this certificate of the authority "
                               "(RFC 5816)"});
    } else if (!has_content_digest(token)) {
        timestamp_fail(out, TIMESTAMP_BAD_SIGNATURE,
                       (struct bilingual){"内容在签名之后被改动过",
                                          "its content was changed after it was signed"});
    } else if (!check_name(token, search->handle)) {
        timestamp_fail(
            out, TIMESTAMP_BAD_SIGNATURE,
            (struct bilingual){"写明的机构名称与证书不符",
                               "the authority's name in it is not that of its certificate"});
    } else {
        judge_certificate(token, search->handle, out);
    }
}

int timestamp_check_signer(const struct timestamp_token *token, const struct x509_chain *more,
                           struct timestamp_facts *out, struct x509_chain **chain,
                           struct error *err)
{
    struct search search = {0};
    int code = 0;

    *chain = NULL;
    find_certificate(token, more, &search);
    judge_signer(token, &search, out);
    if (out->status == TIMESTAMP_GOOD) {
        code = collect(token, search.handle, chain, err);
        if (code == ERROR_INPUT) {
            code = 0;
            timestamp_fail(out, TIMESTAMP_MALFORMED,
                           (struct bilingual){"时间戳机构的证书不是严格的 DER 编码",
                                              "the authority's certificate is not in strict DER"});
        }
    }
    ERR_clear_error();
    return code;
}
