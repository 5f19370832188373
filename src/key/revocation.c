#include "key/revocation.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "key/revocation_parts.h"
#include "key/sealed.h"

struct revocations {
    struct revocation_item items[REVOCATION_COUNT_MAX];
    size_t count;
};

static void item_free(struct revocation_item *item)
{
    OPENSSL_free(item->der);
    X509_CRL_free(item->crl);
    OCSP_BASICRESP_free(item->answer);
    OPENSSL_free(item->answer_der);
}

int revocations_new(struct revocations **out, struct error *err)
{
    *out = OPENSSL_zalloc(sizeof(**out));
    return *out == NULL ? (int)error_memory(err) : 0;
}

void revocations_free(struct revocations *revocations)
{
    if (revocations == NULL) {
        return;
    }
    for (size_t i = 0; i < revocations->count; i++) {
        item_free(&revocations->items[i]);
    }
    OPENSSL_free(revocations);
}

/* ---- one CRL or response ---- */

static int is_same(const unsigned char *der, size_t length, const unsigned char *again, int size)
{
    return size > 0 && (size_t)size == length && memcmp(der, again, length) == 0;
}

static int parse_crl(struct revocation_item *item, struct error *err)
{
    const unsigned char *at = item->der;
    unsigned char *again = NULL;
    int size;
    int strict;

    item->crl = d2i_X509_CRL(NULL, &at, (long)item->length);
    size = item->crl == NULL ? 0 : i2d_X509_CRL(item->crl, &again);
    strict = is_same(item->der, item->length, again, size);
    OPENSSL_free(again);
    return strict ? 0
                  : (int)error_set(err, ERROR_INPUT, "不是严格按 DER 编码的吊销列表（CRL）",
                                   "not a CRL in strict DER");
}

static int refuse_answer(struct error *err)
{
    return (int)error_set(err, ERROR_INPUT, "不是严格按 DER 编码的 OCSP 基本答复",
                          "not a basic OCSP response in strict DER");
}

/* The basic response travels in an octet string: the last octets of the whole. */
static int parse_basic(OCSP_RESPONSE *response, struct revocation_item *item, struct error *err)
{
    int size;

    item->answer = OCSP_response_get1_basic(response);
    size = item->answer == NULL ? 0 : i2d_OCSP_BASICRESP(item->answer, &item->answer_der);
    if (size <= 0 || (size_t)size > item->length ||
        memcmp(item->der + item->length - (size_t)size, item->answer_der, (size_t)size) != 0) {
        return refuse_answer(err);
    }
    item->answer_length = (size_t)size;
    return 0;
}

static int parse_response(struct revocation_item *item, struct error *err)
{
    const unsigned char *at = item->der;
    unsigned char *again = NULL;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, (long)item->length);
    int size = response == NULL ? 0 : i2d_OCSP_RESPONSE(response, &again);
    int code;

    if (!is_same(item->der, item->length, again, size)) {
        code = refuse_answer(err);
    } else if (OCSP_response_status(response) != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
        code = (int)error_set(err, ERROR_INPUT, "OCSP 服务没有作答，只回复“%s”",
                              "the OCSP responder gave no answer but \"%s\"",
                              OCSP_response_status_str(OCSP_response_status(response)));
    } else {
        code = parse_basic(response, item, err);
    }
    OPENSSL_free(again);
    OCSP_RESPONSE_free(response);
    return code;
}

static int parse(struct revocation_item *item, const unsigned char *der, size_t length,
                 struct error *err)
{
    int code;

    if (length == 0 || length > REVOCATION_OCTETS_MAX) {
        return (int)error_set(err, ERROR_INPUT,
                              "吊销列表（CRL）或 OCSP 答复须为 1 至 %d 字节，现为 %zu 字节",
                              "a CRL or OCSP response must have 1 to %d octets, not %zu",
                              REVOCATION_OCTETS_MAX, length);
    }
    item->length = length;
    item->der = OPENSSL_memdup(der, length);
    if (item->der == NULL) {
        return (int)error_memory(err);
    }
    code = item->kind == REVOCATION_CRL ? parse_crl(item, err) : parse_response(item, err);
    ERR_clear_error();
    return code;
}

static int is_there(const struct revocations *revocations, enum revocation_kind kind,
                    const unsigned char *der, size_t length)
{
    for (size_t i = 0; i < revocations->count; i++) {
        const struct revocation_item *other = &revocations->items[i];

        if (other->kind == kind && other->length == length &&
            memcmp(other->der, der, length) == 0) {
            return 1;
        }
    }
    return 0;
}

int revocations_add(struct revocations *revocations, enum revocation_kind kind,
                    const unsigned char *der, size_t length, struct error *err)
{
    struct revocation_item item = {.kind = kind};
    int code;

    if (is_there(revocations, kind, der, length)) {
        return 0;
    }
    if (revocations->count == REVOCATION_COUNT_MAX) {
        return (int)error_set(err, ERROR_INPUT, "吊销列表和 OCSP 答复多于 %d 份",
                              "more than %d CRLs and OCSP responses", REVOCATION_COUNT_MAX);
    }
    code = parse(&item, der, length, err);
    if (code != 0) {
        item_free(&item);
        return code;
    }
    revocations->items[revocations->count++] = item;
    return 0;
}

size_t revocations_count(const struct revocations *revocations)
{
    return revocations->count;
}

const struct revocation_item *revocations_item(const struct revocations *revocations, size_t index)
{
    return index < revocations->count ? &revocations->items[index] : NULL;
}

const unsigned char *revocations_at(const struct revocations *revocations, size_t index,
                                    enum revocation_kind *kind, size_t *length)
{
    const struct revocation_item *item = revocations_item(revocations, index);

    if (item == NULL) {
        return NULL;
    }
    *kind = item->kind;
    *length = item->length;
    return item->der;
}

/* ---- what it says ---- */

void revocation_note(struct revocation_statement *out, const ASN1_GENERALIZEDTIME *when,
                     const ASN1_GENERALIZEDTIME *invalidity, int reason)
{
    int64_t at = 0;
    int64_t earlier = 0;

    /* A time that cannot be read: since ever. */
    if (sealed_seconds(when, &at) != 0 ||
        (invalidity != NULL && sealed_seconds(invalidity, &earlier) != 0)) {
        at = 0;
    }
    if (invalidity != NULL && earlier < at) {
        at = earlier;
    }
    if (out->status != REVOCATION_REVOKED || at < out->revoked_at) {
        out->revoked_at = at;
        out->reason = reason;
    }
    out->status = REVOCATION_REVOKED;
}

void revocation_judge(const struct revocation_item *item, const struct revocation_pair *pair,
                      struct revocation_statement *out)
{
    *out = (struct revocation_statement){.kind = item->kind, .reason = -1};
    if (item->kind == REVOCATION_CRL) {
        crl_judge(item, pair, out);
    } else {
        ocsp_judge(item, pair, out);
    }
    ERR_clear_error();
}
