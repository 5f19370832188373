#include "key/timestamp_parts.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/objects.h>

#include "key/openssl.h"
#include "key/sealed.h"

/* The form of a token: RFC 3161 section 2.4.2 within RFC 5652. */

static const int known_extensions[] = {NID_undef};

void timestamp_clear(struct timestamp_token *token)
{
    TS_TST_INFO_free(token->info);
    PKCS7_free(token->handle);
    *token = (struct timestamp_token){0};
}

static int refuse(struct error *err, const char *zh, const char *en)
{
    return (int)error_set(err, ERROR_INPUT, "%s%.0s", "%.0s%s", zh, en);
}

static int is_strict(const PKCS7 *handle, const unsigned char *der, size_t length)
{
    unsigned char *again = NULL;
    int size = i2d_PKCS7(handle, &again);
    int equal = size > 0 && (size_t)size == length && memcmp(again, der, length) == 0;

    OPENSSL_free(again);
    return equal;
}

static int read_envelope(const unsigned char *der, size_t length, struct timestamp_token *out,
                         struct error *err)
{
    const unsigned char *at = der;
    STACK_OF(PKCS7_SIGNER_INFO) * signers;

    out->handle = d2i_PKCS7(NULL, &at, (long)length);
    if (out->handle == NULL || !is_strict(out->handle, der, length) ||
        !PKCS7_type_is_signed(out->handle) || out->handle->d.sign == NULL) {
        return refuse(err, "不是严格 DER 编码的已签名数据（SignedData）",
                      "it is not SignedData in strict DER");
    }
    signers = PKCS7_get_signer_info(out->handle);
    if (sk_PKCS7_SIGNER_INFO_num(signers) != 1) {
        return refuse(err, "须有且只有一个签名人", "there must be exactly one signer");
    }
    out->signer = sk_PKCS7_SIGNER_INFO_value(signers, 0);
    return 0;
}

/* The content is an octet string which holds the DER of TSTInfo. */
static int read_content(struct timestamp_token *out, struct error *err)
{
    const PKCS7 *content = out->handle->d.sign->contents;
    const ASN1_TYPE *other;
    const unsigned char *at;
    unsigned char *again = NULL;
    int size;
    int strict;

    if (content == NULL || OBJ_obj2nid(content->type) != NID_id_smime_ct_TSTInfo ||
        (other = content->d.other) == NULL || other->type != V_ASN1_OCTET_STRING) {
        return refuse(err, "签名的内容不是时间戳信息（TSTInfo）",
                      "what is signed is not time-stamp information (TSTInfo)");
    }
    out->content = other->value.octet_string;
    at = ASN1_STRING_get0_data(out->content);
    out->info = d2i_TS_TST_INFO(NULL, &at, ASN1_STRING_length(out->content));
    size = out->info != NULL ? i2d_TS_TST_INFO(out->info, &again) : -1;
    strict = size > 0 && size == ASN1_STRING_length(out->content) &&
             memcmp(again, ASN1_STRING_get0_data(out->content), (size_t)size) == 0;
    OPENSSL_free(again);
    return strict ? 0
                  : refuse(err, "时间戳信息（TSTInfo）不是严格的 DER 编码",
                           "its TSTInfo is not in strict DER");
}

/* "20261101080000Z" or with a fraction that does not end in 0 (RFC 3161 2.4.2). */
static int is_time(const ASN1_GENERALIZEDTIME *time)
{
    const char *text = (const char *)ASN1_STRING_get0_data(time);
    size_t length = (size_t)ASN1_STRING_length(time);
    size_t digits = strspn(text, "0123456789");
    size_t fraction = 0;

    if (length != strlen(text) || digits != 14) {
        return 0;
    }
    if (text[digits] == '.') {
        fraction = 1 + strspn(text + digits + 1, "0123456789");
        if (fraction == 1 || text[digits + fraction - 1] == '0') {
            return 0;
        }
    }
    return strcmp(text + digits + fraction, "Z") == 0;
}

static int check_info(const TS_TST_INFO *info, struct error *err)
{
    int64_t seconds = 0;
    const STACK_OF(X509_EXTENSION) *extensions =
        TS_TST_INFO_get_exts((TS_TST_INFO *)(uintptr_t)info);

    if (TS_TST_INFO_get_version(info) != 1) {
        return refuse(err, "版本不是 1", "its version is not 1");
    }
    if (!is_time(TS_TST_INFO_get_time(info)) ||
        sealed_seconds(TS_TST_INFO_get_time(info), &seconds) != 0) {
        return refuse(err, "时间（genTime）的写法不合规定",
                      "its time (genTime) is not well-formed");
    }
    if (!sealed_understands(extensions, known_extensions)) {
        return refuse(err, "含有不认识的关键扩展项",
                      "it has a critical extension that is not known");
    }
    return 0;
}

int timestamp_read(const unsigned char *der, size_t length, struct timestamp_token *out,
                   struct error *err)
{
    int code;

    *out = (struct timestamp_token){0};
    if (length == 0 || length > TIMESTAMP_OCTETS_MAX) {
        return (int)error_set(err, ERROR_INPUT, "时间戳须为 1 至 %d 字节，现为 %zu 字节",
                              "a time-stamp must have 1 to %d octets, not %zu",
                              TIMESTAMP_OCTETS_MAX, length);
    }
    code = read_envelope(der, length, out, err);
    code = code == 0 ? read_content(out, err) : code;
    code = code == 0 ? check_info(out->info, err) : code;
    if (code != 0) {
        timestamp_clear(out);
    }
    ERR_clear_error();
    return code;
}
