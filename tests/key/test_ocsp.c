#include <openssl/crypto.h>

#include "key/forge_bench.h"
#include "key/suites.h"

enum responder { ISSUER, DELEGATE, STRANGER };

static const struct {
    const char *name;
    const char *ca_curve;
    struct forge_ocsp_plan answer;
    enum responder responder;
    struct forge_plan delegate; /* its certificate */
    enum revocation_status status;
} answers[] = {
    {"good", NULL, {0}, ISSUER, {0}, REVOCATION_GOOD},
    {"revoked", NULL, {.status = FORGE_REVOKED}, ISSUER, {0}, REVOCATION_REVOKED},
    {"unknown", NULL, {.status = FORGE_UNKNOWN}, ISSUER, {0}, REVOCATION_SILENT},
    {"named by its key", NULL, {.by_key = 1}, ISSUER, {0}, REVOCATION_GOOD},
    {"no certificates inside", NULL, {.alone = 1}, ISSUER, {0}, REVOCATION_GOOD},
    {"without an end", NULL, {.next = -1}, ISSUER, {0}, REVOCATION_GOOD},
    {"name by SHA-256", NULL, {.name_digest = "SHA256"}, ISSUER, {0}, REVOCATION_GOOD},
    {"RSA", "RSA-3072", {0}, ISSUER, {0}, REVOCATION_GOOD},
    {"SM2", "SM2", {0}, ISSUER, {0}, REVOCATION_GOOD},
    {"SM2, revoked", "SM2", {.status = FORGE_REVOKED}, ISSUER, {0}, REVOCATION_REVOKED},
    {"SM2 with no identifier", "SM2", {.id = ""}, ISSUER, {0}, REVOCATION_SILENT},
    {"SHA-1", NULL, {.digest = "SHA1"}, ISSUER, {0}, REVOCATION_SILENT},
    {"unknown extension", NULL, {.unknown = 1}, ISSUER, {0}, REVOCATION_SILENT},
    {"unknown extension of the answer",
     NULL,
     {.unknown_single = 1},
     ISSUER,
     {0},
     REVOCATION_SILENT},
    {"a stranger of the CA's name", NULL, {0}, STRANGER, {0}, REVOCATION_SILENT},
    {"delegate", NULL, {0}, DELEGATE, {.extended = "OCSPSigning"}, REVOCATION_GOOD},
    {"delegate, revoked",
     NULL,
     {.status = FORGE_REVOKED},
     DELEGATE,
     {.extended = "OCSPSigning"},
     REVOCATION_REVOKED},
    {"delegate by its key",
     NULL,
     {.by_key = 1},
     DELEGATE,
     {.extended = "OCSPSigning"},
     REVOCATION_GOOD},
    {"delegate of an SM2 CA", "SM2", {0}, DELEGATE, {.extended = "OCSPSigning"}, REVOCATION_GOOD},
    {"delegate left out",
     NULL,
     {.alone = 1},
     DELEGATE,
     {.extended = "OCSPSigning"},
     REVOCATION_SILENT},
    {"delegate without the use", NULL, {0}, DELEGATE, {0}, REVOCATION_SILENT},
    {"delegate for something else",
     NULL,
     {0},
     DELEGATE,
     {.extended = "clientAuth"},
     REVOCATION_SILENT},
    {"delegate that may not sign",
     NULL,
     {0},
     DELEGATE,
     {.extended = "OCSPSigning", .usage = "keyEncipherment"},
     REVOCATION_SILENT},
    {"delegate by SHA-1",
     NULL,
     {0},
     DELEGATE,
     {.extended = "OCSPSigning", .digest = "SHA1"},
     REVOCATION_SILENT},
    {"delegate with a short key",
     NULL,
     {0},
     DELEGATE,
     {.extended = "OCSPSigning", .curve = "RSA-1024"},
     REVOCATION_SILENT},
    {"delegate at its last second",
     NULL,
     {.produced = 499},
     DELEGATE,
     {.extended = "OCSPSigning", .to = 500},
     REVOCATION_GOOD},
    {"delegate past its end",
     NULL,
     {.produced = 500},
     DELEGATE,
     {.extended = "OCSPSigning", .to = 500},
     REVOCATION_SILENT},
    {"delegate before its start",
     NULL,
     {.produced = -501},
     DELEGATE,
     {.extended = "OCSPSigning", .from = -500},
     REVOCATION_SILENT},
};

/* Who answers, as the row has it; the certificate and key are the caller's. */
static void make_responder(const struct bench *bench, size_t row, struct forge_ocsp_plan *plan)
{
    struct forge_plan delegate = answers[row].delegate;
    struct forged other;

    if (answers[row].responder == ISSUER) {
        X509_up_ref(bench->forged.ca);
        EVP_PKEY_up_ref(bench->forged.ca_key);
        plan->signer = bench->forged.ca;
        plan->key = bench->forged.ca_key;
    } else if (answers[row].responder == DELEGATE) {
        delegate.key = forge_key(delegate.curve != NULL ? delegate.curve : "P-256");
        plan->signer = forge_issue(&bench->forged, &delegate, "Test responder");
        plan->key = delegate.key;
    } else {
        forge_make(&(struct forge_plan){0}, &other);
        X509_up_ref(other.ca);
        EVP_PKEY_up_ref(other.ca_key);
        plan->signer = other.ca;
        plan->key = other.ca_key;
        forge_free(&other);
    }
}

START_TEST(an_ocsp_response_speaks_when_the_issuer_stands_behind_it)
{
    struct bench bench;
    struct forge_ocsp_plan plan = answers[_i].answer;
    struct forged_octets octets;

    bench_prepare(&bench, &(struct forge_plan){.ca_curve = answers[_i].ca_curve});
    plan.certificate = bench.forged.leaf;
    plan.issuer = bench.forged.ca;
    make_responder(&bench, (size_t)_i, &plan);
    forge_ocsp(&plan, &octets);
    bench_add(&bench, REVOCATION_OCSP, &octets);
    ck_assert_msg(bench_status(&bench) == answers[_i].status, "%s", answers[_i].name);
    X509_free(plan.signer);
    EVP_PKEY_free(plan.key);
    bench_clean(&bench);
}
END_TEST

/* The delegate of another CA, in a response about a certificate of ours. */
START_TEST(a_delegate_of_another_ca_is_not_believed)
{
    struct bench bench;
    struct bench other;
    struct forged_octets octets;
    struct forge_plan delegate = {.extended = "OCSPSigning", .key = forge_key("P-256")};
    struct forge_ocsp_plan plan = {.key = delegate.key};

    bench_prepare(&bench, &(struct forge_plan){0});
    bench_prepare(&other, &(struct forge_plan){0});
    plan.certificate = bench.forged.leaf;
    plan.issuer = bench.forged.ca;
    plan.signer = forge_issue(&other.forged, &delegate, "Test responder");
    forge_ocsp(&plan, &octets);
    bench_add(&bench, REVOCATION_OCSP, &octets);
    ck_assert_int_eq(bench_status(&bench), REVOCATION_SILENT);
    X509_free(plan.signer);
    EVP_PKEY_free(plan.key);
    bench_clean(&other);
    bench_clean(&bench);
}
END_TEST

static void add_ocsp(struct bench *bench, struct forge_ocsp_plan plan)
{
    struct forged_octets octets;

    plan.issuer = plan.signer = bench->forged.ca;
    plan.key = bench->forged.ca_key;
    forge_ocsp(&plan, &octets);
    bench_add(bench, REVOCATION_OCSP, &octets);
}

START_TEST(an_ocsp_response_tells_its_times_and_the_reason)
{
    struct bench bench;
    const struct revocation_statement *one;

    bench_prepare(&bench, &(struct forge_plan){0});
    add_ocsp(&bench, (struct forge_ocsp_plan){.certificate = bench.forged.leaf,
                                              .status = FORGE_REVOKED,
                                              .revoked_at = -500,
                                              .reason = 4,
                                              .issued = -100,
                                              .next = 100});
    one = bench_statement(&bench);
    ck_assert_int_eq(one->kind, REVOCATION_OCSP);
    ck_assert_int_eq(one->issued, FORGE_NOW - 100);
    ck_assert(one->has_next);
    ck_assert_int_eq(one->next, FORGE_NOW + 100);
    ck_assert_int_eq(one->revoked_at, FORGE_NOW - 500);
    ck_assert_int_eq(one->reason, 4);
    bench_clean(&bench);
}
END_TEST

START_TEST(an_ocsp_response_about_another_certificate_is_silent)
{
    struct bench bench;
    EVP_PKEY *key = forge_key("P-256");
    X509 *other;

    bench_prepare(&bench, &(struct forge_plan){0});
    other = forge_issue(&bench.forged, &(struct forge_plan){.key = key}, "Somebody else");
    if (_i == 0) {
        add_ocsp(&bench, (struct forge_ocsp_plan){.certificate = other});
        ck_assert_int_eq(bench_status(&bench), REVOCATION_SILENT);
    } else { /* it answers for both; the other one is revoked */
        add_ocsp(&bench, (struct forge_ocsp_plan){.certificate = bench.forged.leaf, .also = other});
        ck_assert_int_eq(bench_status(&bench), REVOCATION_GOOD);
    }
    X509_free(other);
    EVP_PKEY_free(key);
    bench_clean(&bench);
}
END_TEST

START_TEST(of_two_answers_in_one_response_the_graver_counts)
{
    struct bench bench;

    bench_prepare(&bench, &(struct forge_plan){0});
    add_ocsp(&bench,
             (struct forge_ocsp_plan){.certificate = bench.forged.leaf, .also = bench.forged.leaf});
    ck_assert_int_eq(bench_status(&bench), REVOCATION_REVOKED);
    bench_clean(&bench);
}
END_TEST

START_TEST(an_ocsp_response_changed_anywhere_is_never_good)
{
    struct bench bench;
    struct forged_octets octets;
    struct forge_ocsp_plan plan;

    bench_prepare(&bench, &(struct forge_plan){.ca_curve = _i == 0 ? "P-256" : "SM2"});
    plan = (struct forge_ocsp_plan){.certificate = bench.forged.leaf,
                                    .issuer = bench.forged.ca,
                                    .signer = bench.forged.ca,
                                    .key = bench.forged.ca_key,
                                    .status = FORGE_REVOKED};
    forge_ocsp(&plan, &octets);
    for (size_t i = 0; i < octets.length; i++) {
        octets.der[i] ^= 0x01;
        if (bench_replace(&bench, REVOCATION_OCSP, &octets)) {
            ck_assert_int_ne(bench_status(&bench), REVOCATION_GOOD);
        }
        octets.der[i] ^= 0x01;
    }
    OPENSSL_free(octets.der);
    bench_clean(&bench);
}
END_TEST

TCase *ocsp_cases(void)
{
    TCase *cases = tcase_create("ocsp");

    tcase_add_loop_test(cases, an_ocsp_response_speaks_when_the_issuer_stands_behind_it, 0,
                        sizeof(answers) / sizeof(answers[0]));
    tcase_add_test(cases, a_delegate_of_another_ca_is_not_believed);
    tcase_add_test(cases, an_ocsp_response_tells_its_times_and_the_reason);
    tcase_add_loop_test(cases, an_ocsp_response_about_another_certificate_is_silent, 0, 2);
    tcase_add_test(cases, of_two_answers_in_one_response_the_graver_counts);
    tcase_add_loop_test(cases, an_ocsp_response_changed_anywhere_is_never_good, 0, 2);
    return cases;
}
