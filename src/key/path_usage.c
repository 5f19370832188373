#include "key/path_parts.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "key/openssl.h"

/* RFC 3161 2.3: this use, no other, and critical. */
static bool is_for_timestamping_alone(X509 *handle)
{
    int critical = -1;
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(handle, NID_ext_key_usage, &critical, NULL);
    bool alone = uses != NULL && critical == 1 && sk_ASN1_OBJECT_num(uses) == 1 &&
                 OBJ_obj2nid(sk_ASN1_OBJECT_value(uses, 0)) == NID_time_stamp;

    EXTENDED_KEY_USAGE_free(uses);
    ERR_clear_error();
    return alone;
}

int path_check_timestamping(const struct x509 *certificate, struct error *err)
{
    const uint32_t fit = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
    uint32_t flags = X509_get_extension_flags(certificate->handle);
    uint32_t usage = X509_get_key_usage(certificate->handle);

    if ((flags & EXFLAG_INVALID) != 0) {
        return (int)error_set(err, ERROR_CONFIG, "时间戳机构证书“%s”的扩展项有错误",
                              "the time-stamp authority's certificate \"%s\" has damaged "
                              "extensions",
                              certificate->subject);
    }
    if ((flags & EXFLAG_CA) != 0) {
        return (int)error_set(err, ERROR_CONFIG, "“%s”是 CA 证书，不能用来签发时间戳",
                              "\"%s\" is a CA certificate and must not sign time-stamps",
                              certificate->subject);
    }
    if (!is_for_timestamping_alone(certificate->handle)) {
        return (int)error_set(
            err, ERROR_CONFIG,
            "时间戳机构证书“%s”须有标为关键的扩展密钥用法（extendedKeyUsage），"
            "且仅含时间戳（timeStamping）一项（RFC 3161 第 2.3 节）",
            "the time-stamp authority's certificate \"%s\" must have a critical extendedKeyUsage "
            "with timeStamping and nothing else (RFC 3161 section 2.3)",
            certificate->subject);
    }
    if ((flags & EXFLAG_KUSAGE) != 0 && ((usage & fit) == 0 || (usage & ~fit) != 0)) {
        return (int)error_set(
            err, ERROR_CONFIG,
            "时间戳机构证书“%s”的密钥用法（keyUsage）只可为“数字签名”或“不可否认”",
            "the keyUsage of the time-stamp authority's certificate \"%s\" may only be "
            "digitalSignature or nonRepudiation",
            certificate->subject);
    }
    return 0;
}
