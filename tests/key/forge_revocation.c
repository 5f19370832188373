#include "key/forge_revocation.h"

#include <check.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <stdint.h>

enum { DAY = 86400 };

static ASN1_TIME *instant(int64_t seconds)
{
    return ASN1_TIME_set(NULL, (time_t)(FORGE_NOW + seconds));
}

static ASN1_GENERALIZEDTIME *general_instant(int64_t seconds)
{
    return ASN1_GENERALIZEDTIME_set(NULL, (time_t)(FORGE_NOW + seconds));
}

static X509_EXTENSION *unknown_extension(void)
{
    ASN1_OBJECT *name = OBJ_txt2obj("1.2.3.4.5.6", 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    X509_EXTENSION *made;

    ASN1_OCTET_STRING_set(value, (const unsigned char *)"\x05\x00", 2);
    made = X509_EXTENSION_create_by_OBJ(NULL, name, 1, value);
    ck_assert_ptr_nonnull(made);
    ASN1_OCTET_STRING_free(value);
    ASN1_OBJECT_free(name);
    return made;
}

/* ---- CRLs ---- */

static void fill_entry(X509_REVOKED *entry, const struct forge_crl_plan *plan, int64_t when)
{
    ASN1_TIME *revoked = instant(when);

    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(plan->revoked));
    X509_REVOKED_set_revocationDate(entry, revoked);
    ASN1_TIME_free(revoked);
    if (plan->reason != 0) {
        ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();

        ASN1_ENUMERATED_set(reason, plan->reason);
        X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0);
        ASN1_ENUMERATED_free(reason);
    }
    if (plan->invalid_at != 0) {
        ASN1_GENERALIZEDTIME *invalid = general_instant(plan->invalid_at);

        X509_REVOKED_add1_ext_i2d(entry, NID_invalidity_date, invalid, 0, 0);
        ASN1_GENERALIZEDTIME_free(invalid);
    }
    if (plan->unknown_entry) {
        X509_EXTENSION *unknown = unknown_extension();

        X509_REVOKED_add_ext(entry, unknown, -1);
        X509_EXTENSION_free(unknown);
    }
}

static void add_entry(X509_CRL *crl, const struct forge_crl_plan *plan, int64_t when)
{
    X509_REVOKED *entry = X509_REVOKED_new();

    fill_entry(entry, plan, when);
    ck_assert_int_eq(X509_CRL_add0_revoked(crl, entry), 1);
}

static void add_extensions(X509_CRL *crl, const struct forge_crl_plan *plan)
{
    ASN1_INTEGER *number = ASN1_INTEGER_new();

    ASN1_INTEGER_set(number, 7);
    X509_CRL_add1_ext_i2d(crl, NID_crl_number, number, 0, 0);
    if (plan->delta) {
        X509_CRL_add1_ext_i2d(crl, NID_delta_crl, number, 1, 0);
    }
    ASN1_INTEGER_free(number);
    if (plan->point != NULL) {
        X509_EXTENSION *point =
            X509V3_EXT_conf_nid(NULL, NULL, NID_issuing_distribution_point, plan->point);

        ck_assert_ptr_nonnull(point);
        X509_CRL_add_ext(crl, point, -1);
        X509_EXTENSION_free(point);
    }
    if (plan->unknown) {
        X509_EXTENSION *unknown = unknown_extension();

        X509_CRL_add_ext(crl, unknown, -1);
        X509_EXTENSION_free(unknown);
    }
}

static void set_times(X509_CRL *crl, const struct forge_crl_plan *plan)
{
    ASN1_TIME *issued = instant(plan->issued);
    ASN1_TIME *next = instant(plan->next != 0 ? plan->next : 7 * DAY);

    X509_CRL_set1_lastUpdate(crl, issued);
    if (plan->next != -1) {
        X509_CRL_set1_nextUpdate(crl, next);
    }
    ASN1_TIME_free(issued);
    ASN1_TIME_free(next);
}

void forge_crl(const struct forge_crl_plan *plan, struct forged_octets *out)
{
    X509_CRL *crl = X509_CRL_new();
    EVP_MD_CTX *context = forge_start(plan->key, plan->digest, plan->id);
    int64_t when = plan->revoked_at != 0 ? plan->revoked_at : -DAY;
    int length;

    X509_CRL_set_version(crl, 1);
    X509_CRL_set_issuer_name(crl, X509_get_subject_name(plan->issuer));
    set_times(crl, plan);
    if (plan->revoked != NULL) {
        add_entry(crl, plan, when);
    }
    if (plan->twice) {
        add_entry(crl, plan, when - DAY);
    }
    add_extensions(crl, plan);
    ck_assert_int_gt(X509_CRL_sign_ctx(crl, context), 0);
    out->der = NULL;
    length = i2d_X509_CRL(crl, &out->der);
    ck_assert_int_gt(length, 0);
    out->length = (size_t)length;
    EVP_MD_CTX_free(context);
    X509_CRL_free(crl);
}

/* ---- OCSP ---- */

static OCSP_SINGLERESP *add_answer(OCSP_BASICRESP *basic, const struct forge_ocsp_plan *plan,
                                   const X509 *certificate, int status)
{
    static const int statuses[] = {V_OCSP_CERTSTATUS_GOOD, V_OCSP_CERTSTATUS_REVOKED,
                                   V_OCSP_CERTSTATUS_UNKNOWN};
    const EVP_MD *digest =
        EVP_get_digestbyname(plan->name_digest != NULL ? plan->name_digest : "SHA1");
    OCSP_CERTID *id = OCSP_cert_to_id(digest, certificate, plan->issuer);
    ASN1_TIME *revoked = general_instant(plan->revoked_at != 0 ? plan->revoked_at : -DAY);
    ASN1_TIME *issued = general_instant(plan->issued);
    ASN1_TIME *next = general_instant(plan->next != 0 ? plan->next : 7 * DAY);
    OCSP_SINGLERESP *single = OCSP_basic_add1_status(
        basic, id, statuses[status],
        plan->reason != 0 ? plan->reason : OCSP_REVOKED_STATUS_NOSTATUS,
        status == FORGE_REVOKED ? revoked : NULL, issued, plan->next != -1 ? next : NULL);

    ck_assert_ptr_nonnull(single);
    ASN1_TIME_free(revoked);
    ASN1_TIME_free(issued);
    ASN1_TIME_free(next);
    OCSP_CERTID_free(id);
    return single;
}

static void add_unknowns(OCSP_BASICRESP *basic, OCSP_SINGLERESP *single,
                         const struct forge_ocsp_plan *plan)
{
    X509_EXTENSION *unknown = unknown_extension();

    if (plan->unknown) {
        OCSP_BASICRESP_add_ext(basic, unknown, -1);
    }
    if (plan->unknown_single) {
        OCSP_SINGLERESP_add_ext(single, unknown, -1);
    }
    X509_EXTENSION_free(unknown);
}

/* OpenSSL would put in the present time. */
static void set_produced(OCSP_BASICRESP *basic, int64_t produced)
{
    const ASN1_GENERALIZEDTIME *text = OCSP_resp_get0_produced_at(basic);

    ASN1_GENERALIZEDTIME_set((ASN1_GENERALIZEDTIME *)(uintptr_t)text,
                             (time_t)(FORGE_NOW + produced));
}

void forge_ocsp(const struct forge_ocsp_plan *plan, struct forged_octets *out)
{
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    EVP_MD_CTX *context = forge_start(plan->key, plan->digest, plan->id);
    unsigned long flags =
        OCSP_NOTIME | (plan->alone ? OCSP_NOCERTS : 0UL) | (plan->by_key ? OCSP_RESPID_KEY : 0UL);
    OCSP_SINGLERESP *single;
    OCSP_RESPONSE *response;
    int length;

    if (plan->also != NULL) {
        add_answer(basic, plan, plan->also, FORGE_REVOKED);
    }
    single = add_answer(basic, plan, plan->certificate, plan->status);
    add_unknowns(basic, single, plan);
    set_produced(basic, plan->produced);
    ck_assert_int_eq(OCSP_basic_sign_ctx(basic, plan->signer, context, NULL, flags), 1);
    response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
    out->der = NULL;
    length = i2d_OCSP_RESPONSE(response, &out->der);
    ck_assert_int_gt(length, 0);
    out->length = (size_t)length;
    EVP_MD_CTX_free(context);
    OCSP_RESPONSE_free(response);
    OCSP_BASICRESP_free(basic);
}
