#include "key/timestamp.h"

#include <stdio.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

#include "base/digest.h"
#include "base/text.h"
#include "key/openssl.h"
#include "key/timestamp_parts.h"

/* Asking an authority, and whether it answered what was asked. */

enum { NONCE_OCTETS = 16, WORDS_SIZE = 400, PART_SIZE = 200, TEXTS_MAX = 4 };

static int set_imprint(TS_REQ *request, const unsigned char digest[DIGEST_LENGTH])
{
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    unsigned char copy[DIGEST_LENGTH];
    int done = 0;

    memcpy(copy, digest, sizeof(copy));
    if (imprint != NULL && algorithm != NULL &&
        X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
        TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
        TS_MSG_IMPRINT_set_msg(imprint, copy, sizeof(copy)) == 1 &&
        TS_REQ_set_msg_imprint(request, imprint) == 1) {
        done = 1;
    }
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    return done;
}

static int set_nonce(TS_REQ *request)
{
    unsigned char octets[NONCE_OCTETS];
    BIGNUM *number = NULL;
    ASN1_INTEGER *nonce = NULL;
    int done = 0;

    if (RAND_bytes(octets, sizeof(octets)) == 1) {
        octets[0] = (unsigned char)((octets[0] & 0x7f) | 0x40); /* positive, always 16 octets */
        number = BN_bin2bn(octets, sizeof(octets), NULL);
        nonce = number != NULL ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
        done = nonce != NULL && TS_REQ_set_nonce(request, nonce) == 1;
    }
    BN_free(number);
    ASN1_INTEGER_free(nonce);
    return done;
}

int timestamp_request(const void *octets, size_t length, struct buffer *request, struct error *err)
{
    unsigned char digest[DIGEST_LENGTH];
    TS_REQ *made = TS_REQ_new();
    unsigned char *der = NULL;
    int size = 0;
    int code = digest_compute(DIGEST_SHA256, octets, length, digest, err);

    buffer_init(request, TIMESTAMP_OCTETS_MAX);
    if (code == 0 && made != NULL && TS_REQ_set_version(made, 1) == 1 &&
        set_imprint(made, digest) && set_nonce(made) && TS_REQ_set_cert_req(made, 1) == 1) {
        size = i2d_TS_REQ(made, &der);
    }
    if (code == 0 && size <= 0) {
        code = (int)key_openssl_error(err, "TS_REQ");
    } else if (code == 0 && buffer_append(request, der, (size_t)size) != 0) {
        code = (int)error_memory(err);
    }
    OPENSSL_free(der);
    TS_REQ_free(made);
    return code;
}

/* ---- the answer ---- */

static const char *const statuses[] = {"granted", "grantedWithMods",   "rejection",
                                       "waiting", "revocationWarning", "revocationNotification"};

static const struct {
    int bit;
    const char *name;
} failures[] = {{TS_INFO_BAD_ALG, "badAlg"},
                {TS_INFO_BAD_REQUEST, "badRequest"},
                {TS_INFO_BAD_DATA_FORMAT, "badDataFormat"},
                {TS_INFO_TIME_NOT_AVAILABLE, "timeNotAvailable"},
                {TS_INFO_UNACCEPTED_POLICY, "unacceptedPolicy"},
                {TS_INFO_UNACCEPTED_EXTENSION, "unacceptedExtension"},
                {TS_INFO_ADD_INFO_NOT_AVAILABLE, "addInfoNotAvailable"},
                {TS_INFO_SYSTEM_FAILURE, "systemFailure"}};

static void add_words(char *words, const char *more)
{
    size_t used = strlen(words);

    snprintf(words + used, WORDS_SIZE - used, "%s%s", used > 0 ? "; " : "", more);
}

/* The authority's own words, made harmless. */
static void add_text(char *words, const ASN1_UTF8STRING *text)
{
    char part[PART_SIZE];
    size_t length = (size_t)ASN1_STRING_length(text);

    if (text_first_bad_octet(ASN1_STRING_get0_data(text), length) == length) {
        text_fit(part, sizeof(part), (const char *)ASN1_STRING_get0_data(text));
        text_sanitise(part);
        add_words(words, part);
    }
}

static long status_of(const TS_STATUS_INFO *info)
{
    const ASN1_INTEGER *status = TS_STATUS_INFO_get0_status(info);

    return status == NULL ? -1 : ASN1_INTEGER_get(status);
}

static int refuse_status(const TS_STATUS_INFO *info, struct error *err)
{
    long status = status_of(info);
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(info);
    const ASN1_BIT_STRING *bits = TS_STATUS_INFO_get0_failure_info(info);
    char words[WORDS_SIZE] = "";

    add_words(words, status >= 0 && status < (long)(sizeof(statuses) / sizeof(statuses[0]))
                         ? statuses[status]
                         : "?");
    for (size_t i = 0; bits != NULL && i < sizeof(failures) / sizeof(failures[0]); i++) {
        if (ASN1_BIT_STRING_get_bit(bits, failures[i].bit) == 1) {
            add_words(words, failures[i].name);
        }
    }
    for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts) && i < TEXTS_MAX; i++) {
        add_text(words, sk_ASN1_UTF8STRING_value(texts, i));
    }
    return (int)error_set(err, ERROR_INPUT, "时间戳机构拒绝签发：%s",
                          "the time-stamp authority refused: %s", words);
}

static int refuse_answer(struct error *err, const char *zh, const char *en)
{
    return (int)error_set(err, ERROR_INPUT, "时间戳机构的答复不可接受：%s%.0s",
                          "the answer of the time-stamp authority is not acceptable: %.0s%s", zh,
                          en);
}

static int is_over_the_same(TS_REQ *asked, TS_TST_INFO *got)
{
    TS_MSG_IMPRINT *one = TS_REQ_get_msg_imprint(asked);
    TS_MSG_IMPRINT *other = TS_TST_INFO_get_msg_imprint(got);

    return OBJ_cmp(TS_MSG_IMPRINT_get_algo(one)->algorithm,
                   TS_MSG_IMPRINT_get_algo(other)->algorithm) == 0 &&
           ASN1_OCTET_STRING_cmp(TS_MSG_IMPRINT_get_msg(one), TS_MSG_IMPRINT_get_msg(other)) == 0;
}

/* Who signed it is for timestamp_judge(). */
static int check_answer(TS_REQ *asked, TS_TST_INFO *got, struct error *err)
{
    const ASN1_INTEGER *nonce = TS_TST_INFO_get_nonce(got);

    if (!is_over_the_same(asked, got)) {
        return refuse_answer(err, "它是对其他内容的摘要签发的",
                             "it was made over the digest of something else");
    }
    if (nonce == NULL || ASN1_INTEGER_cmp(nonce, TS_REQ_get_nonce(asked)) != 0) {
        return refuse_answer(err, "它不带所发的随机数（nonce），可能是旧的答复",
                             "it lacks the nonce that was sent, so that it may be an old one");
    }
    return 0;
}

static int keep(const unsigned char *der, size_t length, TS_REQ *asked, struct buffer *token,
                struct error *err)
{
    struct timestamp_token read = {0};
    struct error reason = {0};
    int code = timestamp_read(der, length, &read, &reason);

    if (code != 0) {
        return refuse_answer(err, reason.zh, reason.en);
    }
    code = check_answer(asked, read.info, err);
    timestamp_clear(&read);
    if (code == 0 && buffer_append(token, der, length) != 0) {
        code = (int)error_memory(err);
    }
    return code;
}

static int accept(TS_RESP *response, TS_REQ *asked, struct buffer *token, struct error *err)
{
    const TS_STATUS_INFO *info = TS_RESP_get_status_info(response);
    long status = status_of(info);
    unsigned char *der = NULL;
    int length;
    int code;

    if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) {
        return refuse_status(info, err);
    }
    if (TS_RESP_get_token(response) == NULL) {
        return refuse_answer(err, "其中没有时间戳", "there is no time-stamp in it");
    }
    length = i2d_PKCS7(TS_RESP_get_token(response), &der);
    code = length > 0 ? keep(der, (size_t)length, asked, token, err)
                      : (int)key_openssl_error(err, "i2d_PKCS7");
    OPENSSL_free(der);
    return code;
}

int timestamp_accept(const struct buffer *response, const struct buffer *request,
                     struct buffer *token, struct error *err)
{
    const unsigned char *at[2] = {(const unsigned char *)response->data,
                                  (const unsigned char *)request->data};
    TS_REQ *asked = d2i_TS_REQ(NULL, &at[1], (long)request->length);
    TS_RESP *answer =
        response->length > 0 ? d2i_TS_RESP(NULL, &at[0], (long)response->length) : NULL;
    int code;

    buffer_init(token, TIMESTAMP_OCTETS_MAX);
    if (asked == NULL) {
        code = (int)key_openssl_error(err, "d2i_TS_REQ");
    } else if (answer == NULL ||
               at[0] != (const unsigned char *)response->data + response->length) {
        code = refuse_answer(err, "它不是 RFC 3161 的答复", "it is no response by RFC 3161");
    } else {
        code = accept(answer, asked, token, err);
    }
    ERR_clear_error();
    TS_RESP_free(answer);
    TS_REQ_free(asked);
    return code;
}
