#include "key/revocation_parts.h"

#include <string.h>

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "key/openssl.h"
#include "key/sealed.h"

/* What an OCSP response (RFC 6960) says about one certificate. */

/* Certificates a response brings along to show who signed it; one is usual, and each costs a
 * verification. */
enum { RESPONDERS_MAX = 8 };

enum { CLOCK_SKEW = 300 };

/* ---- who may have signed it ---- */

/* Whether the response gives this as its responder's certificate, by name or by key. */
static bool is_named(const OCSP_BASICRESP *answer, const X509 *certificate)
{
    const ASN1_OCTET_STRING *key = NULL;
    const X509_NAME *name = NULL;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    if (OCSP_resp_get0_id(answer, &key, &name) != 1) {
        return false;
    }
    if (name != NULL) {
        return X509_NAME_cmp(name, X509_get_subject_name(certificate)) == 0;
    }
    return X509_pubkey_digest(certificate, EVP_sha1(), digest, &length) == 1 &&
           ASN1_STRING_length(key) == (int)length &&
           memcmp(ASN1_STRING_get0_data(key), digest, length) == 0;
}

static bool is_signed_by(const struct revocation_item *item, X509 *signer)
{
    struct sealed sealed = {.algorithm = OCSP_resp_get0_tbs_sigalg(item->answer),
                            .value = OCSP_resp_get0_signature(item->answer),
                            .digest = NID_undef};

    return sealed_find(item->answer_der, item->answer_length, &sealed) &&
           sealed_judge(X509_get0_pubkey(signer), &sealed) == KEY_GOOD;
}

static bool is_issued_by(const X509 *certificate, const struct x509 *issuer)
{
    struct sealed sealed = {.digest = NID_undef};
    const ASN1_BIT_STRING *value = NULL;
    unsigned char *der = NULL;
    int length = i2d_X509(certificate, &der);
    bool issued;

    X509_get0_signature(&value, &sealed.algorithm, certificate);
    sealed.value = value;
    issued = length > 0 && sealed_find(der, (size_t)length, &sealed) &&
             X509_ALGOR_cmp(sealed.algorithm, X509_get0_tbs_sigalg(certificate)) == 0 &&
             X509_NAME_cmp(X509_get_issuer_name(certificate),
                           X509_get_subject_name(issuer->handle)) == 0 &&
             sealed_judge(X509_get0_pubkey(issuer->handle), &sealed) == KEY_GOOD;
    OPENSSL_free(der);
    return issued;
}

static bool is_valid_then(const X509 *certificate, const ASN1_GENERALIZEDTIME *then)
{
    int64_t at = 0;
    int64_t from = 0;
    int64_t to = 0;

    return sealed_seconds(then, &at) == 0 &&
           sealed_seconds(X509_get0_notBefore(certificate), &from) == 0 &&
           sealed_seconds(X509_get0_notAfter(certificate), &to) == 0 && from <= at && at < to;
}

static bool may_respond(X509 *certificate)
{
    const uint32_t flags = X509_get_extension_flags(certificate);

    /* EXFLAG_CRITICAL: one that is not understood. */
    return (flags & (EXFLAG_INVALID | EXFLAG_CRITICAL)) == 0 && (flags & EXFLAG_XKUSAGE) != 0 &&
           (X509_get_extended_key_usage(certificate) & XKU_OCSP_SIGN) != 0 &&
           ((flags & EXFLAG_KUSAGE) == 0 ||
            (X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0);
}

/* The responder the issuer itself certified for this (RFC 6960 4.2.2.2) and who signed it; NULL
 * when there is none. Borrowed. */
static const X509 *find_delegate(const struct revocation_item *item, const struct x509 *issuer)
{
    const STACK_OF(X509) *brought = OCSP_resp_get0_certs(item->answer);

    for (int i = 0; i < sk_X509_num(brought) && i < RESPONDERS_MAX; i++) {
        X509 *one = sk_X509_value(brought, i);

        if (is_named(item->answer, one) && may_respond(one) &&
            is_valid_then(one, OCSP_resp_get0_produced_at(item->answer)) &&
            is_issued_by(one, issuer) && is_signed_by(item, one)) {
            return one;
        }
    }
    return NULL;
}

/* When the answer was given is what its signer says. A responder speaks of the time of its own
 * certificate and of none after that, and nobody of a time after having spoken. */
static bool is_of_its_time(const struct revocation_item *item, const X509 *delegate,
                           struct revocation_statement *out)
{
    int64_t produced = 0;
    int64_t from = 0;
    int64_t to = 0;

    if (sealed_seconds(OCSP_resp_get0_produced_at(item->answer), &produced) != 0 ||
        out->issued > produced + CLOCK_SKEW) {
        return false;
    }
    if (delegate == NULL) {
        return true;
    }
    if (sealed_seconds(X509_get0_notBefore(delegate), &from) != 0 ||
        sealed_seconds(X509_get0_notAfter(delegate), &to) != 0 || out->issued < from ||
        out->issued >= to) {
        return false;
    }
    out->next = out->has_next && out->next > to ? to : out->next;
    return true;
}

static bool is_genuine(const struct revocation_item *item, const struct x509 *issuer,
                       struct revocation_statement *out)
{
    const X509 *delegate = NULL;

    if (is_named(item->answer, issuer->handle) && is_signed_by(item, issuer->handle)) {
        return is_of_its_time(item, NULL, out);
    }
    delegate = find_delegate(item, issuer);
    return delegate != NULL && is_of_its_time(item, delegate, out);
}

/* ---- what it says ---- */

/* Under whatever digest the response names certificates with; that names, and proves nothing. */
static bool is_about(OCSP_SINGLERESP *single, const struct revocation_pair *pair)
{
    OCSP_CERTID *named = OCSP_CERTID_dup(OCSP_SINGLERESP_get0_id(single));
    ASN1_OBJECT *digest = NULL;
    OCSP_CERTID *own = NULL;
    bool about = false;

    if (named != NULL && OCSP_id_get0_info(NULL, &digest, NULL, NULL, named) == 1) {
        const EVP_MD *method = EVP_get_digestbyobj(digest);

        own = method == NULL
                  ? NULL
                  : OCSP_cert_to_id(method, pair->certificate->handle, pair->issuer->handle);
        about = own != NULL && OCSP_id_cmp(own, named) == 0;
    }
    OCSP_CERTID_free(own);
    OCSP_CERTID_free(named);
    return about;
}

static bool understands_answer(OCSP_BASICRESP *answer)
{
    for (int i = 0; i < OCSP_BASICRESP_get_ext_count(answer); i++) {
        X509_EXTENSION *extension = OCSP_BASICRESP_get_ext(answer, i);

        if (X509_EXTENSION_get_critical(extension) &&
            OBJ_obj2nid(X509_EXTENSION_get_object(extension)) != NID_id_pkix_OCSP_Nonce) {
            return false;
        }
    }
    return true;
}

static bool understands_single(OCSP_SINGLERESP *single)
{
    for (int i = 0; i < OCSP_SINGLERESP_get_ext_count(single); i++) {
        if (X509_EXTENSION_get_critical(OCSP_SINGLERESP_get_ext(single, i))) {
            return false;
        }
    }
    return true;
}

/* False: it says nothing of use. */
static bool read_single(OCSP_SINGLERESP *single, struct revocation_statement *out)
{
    ASN1_GENERALIZEDTIME *revoked = NULL;
    ASN1_GENERALIZEDTIME *issued = NULL;
    ASN1_GENERALIZEDTIME *next = NULL;
    ASN1_GENERALIZEDTIME *invalidity;
    int reason = -1;
    int status = OCSP_single_get0_status(single, &reason, &revoked, &issued, &next);

    if (!understands_single(single) || sealed_seconds(issued, &out->issued) != 0) {
        return false;
    }
    out->has_next = sealed_seconds(next, &out->next) == 0;
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        invalidity = OCSP_SINGLERESP_get1_ext_d2i(single, NID_invalidity_date, NULL, NULL);
        revocation_note(out, revoked, invalidity, reason);
        ASN1_GENERALIZEDTIME_free(invalidity);
    }
    return status == V_OCSP_CERTSTATUS_REVOKED || status == V_OCSP_CERTSTATUS_GOOD;
}

/* Of several answers about it a revocation counts first, then one that is of no use. */
static void read_answers(OCSP_BASICRESP *answer, const struct revocation_pair *pair,
                         struct revocation_statement *out)
{
    bool found = false;
    bool useless = false;

    for (int i = 0; i < OCSP_resp_count(answer); i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(answer, i);

        if (is_about(single, pair)) {
            found = true;
            useless = !read_single(single, out) || useless;
        }
    }
    if (out->status == REVOCATION_SILENT && found && !useless) {
        out->status = REVOCATION_GOOD;
    }
}

void ocsp_judge(const struct revocation_item *item, const struct revocation_pair *pair,
                struct revocation_statement *out)
{
    if (!understands_answer(item->answer)) {
        return;
    }
    read_answers(item->answer, pair, out);
    if (out->status != REVOCATION_SILENT && !is_genuine(item, pair->issuer, out)) {
        out->status = REVOCATION_SILENT;
    }
}
