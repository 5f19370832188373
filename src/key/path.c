#include "key/path.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "base/text.h"
#include "key/openssl.h"
#include "key/path_parts.h"
#include "key/revocation_parts.h"
#include "key/suite.h"

/* 112 bits: RSA and DH from 2048, curves from 224, no SHA-1. */
enum { SECURITY_LEVEL = 2, DEPTH_MAX = 8 };

void path_free(struct path *path)
{
    for (size_t i = 0; i < PATH_LENGTH_MAX; i++) {
        free(path->certificates[i].subject);
        free(path->certificates[i].issuer);
    }
    *path = (struct path){0};
}

/* ---- one certificate in words ---- */

static bool names_revocation(X509 *handle)
{
    STACK_OF(OPENSSL_STRING) *responders = X509_get1_ocsp(handle);
    bool names =
        responders != NULL || X509_get_ext_by_NID(handle, NID_crl_distribution_points, -1) >= 0;

    X509_email_free(responders);
    ERR_clear_error();
    return names;
}

/* Who it is, whatever the certificate: the key, and the name as X.509 compares names. */
static int identify(X509 *handle, struct path_certificate *out, struct error *err)
{
    unsigned char *der = NULL;
    int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(handle), &der);
    int code = length > 0
                   ? digest_compute_hex(DIGEST_SHA256, der, (size_t)length, out->key_sha256, err)
                   : (int)key_openssl_error(err, "i2d_X509_PUBKEY");

    snprintf(out->name_hash, sizeof(out->name_hash), "%08lx",
             X509_NAME_hash_ex(X509_get_subject_name(handle), NULL, NULL, NULL));
    OPENSSL_free(der);
    return code;
}

static int describe(const struct x509 *certificate, struct path_certificate *out, struct error *err)
{
    const struct key_suite *suite = key_suite_of(X509_get0_pubkey(certificate->handle));

    out->subject = text_copy(x509_subject(certificate));
    out->issuer = text_copy(x509_issuer(certificate));
    out->has_validity = x509_validity(certificate, &out->valid_from, &out->valid_to) == 0;
    out->key_bits = x509_key_bits(certificate);
    out->suite = suite != NULL ? suite->name : NULL;
    out->names_revocation = names_revocation(certificate->handle);
    return out->subject == NULL || out->issuer == NULL ? (int)error_memory(err)
                                                       : identify(certificate->handle, out, err);
}

/* ---- what is said about its revocation ---- */

/* Which of two statements may give way: one that tells less. */
static bool tells_less(const struct revocation_statement *one,
                       const struct revocation_statement *other)
{
    if (one->status != other->status) {
        return one->status == REVOCATION_GOOD;
    }
    return one->status == REVOCATION_GOOD ? one->issued < other->issued
                                          : one->revoked_at > other->revoked_at;
}

/* However many say "good", none of them pushes out one that says "revoked". */
void path_add_statement(struct path_certificate *about,
                        const struct revocation_statement *statement)
{
    struct revocation_statement *least = &about->statements[0];

    if (statement->status == REVOCATION_SILENT) {
        return;
    }
    if (about->statement_count < PATH_STATEMENTS_MAX) {
        about->statements[about->statement_count++] = *statement;
        return;
    }
    for (size_t i = 1; i < PATH_STATEMENTS_MAX; i++) {
        least = tells_less(&about->statements[i], least) ? &about->statements[i] : least;
    }
    if (tells_less(least, statement)) {
        *least = *statement;
    }
}

static void add_statements(const struct path_request *request, const struct revocation_pair *pair,
                           struct path_certificate *out)
{
    for (size_t i = 0; request->revocations != NULL && i < revocations_count(request->revocations);
         i++) {
        struct revocation_statement statement;

        revocation_judge(revocations_item(request->revocations, i), pair, &statement);
        path_add_statement(out, &statement);
    }
}

/* ---- the search ---- */

struct search {
    X509_STORE_CTX *context;
    STACK_OF(X509) * others;
};

static int add_others(const struct x509_chain *chain, size_t from, struct search *search)
{
    for (size_t i = from; chain != NULL && i < x509_chain_count(chain); i++) {
        if (sk_X509_push(search->others, x509_chain_at(chain, i)->handle) <= 0) {
            return 0;
        }
    }
    return 1;
}

/* One attempt; 1 found, 0 not, -1 when it could not be made. */
static int attempt(const struct path_request *request, struct search *search, unsigned long flags)
{
    X509_VERIFY_PARAM *param;

    X509_STORE_CTX_free(search->context);
    search->context = X509_STORE_CTX_new();
    if (search->context == NULL ||
        X509_STORE_CTX_init(search->context, request->trust->store,
                            x509_chain_at(request->chain, 0)->handle, search->others) != 1) {
        return -1;
    }
    param = X509_STORE_CTX_get0_param(search->context);
    if ((flags & X509_V_FLAG_NO_CHECK_TIME) == 0) { /* a time that is set outdoes that flag */
        X509_VERIFY_PARAM_set_time(param, (time_t)request->at);
    }
    X509_VERIFY_PARAM_set_depth(param, DEPTH_MAX);
    X509_VERIFY_PARAM_set_auth_level(param, SECURITY_LEVEL);
    /* An intermediate in the trust file is trusted as it stands: naming it there was the choice. */
    if (X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | flags) != 1) {
        return -1;
    }
    return X509_verify_cert(search->context);
}

/* A path that is valid at the time wished for comes first; else any, whatever the time. */
static int search_path(const struct path_request *request, struct search *search, struct error *err)
{
    int answer;

    search->others = sk_X509_new_null();
    if (search->others == NULL || !add_others(request->chain, 1, search) ||
        !add_others(request->more, 0, search)) {
        return (int)error_memory(err);
    }
    answer = attempt(request, search, 0);
    if (answer == 0) {
        answer = attempt(request, search, X509_V_FLAG_NO_CHECK_TIME);
    }
    return answer < 0 ? (int)key_openssl_error(err, "X509_verify_cert") : 0;
}

/* ---- what was found ---- */

static int check_usage(const struct path_request *request, struct error *reason)
{
    const struct x509 *end = x509_chain_at(request->chain, 0);

    return request->purpose == PATH_TIMESTAMPING ? path_check_timestamping(end, reason)
                                                 : x509_check_usage(end, reason);
}

/* The certificates of the path as our own. */
static int copy_chain(X509_STORE_CTX *context, struct x509_chain **out, struct error *err)
{
    const STACK_OF(X509) *handles = X509_STORE_CTX_get0_chain(context);
    int code = x509_chain_new(out, err);

    for (int i = 0; code == 0 && i < sk_X509_num(handles); i++) {
        unsigned char *der = NULL;
        int length = i2d_X509(sk_X509_value(handles, i), &der);

        code = length > 0 ? x509_chain_add(*out, der, (size_t)length, err)
                          : (int)key_openssl_error(err, "i2d_X509");
        OPENSSL_free(der);
    }
    if (code == 0 && x509_chain_count(*out) > PATH_LENGTH_MAX) {
        code = (int)error_set(err, ERROR_INTERNAL, "证书链过长", "the chain is too long");
    }
    return code;
}

static int describe_path(const struct path_request *request, const struct x509_chain *chain,
                         struct path *out, struct error *err)
{
    size_t count = x509_chain_count(chain);
    int code = 0;

    for (size_t i = 0; code == 0 && i < count; i++) {
        const struct revocation_pair pair = {x509_chain_at(chain, i), x509_chain_at(chain, i + 1)};
        struct path_certificate *certificate = &out->certificates[i];

        code = i > 0 ? describe(pair.certificate, certificate, err) : 0;
        certificate->anchor = i + 1 == count;
        if (code == 0 && pair.issuer != NULL) {
            add_statements(request, &pair, certificate);
        }
        out->count = i + 1;
    }
    return code;
}

static int look(const struct path_request *request, struct path *out, struct x509_chain **chain,
                struct error *err)
{
    struct search search = {0};
    int code = search_path(request, &search, err);

    if (code != 0) {
        goto out;
    }
    if (X509_STORE_CTX_get_error(search.context) != X509_V_OK) {
        path_explain(request, X509_STORE_CTX_get_error(search.context),
                     X509_STORE_CTX_get_current_cert(search.context), out);
    } else if (check_usage(request, &out->reason) != 0) {
        out->status = PATH_USAGE;
    } else {
        code = copy_chain(search.context, chain, err);
        code = code == 0 ? describe_path(request, *chain, out, err) : code;
        out->status = code == 0 ? PATH_COMPLETE : PATH_NOT_JUDGED;
    }
out:
    ERR_clear_error();
    X509_STORE_CTX_free(search.context);
    sk_X509_free(search.others);
    return code;
}

int path_find(const struct path_request *request, struct path *out, struct x509_chain **found,
              struct error *err)
{
    struct x509_chain *chain = NULL;
    int code;

    *out = (struct path){0};
    if (found != NULL) {
        *found = NULL;
    }
    if (x509_chain_count(request->chain) == 0) {
        return (int)error_set(err, ERROR_INTERNAL, "没有证书", "there is no certificate");
    }
    out->count = 1;
    code = describe(x509_chain_at(request->chain, 0), &out->certificates[0], err);
    if (code == 0 && request->trust != NULL) {
        code = look(request, out, &chain, err);
    }
    if (code != 0) {
        path_free(out);
    }
    if (code == 0 && found != NULL && out->status == PATH_COMPLETE) {
        *found = chain;
        chain = NULL;
    }
    x509_chain_free(chain);
    return code;
}
