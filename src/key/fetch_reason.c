#include "key/fetch_http.h"

#include <stdio.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/httperr.h>
#include <openssl/sslerr.h>

#include "base/system.h"
#include "base/text.h"

/* What OpenSSL says went wrong, put in words. */

enum { ANY = 0 };

/* The first row that is met by any error in the queue is told. */
static const struct {
    int library;
    int reason; /* ANY: every one of the library's */
    struct bilingual words;
} rows[] = {
    {ERR_LIB_SSL,
     SSL_R_CERTIFICATE_VERIFY_FAILED,
     {"服务器的 TLS 证书不受系统信任，或与主机名不符",
      "the server's TLS certificate is not trusted by this system, or is for another host"}},
    {ERR_LIB_HTTP, HTTP_R_MAX_RESP_LEN_EXCEEDED, {"答复过大", "the answer is too large"}},
    {ERR_LIB_HTTP, HTTP_R_ASN1_LEN_EXCEEDS_MAX_RESP_LEN, {"答复过大", "the answer is too large"}},
    {ERR_LIB_HTTP,
     HTTP_R_UNEXPECTED_CONTENT_TYPE,
     {"答复的类型（Content-Type）不对", "the answer has the wrong Content-Type"}},
    {ERR_LIB_HTTP,
     HTTP_R_MISSING_CONTENT_TYPE,
     {"答复没有写明类型（Content-Type）", "the answer has no Content-Type"}},
    {ERR_LIB_HTTP,
     HTTP_R_STATUS_CODE_UNSUPPORTED,
     {"服务器报告错误", "the server reports an error"}},
    {ERR_LIB_HTTP, HTTP_R_RECEIVED_ERROR, {"服务器报告错误", "the server reports an error"}},
    {ERR_LIB_HTTP,
     HTTP_R_REDIRECTION_NOT_ENABLED,
     {"服务器要求改用另一网址；请直接写那个网址",
      "the server sends elsewhere; name that URL instead"}},
    {ERR_LIB_HTTP, HTTP_R_RETRY_TIMEOUT, {"超时", "it took too long"}},
    {ERR_LIB_BIO, BIO_R_TRANSFER_TIMEOUT, {"超时", "it took too long"}},
    {ERR_LIB_BIO, BIO_R_CONNECT_TIMEOUT, {"连接超时", "connecting took too long"}},
    {ERR_LIB_SSL, ANY, {"TLS 连接没有建立", "no TLS connection came about"}},
    /* What BIO_lookup() puts there for whatever getaddrinfo() says. */
    {ERR_LIB_BIO, ERR_R_SYS_LIB, {"无法解析主机名", "the host name cannot be resolved"}},
    {ERR_LIB_BIO,
     BIO_R_LOOKUP_RETURNED_NOTHING,
     {"无法解析主机名", "the host name cannot be resolved"}},
    {ERR_LIB_HTTP,
     HTTP_R_MISSING_ASN1_ENCODING,
     {"答复不是 DER 编码的数据", "the answer is not DER data"}},
    {ERR_LIB_HTTP,
     HTTP_R_ERROR_PARSING_ASN1_LENGTH,
     {"答复不是 DER 编码的数据", "the answer is not DER data"}},
    {ERR_LIB_HTTP,
     HTTP_R_INCONSISTENT_CONTENT_LENGTH,
     {"答复的长度与所写的不符", "the answer is not as long as it says"}},
    {ERR_LIB_HTTP, ANY, {"答复不合 HTTP 的规定", "the answer is not proper HTTP"}},
    /* The last row, which gives way to what the system says. */
    {ERR_LIB_BIO, ANY, {"无法连接", "no connection came about"}},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static size_t row_of(unsigned long code)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].library == ERR_GET_LIB(code) &&
            (rows[i].reason == ANY || rows[i].reason == ERR_GET_REASON(code))) {
            return i;
        }
    }
    return ROWS;
}

struct bilingual fetch_reason(char *detail, size_t size)
{
    const char *data = NULL;
    int flags = 0;
    int number = 0;
    size_t best = ROWS;
    unsigned long code;

    detail[0] = '\0';
    while ((code = ERR_get_error_all(NULL, NULL, NULL, &data, &flags)) != 0) {
        size_t row = row_of(code);

        if (ERR_SYSTEM_ERROR(code) && number == 0) {
            number = ERR_GET_REASON(code);
        }
        if (row < best) {
            best = row;
            snprintf(detail, size, "%.100s", (flags & ERR_TXT_STRING) != 0 ? data : "");
        }
    }
    text_sanitise(detail);
    if ((best == ROWS || best == ROWS - 1) && number != 0) {
        detail[0] = '\0';
        return system_reason(number);
    }
    return best < ROWS ? rows[best].words : (struct bilingual){"原因不明", "for reasons unknown"};
}
