#include "signature/verify.h"

#include <stdlib.h>
#include <string.h>

#include "signature/sample.h"
#include "signature/sign.h"
#include "signature/suites.h"

/* The good case and its siblings, each with one thing wrong about the signer or the times. */
static const struct {
    const char *name;
    struct forge_plan plan;
    int64_t signed_at; /* relative to FORGE_NOW */
    int64_t at;
    enum subindication expected;
    const char *says;
} rows[] = {
    {"good", {0}, 0, 60, SUBINDICATION_NONE, NULL},
    {"at the second of signing", {0}, 0, 0, SUBINDICATION_NONE, NULL},
    {"through an intermediate", {.intermediate = 1}, 0, 60, SUBINDICATION_NONE, NULL},
    {"expired by now", {.to = 1000}, 0, 1001, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "valid from"},
    {"not yet valid",
     {.from = 1000, .to = 9000},
     0,
     60,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
     "valid from"},
    {"CA expired", {.ca_to = 30}, 0, 60, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "above the signer's"},
    {"wrong key usage",
     {.usage = "keyEncipherment"},
     0,
     60,
     SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE,
     "keyUsage"},
    {"signed by a CA",
     {.basic = "CA:TRUE"},
     0,
     60,
     SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE,
     "is a CA certificate"},
    {"TLS certificate",
     {.extended = "serverAuth"},
     0,
     60,
     SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE,
     "extendedKeyUsage"},
    {"weak chain",
     {.digest = "SHA1", .intermediate = 1},
     0,
     60,
     SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE,
     "chain"},
    {"signed in the future", {0}, 61, 60, SUBINDICATION_SIG_CONSTRAINTS_FAILURE, "is after"},
    {"signed before the certificate was valid",
     {0},
     -86401,
     60,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE,
     "outside the validity"},
};

START_TEST(a_signature_is_judged)
{
    struct sample sample;
    struct sample_verdict report;
    struct error err = {0};
    const struct check *decisive;

    sample_make(&rows[_i].plan, FORGE_NOW + rows[_i].signed_at, &sample);
    ck_assert_int_eq(sample_judge(&sample, sample.certificate.data, sample.certificate.length,
                                  FORGE_NOW + rows[_i].at, &report, &err),
                     0);
    decisive = check_list_decisive(&report.checks);
    ck_assert(report.stated);
    ck_assert_int_eq(report.indication, subindication_indication(rows[_i].expected));
    ck_assert_int_eq(decisive == NULL, rows[_i].says == NULL);
    if (decisive != NULL && rows[_i].says != NULL) {
        ck_assert_msg(decisive->subindication == rows[_i].expected, "%s: %s", rows[_i].name,
                      decisive->en);
        ck_assert_msg(strstr(decisive->en, rows[_i].says) != NULL, "%s: %s", rows[_i].name,
                      decisive->en);
    }
    ck_assert_str_eq(facts_signer(&report.facts.signatures[0])->subject, "CN=示例大学科研院");
    ck_assert_str_eq(report.facts.signatures[0].suite, "ecdsa-p256-sha256");
    ck_assert_int_eq(report.facts.signatures[0].signing_time, FORGE_NOW + rows[_i].signed_at);
    sample_verdict_free(&report);
    sample_free(&sample);
}
END_TEST

START_TEST(an_unknown_issuer_is_named)
{
    struct sample sample;
    struct sample other;
    struct sample_verdict report;
    struct error err = {0};
    const struct check *decisive;

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    sample_make(&(struct forge_plan){0}, FORGE_NOW, &other);
    ck_assert_int_eq(sample_judge(&other, sample.certificate.data, sample.certificate.length,
                                  FORGE_NOW, &report, &err),
                     0);
    decisive = check_list_decisive(&report.checks);
    ck_assert_int_eq(report.indication, INDICATION_INDETERMINATE);
    ck_assert_int_eq(decisive->subindication, SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND);
    ck_assert_ptr_nonnull(strstr(decisive->en, "CN=Test CA"));
    ck_assert_ptr_nonnull(strstr(decisive->en, "--trust"));
    sample_verdict_free(&report);
    sample_free(&sample);
    sample_free(&other);
}
END_TEST

/* The statement of one certificate under the signature of another, and the like. */
START_TEST(parts_of_two_certificates_do_not_make_one)
{
    static const struct edit parts[] = {
        {"<Statement", "</Statement>", ""},
        {"<ds:SignedInfo", "</ds:SignedInfo>", ""},
        {"<ds:X509Certificate>", "</ds:X509Certificate>", ""},
        {"<ds:SignatureValue", "</ds:SignatureValue>", ""},
        {"<xades:SignedProperties", "</xades:SignedProperties>", ""},
        {"<ds:KeyInfo>", "</ds:Object>", ""},
    };
    struct sample sample;
    struct sample other;
    struct sample_verdict report;
    struct error err = {0};
    const char *taken;
    const char *end;
    char *with;
    char *mixed;

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    sample_make(&(struct forge_plan){0}, FORGE_NOW + 1, &other);
    memcpy(strstr(other.certificate.data, "3000000.00"), "3000000.01", 10);
    taken = strstr(other.certificate.data, parts[_i].from);
    end = strstr(taken, parts[_i].to) + strlen(parts[_i].to);
    with = strndup(taken, (size_t)(end - taken));
    mixed = sample_edit(&sample.certificate, &(struct edit){parts[_i].from, parts[_i].to, with});
    ck_assert_int_eq(sample_judge(&sample, mixed, strlen(mixed), FORGE_NOW + 60, &report, &err), 0);
    ck_assert_int_ne(report.indication, INDICATION_NONE);
    ck_assert_int_ne(report.indication, INDICATION_TOTAL_PASSED);
    ck_assert(!report.stated);
    sample_verdict_free(&report);
    free(mixed);
    free(with);
    sample_free(&sample);
    sample_free(&other);
}
END_TEST

/* A key of another kind cannot be smuggled in under the name of the suite. */
START_TEST(another_kind_of_key_fails_the_signature)
{
    static const char *const curves[] = {"P-384", "RSA-3072", "secp256k1", "SM2"};
    struct sample sample;
    struct forged other;
    struct x509_chain *chain = NULL;
    struct signature_plan plan = {.signing_time = FORGE_NOW, .role = ROLE_OFFICE};
    struct sample_verdict report;
    struct error err = {0};
    unsigned char *der = NULL;
    int length;

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    forge_make(&(struct forge_plan){.curve = curves[_i]}, &other);
    length = i2d_X509(other.leaf, &der);
    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, NULL), 0);
    plan.key = sample.key;
    plan.chain = chain;
    buffer_clear(&sample.certificate);
    ck_assert_int_eq(signature_sign(&sample.statement, &plan, &sample.certificate, &err), 0);
    ck_assert_int_eq(sample_judge(&sample, sample.certificate.data, sample.certificate.length,
                                  FORGE_NOW, &report, &err),
                     0);
    ck_assert_int_eq(report.indication, INDICATION_TOTAL_FAILED);
    ck_assert_int_eq(check_list_decisive(&report.checks)->subindication,
                     SUBINDICATION_SIG_CRYPTO_FAILURE);
    sample_verdict_free(&report);
    x509_chain_free(chain);
    OPENSSL_free(der);
    forge_free(&other);
    sample_free(&sample);
}
END_TEST

/* The certificate with a second signature by `other`, whose Ids are then numbered `number`. */
static char *countersign(const struct sample *sample, const struct sample *other, char number)
{
    struct xml_document *document = NULL;
    struct envelope envelope;
    const struct signature_plan plan = {.key = other->key,
                                        .chain = other->chain,
                                        .signing_time = FORGE_NOW,
                                        .role = ROLE_EXCHANGE,
                                        .before = &envelope};
    struct buffer both;

    buffer_init(&both, 1 << 20);
    ck_assert_int_eq(xml_load(sample->certificate.data, sample->certificate.length, "certificate",
                              &document, NULL),
                     0);
    ck_assert_int_eq(envelope_read(document, &envelope, NULL), 0);
    ck_assert_int_eq(signature_sign(&sample->statement, &plan, &both, NULL), 0);
    xml_document_free(document);
    for (char *at = both.data; (at = strstr(at, "signature-2")) != NULL; at++) {
        at[strlen("signature-")] = number;
    }
    return both.data;
}

/* Every signature has to pass; one more by a stranger takes a certificate's pass away, no more. */
START_TEST(every_countersignature_counts)
{
    static const struct {
        char number;
        bool stranger;
        enum subindication expected;
    } cases[] = {
        {'2', false, SUBINDICATION_NONE},
        {'2', true, SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND},
        {'1', false, SUBINDICATION_FORMAT_FAILURE},
        {'3', false, SUBINDICATION_FORMAT_FAILURE},
    };
    struct sample sample;
    struct sample other;
    struct sample_verdict report;
    char *both;

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    sample_make(&(struct forge_plan){0}, FORGE_NOW, &other);
    both = countersign(&sample, cases[_i].stranger ? &other : &sample, cases[_i].number);
    ck_assert_int_eq(sample_judge(&sample, both, strlen(both), FORGE_NOW, &report, NULL), 0);
    ck_assert_int_eq(report.indication, subindication_indication(cases[_i].expected));
    if (cases[_i].expected != SUBINDICATION_NONE) {
        ck_assert_int_eq(check_list_decisive(&report.checks)->subindication, cases[_i].expected);
    } else {
        ck_assert_uint_eq(report.facts.count, 2);
    }
    sample_verdict_free(&report);
    free(both);
    sample_free(&sample);
    sample_free(&other);
}
END_TEST

START_TEST(without_trust_nothing_passes)
{
    struct sample sample;
    struct trust *trust;
    struct sample_verdict report;
    struct error err = {0};

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    trust = sample.trust;
    sample.trust = NULL;
    ck_assert_int_eq(sample_judge(&sample, sample.certificate.data, sample.certificate.length,
                                  FORGE_NOW, &report, &err),
                     0);
    ck_assert_int_eq(report.indication, INDICATION_INDETERMINATE);
    ck_assert_int_eq(check_list_decisive(&report.checks)->subindication,
                     SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND);
    ck_assert(report.stated);
    sample_verdict_free(&report);
    sample.trust = trust;
    sample_free(&sample);
}
END_TEST

TCase *verify_cases(void)
{
    TCase *cases = tcase_create("verify");

    tcase_add_loop_test(cases, a_signature_is_judged, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, an_unknown_issuer_is_named);
    tcase_add_loop_test(cases, parts_of_two_certificates_do_not_make_one, 0, 6);
    tcase_add_loop_test(cases, another_kind_of_key_fails_the_signature, 0, 4);
    tcase_add_loop_test(cases, every_countersignature_counts, 0, 4);
    tcase_add_test(cases, without_trust_nothing_passes);
    return cases;
}
