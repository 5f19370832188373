#include "key/revocation_parts.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "key/openssl.h"
#include "key/sealed.h"

/* What a CRL (RFC 5280 section 5) says about one certificate. It stays silent wherever it does not
 * plainly cover the certificate: delta and indirect CRLs, those for some reasons or other kinds of
 * certificates only, and those with critical extensions that are not understood. */

/* ---- does it cover the certificate ---- */

static bool is_among(GENERAL_NAME *name, const GENERAL_NAMES *names)
{
    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(names, i), name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether two points share a full name; names relative to the issuer are not compared. */
static bool is_same_point(const DIST_POINT_NAME *one, const DIST_POINT_NAME *other)
{
    if (one == NULL || one->type != 0 || other->type != 0) {
        return false;
    }
    for (int i = 0; i < sk_GENERAL_NAME_num(one->name.fullname); i++) {
        if (is_among(sk_GENERAL_NAME_value(one->name.fullname, i), other->name.fullname)) {
            return true;
        }
    }
    return false;
}

/* A CA may spread its certificates over several CRLs: one with a point covers those certificates
 * that name this point (RFC 5280 6.3.3 (b) (2) (i)). */
static bool covers_point(const DIST_POINT_NAME *point, const X509 *certificate)
{
    CRL_DIST_POINTS *named = X509_get_ext_d2i(certificate, NID_crl_distribution_points, NULL, NULL);
    bool covers = point == NULL;

    for (int i = 0; !covers && i < sk_DIST_POINT_num(named); i++) {
        covers = is_same_point(sk_DIST_POINT_value(named, i)->distpoint, point);
    }
    CRL_DIST_POINTS_free(named);
    return covers;
}

static bool covers_kind(const ISSUING_DIST_POINT *scope, X509 *certificate)
{
    if (scope->indirectCRL > 0 || scope->onlyattr > 0 || scope->onlysomereasons != NULL) {
        return false;
    }
    return X509_check_ca(certificate) != 0 ? scope->onlyuser <= 0 : scope->onlyCA <= 0;
}

static bool covers(const X509_CRL *crl, X509 *certificate)
{
    static const int known[] = {NID_issuing_distribution_point, NID_authority_key_identifier,
                                NID_crl_number, NID_undef};
    int found = -1;
    ISSUING_DIST_POINT *scope;
    bool answer;

    if (X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0 ||
        !sealed_understands(X509_CRL_get0_extensions(crl), known)) {
        return false;
    }
    scope = X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &found, NULL);
    /* -1: there is none; no scope although there is one: damaged or doubled. */
    answer = scope == NULL
                 ? found == -1
                 : covers_kind(scope, certificate) && covers_point(scope->distpoint, certificate);
    ISSUING_DIST_POINT_free(scope);
    return answer;
}

/* ---- is it genuine ---- */

static bool is_by(const struct revocation_item *item, const struct x509 *issuer)
{
    struct sealed sealed = {.digest = NID_undef};
    const ASN1_BIT_STRING *value = NULL;

    /* Without keyUsage nothing is restricted, and every use is given back. */
    if (X509_NAME_cmp(X509_CRL_get_issuer(item->crl), X509_get_subject_name(issuer->handle)) != 0 ||
        (X509_get_key_usage(issuer->handle) & KU_CRL_SIGN) == 0) {
        return false;
    }
    X509_CRL_get0_signature(item->crl, &value, &sealed.algorithm);
    sealed.value = value;
    return sealed_find(item->der, item->length, &sealed) &&
           sealed_judge(X509_get0_pubkey(issuer->handle), &sealed) == KEY_GOOD;
}

/* ---- what it says ---- */

static int reason_of(const X509_REVOKED *entry)
{
    ASN1_ENUMERATED *value = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
    int reason = value != NULL ? (int)ASN1_ENUMERATED_get(value) : -1;

    ASN1_ENUMERATED_free(value);
    return reason;
}

static void note_entry(const X509_REVOKED *entry, struct revocation_statement *out)
{
    ASN1_GENERALIZEDTIME *invalidity =
        X509_REVOKED_get_ext_d2i(entry, NID_invalidity_date, NULL, NULL);

    revocation_note(out, X509_REVOKED_get0_revocationDate(entry), invalidity, reason_of(entry));
    ASN1_GENERALIZEDTIME_free(invalidity);
}

/* False: the CRL is of no use, because an entry, whosever it is, is not understood (RFC 5280 5.3),
 * or because ours is a "removed", which belongs into delta CRLs and says neither here. */
static bool read_entries(X509_CRL *crl, const ASN1_INTEGER *serial,
                         struct revocation_statement *out)
{
    static const int known[] = {NID_crl_reason, NID_invalidity_date, NID_undef};
    const STACK_OF(X509_REVOKED) *entries = X509_CRL_get_REVOKED(crl);

    for (int i = 0; i < sk_X509_REVOKED_num(entries); i++) {
        const X509_REVOKED *entry = sk_X509_REVOKED_value(entries, i);

        if (!sealed_understands(X509_REVOKED_get0_extensions(entry), known)) {
            return false;
        }
        if (ASN1_INTEGER_cmp(X509_REVOKED_get0_serialNumber(entry), serial) != 0) {
            continue;
        }
        if (reason_of(entry) == CRL_REASON_REMOVE_FROM_CRL) {
            return false;
        }
        note_entry(entry, out);
    }
    return true;
}

void crl_judge(const struct revocation_item *item, const struct revocation_pair *pair,
               struct revocation_statement *out)
{
    X509 *certificate = pair->certificate->handle;

    if (!covers(item->crl, certificate) || !is_by(item, pair->issuer) ||
        sealed_seconds(X509_CRL_get0_lastUpdate(item->crl), &out->issued) != 0) {
        return;
    }
    out->has_next = sealed_seconds(X509_CRL_get0_nextUpdate(item->crl), &out->next) == 0;
    if (!read_entries(item->crl, X509_get0_serialNumber(certificate), out)) {
        out->status = REVOCATION_SILENT;
    } else if (out->status == REVOCATION_SILENT) {
        out->status = REVOCATION_GOOD;
    }
}
