#include <string.h>

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "key/openssl.h"
#include "key/sealed.h"

/* What a certificate says about itself: when it is valid and what its key may do. */

int x509_validity(const struct x509 *certificate, int64_t *from, int64_t *to)
{
    if (sealed_seconds(X509_get0_notBefore(certificate->handle), from) != 0) {
        return -1;
    }
    return sealed_seconds(X509_get0_notAfter(certificate->handle), to);
}

bool x509_is_ca(const struct x509 *certificate)
{
    return X509_check_ca(certificate->handle) == 1;
}

/* Extended uses under which a document may be signed (RFC 5280, RFC 9336). */
static const char *const document_uses[] = {
    "2.5.29.37.0",            /* any */
    "1.3.6.1.5.5.7.3.2",      /* client authentication: what staff certificates carry */
    "1.3.6.1.5.5.7.3.4",      /* e-mail protection */
    "1.3.6.1.5.5.7.3.36",     /* document signing */
    "1.3.6.1.4.1.311.10.3.12" /* document signing, Microsoft's */
};

static bool is_document_use(const ASN1_OBJECT *use)
{
    char text[64] = "";

    OBJ_obj2txt(text, sizeof(text), use, 1);
    for (size_t i = 0; i < sizeof(document_uses) / sizeof(document_uses[0]); i++) {
        if (strcmp(text, document_uses[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* No such extension: nothing is restricted. */
static bool extended_use_allows(X509 *handle)
{
    int critical = -1;
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(handle, NID_ext_key_usage, &critical, NULL);
    bool allows = uses == NULL && critical == -1;

    for (int i = 0; uses != NULL && !allows && i < sk_ASN1_OBJECT_num(uses); i++) {
        allows = is_document_use(sk_ASN1_OBJECT_value(uses, i));
    }
    EXTENDED_KEY_USAGE_free(uses);
    ERR_clear_error();
    return allows;
}

int x509_check_usage(const struct x509 *certificate, struct error *err)
{
    uint32_t flags = X509_get_extension_flags(certificate->handle);
    uint32_t usage = X509_get_key_usage(certificate->handle);

    if ((flags & EXFLAG_INVALID) != 0) {
        return (int)error_set(err, ERROR_CONFIG, "签名人证书“%s”的扩展项有错误",
                              "the signer's certificate \"%s\" has damaged extensions",
                              certificate->subject);
    }
    if ((flags & EXFLAG_CA) != 0) {
        return (int)error_set(
            err, ERROR_CONFIG, "“%s”是 CA 证书，不能用来签发合规证书；应使用由它签发的最终用户证书",
            "\"%s\" is a CA certificate and must not sign certificates of compliance; "
            "an end certificate issued by it is required",
            certificate->subject);
    }
    if ((flags & EXFLAG_KUSAGE) == 0 ||
        (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) {
        return (int)error_set(err, ERROR_CONFIG,
                              "签名人证书“%s”的密钥用法（keyUsage）不含“数字签名”或“不可否认”",
                              "the signer's certificate \"%s\" lacks keyUsage digitalSignature or "
                              "nonRepudiation",
                              certificate->subject);
    }
    if (!extended_use_allows(certificate->handle)) {
        return (int)error_set(
            err, ERROR_CONFIG, "签名人证书“%s”的扩展密钥用法（extendedKeyUsage）不允许签署文件",
            "the extendedKeyUsage of the signer's certificate \"%s\" does not allow "
            "signing documents",
            certificate->subject);
    }
    return 0;
}
