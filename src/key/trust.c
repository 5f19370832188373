#include "key/trust.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "base/clock.h"
#include "key/openssl.h"

/* 112 bits: RSA and DH from 2048, curves from 224, no SHA-1. */
enum { SECURITY_LEVEL = 2, DEPTH_MAX = 8 };

struct trust {
    X509_STORE *store;
};

void trust_free(struct trust *trust)
{
    if (trust == NULL) {
        return;
    }
    X509_STORE_free(trust->store);
    OPENSSL_free(trust);
}

static int add_anchors(struct trust *trust, const struct x509_chain *anchors, struct error *err)
{
    for (size_t i = 0; i < x509_chain_count(anchors); i++) {
        const struct x509 *anchor = x509_chain_at(anchors, i);

        if (!x509_is_ca(anchor)) {
            return (int)error_set(
                err, ERROR_CONFIG, "“%s”不是 CA 证书，不能作为信任锚；请改放签发它的 CA “%s”的证书",
                "\"%s\" is not a CA certificate and cannot be a trust anchor; put the "
                "certificate of its issuer \"%s\" there instead",
                x509_subject(anchor), x509_issuer(anchor));
        }
        if (X509_STORE_add_cert(trust->store, anchor->handle) != 1) {
            return (int)key_openssl_error(err, "X509_STORE_add_cert");
        }
    }
    return 0;
}

int trust_read(const char *path, struct trust **out, struct error *err)
{
    struct x509_chain *anchors = NULL;
    struct trust *trust = NULL;
    int code = x509_chain_read(path, &anchors, err);

    *out = NULL;
    if (code != 0) {
        return code;
    }
    trust = OPENSSL_zalloc(sizeof(*trust));
    if (trust == NULL || (trust->store = X509_STORE_new()) == NULL) {
        code = (int)error_memory(err);
        goto out;
    }
    code = add_anchors(trust, anchors, err);
    error_place(err, path, 0, 0);
    if (code == 0) {
        *out = trust;
        trust = NULL;
    }
out:
    trust_free(trust);
    x509_chain_free(anchors);
    return code;
}

struct failure {
    int error;
    enum trust_status status;
};

static const struct failure failures[] = {
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, TRUST_NO_CHAIN},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, TRUST_NO_CHAIN},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, TRUST_NO_CHAIN},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, TRUST_NO_CHAIN},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, TRUST_NO_CHAIN},
    {X509_V_ERR_CERT_UNTRUSTED, TRUST_NO_CHAIN},
    {X509_V_ERR_CERT_CHAIN_TOO_LONG, TRUST_NO_CHAIN},
    {X509_V_ERR_CERT_HAS_EXPIRED, TRUST_EXPIRED},
    {X509_V_ERR_CERT_NOT_YET_VALID, TRUST_NOT_YET_VALID},
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, TRUST_BAD_SIGNATURE},
    {X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE, TRUST_BAD_SIGNATURE},
    {X509_V_ERR_INVALID_CA, TRUST_USAGE},
    {X509_V_ERR_INVALID_PURPOSE, TRUST_USAGE},
    {X509_V_ERR_PATH_LENGTH_EXCEEDED, TRUST_USAGE},
    {X509_V_ERR_KEYUSAGE_NO_CERTSIGN, TRUST_USAGE},
    {X509_V_ERR_EE_KEY_TOO_SMALL, TRUST_WEAK},
    {X509_V_ERR_CA_KEY_TOO_SMALL, TRUST_WEAK},
    {X509_V_ERR_CA_MD_TOO_WEAK, TRUST_WEAK},
};

static enum trust_status status_of(int error)
{
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (failures[i].error == error) {
            return failures[i].status;
        }
    }
    return TRUST_UNFIT;
}

static void explain_no_chain(const struct x509_chain *chain, const X509 *last, struct error *reason)
{
    const char *issuer = x509_issuer(x509_chain_at(chain, 0));

    for (size_t i = 0; i < x509_chain_count(chain); i++) {
        if (last != NULL && X509_cmp(x509_chain_at(chain, i)->handle, last) == 0) {
            issuer = x509_issuer(x509_chain_at(chain, i));
        }
    }
    error_set(
        reason, ERROR_CONFIG,
        "信任文件中没有签发者“%s”的证书。确认它确实可信后，把它的 CA 证书（PEM）放进信任文件，"
        "用 --trust 指定该文件",
        "the trust file holds no certificate of the issuer \"%s\". Once you are sure it can be "
        "trusted, put its CA certificate (PEM) into a file and name that file with --trust",
        issuer);
}

static void explain_validity(const struct x509_chain *chain, X509 *bad, int64_t at,
                             struct trust_result *out)
{
    const struct x509 seen = {.handle = bad};
    const struct x509 *leaf = x509_chain_at(chain, 0);
    const char *zh_who =
        X509_cmp(bad, leaf->handle) == 0 ? "签发人证书" : "签发人证书的上级 CA 证书";
    const char *en_who = X509_cmp(bad, leaf->handle) == 0 ? "the signer's certificate"
                                                          : "a CA certificate above the signer's";
    char times[3][CLOCK_INSTANT_SIZE] = {"", "", ""};
    int64_t from = 0;
    int64_t to = 0;

    if (x509_validity(&seen, &from, &to) == 0) {
        clock_format_beijing(from, times[0]);
        clock_format_beijing(to, times[1]);
    }
    clock_format_beijing(at, times[2]);
    error_set(&out->reason, ERROR_CONFIG, "%.0s%s的有效期为 %s 至 %s，验证时刻为 %s%s%.0s",
              "%s%.0s is valid from %s to %s; the time of validation is %s%.0s%s", en_who, zh_who,
              times[0], times[1], times[2],
              out->status == TRUST_EXPIRED ? "；没有时间戳证明签名作于有效期内" : "",
              out->status == TRUST_EXPIRED ? "; no timestamp proves that it was signed before that"
                                           : "");
}

static struct bilingual words_of(enum trust_status status)
{
    switch (status) {
    case TRUST_BAD_SIGNATURE:
        return (struct bilingual){"其中一张证书上的 CA 签名不正确，证书被改动过或系伪造",
                                  "the CA's signature on one of the certificates is wrong: it was "
                                  "changed or forged"};
    case TRUST_USAGE:
        return (struct bilingual){"其中一张上级证书无权签发下级证书",
                                  "one of the certificates above may not issue others"};
    case TRUST_WEAK:
        return (struct bilingual){
            "其中一张证书的密钥或摘要算法过弱（RSA 须不短于 2048 位，不得用 SHA-1）",
            "the key or digest of one of them is too weak (RSA needs 2048 bits, "
            "SHA-1 is not accepted)"};
    case TRUST_NOT_JUDGED:
    case TRUST_GOOD:
    case TRUST_NO_CHAIN:
    case TRUST_EXPIRED:
    case TRUST_NOT_YET_VALID:
    case TRUST_UNFIT:
        break;
    }
    return (struct bilingual){"证书不合 X.509 的要求", "the certificates break the rules of X.509"};
}

static void explain_other(const struct x509_chain *chain, enum trust_status status, int error,
                          struct error *reason)
{
    struct bilingual words = words_of(status);

    error_set(reason, ERROR_CONFIG, "签发人证书“%s”到信任文件的证书链不成立：%s%.0s（OpenSSL：%s）",
              "the chain from the signer's certificate \"%s\" to the trust file does not hold: "
              "%.0s%s (OpenSSL: %s)",
              x509_subject(x509_chain_at(chain, 0)), words.zh, words.en,
              X509_verify_cert_error_string(error));
}

static void explain(X509_STORE_CTX *context, const struct x509_chain *chain, int64_t at,
                    struct trust_result *out)
{
    int error = X509_STORE_CTX_get_error(context);
    X509 *bad = X509_STORE_CTX_get_current_cert(context);

    out->status = status_of(error);
    if (out->status == TRUST_NO_CHAIN) {
        explain_no_chain(chain, bad, &out->reason);
    } else if ((out->status == TRUST_EXPIRED || out->status == TRUST_NOT_YET_VALID) &&
               bad != NULL) {
        explain_validity(chain, bad, at, out);
    } else {
        explain_other(chain, out->status, error, &out->reason);
    }
}

static int run(X509_STORE_CTX *context, const struct x509_chain *chain, int64_t at,
               struct trust_result *out, struct error *err)
{
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
    int answer;

    X509_VERIFY_PARAM_set_time(param, (time_t)at);
    X509_VERIFY_PARAM_set_depth(param, DEPTH_MAX);
    X509_VERIFY_PARAM_set_auth_level(param, SECURITY_LEVEL);
    /* An intermediate in the trust file is trusted as it stands: naming it there was the choice. */
    if (X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN) != 1) {
        return (int)key_openssl_error(err, "X509_VERIFY_PARAM_set_flags");
    }
    answer = X509_verify_cert(context);
    if (answer < 0) {
        return (int)key_openssl_error(err, "X509_verify_cert");
    }
    if (answer != 1) {
        explain(context, chain, at, out);
        return 0;
    }
    if (x509_check_usage(x509_chain_at(chain, 0), &out->reason) != 0) {
        out->status = TRUST_USAGE;
        return 0;
    }
    out->status = TRUST_GOOD;
    return 0;
}

int trust_judge(const struct trust *trust, const struct x509_chain *chain, int64_t at,
                struct trust_result *out, struct error *err)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    int code = ERROR_MEMORY;

    *out = (struct trust_result){0};
    if (context == NULL || others == NULL) {
        error_memory(err);
        goto out;
    }
    for (size_t i = 1; i < x509_chain_count(chain); i++) {
        if (sk_X509_push(others, x509_chain_at(chain, i)->handle) <= 0) {
            error_memory(err);
            goto out;
        }
    }
    if (X509_STORE_CTX_init(context, trust->store, x509_chain_at(chain, 0)->handle, others) != 1) {
        code = (int)key_openssl_error(err, "X509_STORE_CTX_init");
        goto out;
    }
    code = run(context, chain, at, out, err);
out:
    ERR_clear_error();
    sk_X509_free(others);
    X509_STORE_CTX_free(context);
    return code;
}
