#include "key/fetch.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "base/text.h"
#include "key/fetch_http.h"
#include "key/openssl.h"
#include "key/revocation_parts.h"
#include "key/timestamp.h"

int fetch_timestamp(const char *url, const struct buffer *request, struct buffer *response,
                    struct error *err)
{
    const struct fetch_exchange exchange = {.url = url,
                                            .body = request,
                                            .body_type = "application/timestamp-query",
                                            .response_type = "application/timestamp-reply",
                                            .response_octets_max = TIMESTAMP_OCTETS_MAX,
                                            .seconds = FETCH_SECONDS};

    return fetch_exchange(&exchange, response, err);
}

/* ---- one source ---- */

/* Takes what came if it is genuine and speaks about the certificate. */
static int take(const struct revocation_pair *pair, enum revocation_kind kind,
                const struct buffer *came, struct revocations *revocations, struct error *err)
{
    const unsigned char *der = (const unsigned char *)came->data;
    struct revocation_statement statement;
    struct revocations *trial = NULL;
    int code = revocations_new(&trial, err);

    code = code == 0 ? revocations_add(trial, kind, der, came->length, err) : code;
    if (code == 0) {
        revocation_judge(revocations_item(trial, 0), pair, &statement);
        code = statement.status == REVOCATION_SILENT
                   ? (int)error_set(err, ERROR_INPUT,
                                    "答复不是该证书签发者作出的，或没有说明该证书的状态",
                                    "the answer is not the issuer's, or does not tell the state "
                                    "of this certificate")
                   : revocations_add(revocations, kind, der, came->length, err);
    }
    revocations_free(trial);
    return code;
}

/* The question by a SHA-1 name, which every responder knows; it names, and proves nothing. */
static int make_question(const struct revocation_pair *pair, struct buffer *out, struct error *err)
{
    OCSP_REQUEST *request = OCSP_REQUEST_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), pair->certificate->handle, pair->issuer->handle);
    unsigned char *der = NULL;
    int length = -1;
    int code = 0;

    buffer_init(out, REVOCATION_OCTETS_MAX);
    if (request != NULL && id != NULL && OCSP_request_add0_id(request, id) != NULL) {
        id = NULL;
        length = i2d_OCSP_REQUEST(request, &der);
    }
    if (length <= 0 || buffer_append(out, der, (size_t)length) != 0) {
        code = (int)key_openssl_error(err, "OCSP_REQUEST");
    }
    OPENSSL_free(der);
    OCSP_CERTID_free(id);
    OCSP_REQUEST_free(request);
    return code;
}

static int ask_responder(const char *url, const struct revocation_pair *pair,
                         struct revocations *revocations, struct error *err)
{
    struct fetch_exchange exchange = {.url = url,
                                      .body_type = "application/ocsp-request",
                                      .response_type = "application/ocsp-response",
                                      .response_octets_max = REVOCATION_OCTETS_MAX,
                                      .seconds = FETCH_SECONDS};
    struct buffer question;
    struct buffer answer = {0};
    int code = make_question(pair, &question, err);

    if (code == 0) {
        exchange.body = &question;
        code = fetch_exchange(&exchange, &answer, err);
    }
    code = code == 0 ? take(pair, REVOCATION_OCSP, &answer, revocations, err) : code;
    buffer_free(&question);
    buffer_free(&answer);
    return code;
}

static int fetch_crl(const char *url, const struct revocation_pair *pair,
                     struct revocations *revocations, struct error *err)
{
    const struct fetch_exchange exchange = {
        .url = url, .response_octets_max = REVOCATION_OCTETS_MAX, .seconds = FETCH_SECONDS};
    struct buffer answer = {0};
    int code = fetch_exchange(&exchange, &answer, err);

    code = code == 0 ? take(pair, REVOCATION_CRL, &answer, revocations, err) : code;
    buffer_free(&answer);
    return code;
}

/* ---- all sources of a certificate ---- */

enum { SOURCES_MAX = 4 };

typedef int fetch_source(const char *url, const struct revocation_pair *pair,
                         struct revocations *revocations, struct error *err);

struct sources {
    const struct revocation_pair *pair;
    struct revocations *revocations;
    int named;    /* how many there are */
    int answered; /* whether one has been of use */
    struct error reason;
};

static int is_web(const char *url)
{
    return strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
}

/* Tries one source unless another has answered; remembers the first failure. */
static int try_source(struct sources *sources, fetch_source *fetch, const char *url)
{
    struct error reason = {0};
    int code;

    if (sources->answered || sources->named == SOURCES_MAX || !is_web(url)) {
        return 0;
    }
    sources->named++;
    code = fetch(url, sources->pair, sources->revocations, &reason);
    sources->answered = code == 0;
    if (code != 0 && sources->reason.code == ERROR_NONE) {
        error_place(&reason, url, 0, 0);
        sources->reason = reason;
    }
    return code == ERROR_MEMORY || code == ERROR_INTERNAL ? code : 0;
}

static int try_responders(struct sources *sources, X509 *certificate)
{
    STACK_OF(OPENSSL_STRING) *urls = X509_get1_ocsp(certificate);
    int code = 0;

    for (int i = 0; code == 0 && i < sk_OPENSSL_STRING_num(urls); i++) {
        code = try_source(sources, ask_responder, sk_OPENSSL_STRING_value(urls, i));
    }
    X509_email_free(urls);
    return code;
}

static int try_point(struct sources *sources, const DIST_POINT *point)
{
    int code = 0;

    if (point->distpoint == NULL || point->distpoint->type != 0) {
        return 0;
    }
    for (int i = 0; code == 0 && i < sk_GENERAL_NAME_num(point->distpoint->name.fullname); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(point->distpoint->name.fullname, i);
        const ASN1_IA5STRING *text =
            name->type == GEN_URI ? name->d.uniformResourceIdentifier : NULL;

        /* A text with a NUL inside would be another one in C. */
        if (text != NULL &&
            strlen((const char *)ASN1_STRING_get0_data(text)) == (size_t)ASN1_STRING_length(text)) {
            code = try_source(sources, fetch_crl, (const char *)ASN1_STRING_get0_data(text));
        }
    }
    return code;
}

static int try_points(struct sources *sources, const X509 *certificate)
{
    CRL_DIST_POINTS *points =
        X509_get_ext_d2i(certificate, NID_crl_distribution_points, NULL, NULL);
    int code = 0;

    for (int i = 0; code == 0 && i < sk_DIST_POINT_num(points); i++) {
        code = try_point(sources, sk_DIST_POINT_value(points, i));
    }
    CRL_DIST_POINTS_free(points);
    return code;
}

/* A certificate that names no source of the web has none to be asked. */
static int fetch_one(const struct revocation_pair *pair, struct revocations *revocations,
                     struct error *err)
{
    struct sources sources = {.pair = pair, .revocations = revocations};
    X509 *handle = pair->certificate->handle;
    int code = try_responders(&sources, handle);

    code = code == 0 ? try_points(&sources, handle) : code;
    ERR_clear_error();
    if (code != 0) {
        return (int)error_memory(err);
    }
    if (sources.named > 0 && !sources.answered) {
        error_set(err, ERROR_OPEN, "取不到证书“%s”的吊销信息：%s%.0s",
                  "the revocation data of the certificate \"%s\" cannot be fetched: %.0s%s",
                  x509_subject(pair->certificate), sources.reason.zh, sources.reason.en);
        error_place(err, sources.reason.source, 0, 0);
        return ERROR_OPEN;
    }
    return 0;
}

int fetch_revocations(const struct x509_chain *path, struct revocations *revocations,
                      struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && i + 1 < x509_chain_count(path); i++) {
        const struct revocation_pair pair = {x509_chain_at(path, i), x509_chain_at(path, i + 1)};

        code = fetch_one(&pair, revocations, err);
    }
    return code;
}
