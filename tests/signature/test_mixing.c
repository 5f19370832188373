#include <stdlib.h>
#include <string.h>

#include "key/openssl.h"
#include "key/suite.h"
#include "signature/sample.h"
#include "signature/sign.h"
#include "signature/suites.h"

/* Suites are taken whole: method, digest and key of one row, or nothing. */

#define ECDSA_SHA256 "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
#define RSA_SHA256 "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
#define SM2_SM3 "urn:dingjia:xmldsig:sm2-sm3"
#define SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"
#define SM3 "urn:dingjia:xmldsig:sm3"

enum {
    FORMAT = SUBINDICATION_FORMAT_FAILURE,
    HASH = SUBINDICATION_HASH_FAILURE,
    CRYPTO = SUBINDICATION_SIG_CRYPTO_FAILURE,
    WEAK = SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE
};

static const struct {
    const char *curve;
    const char *name;
    const char *digest_uri;
} suites[] = {{"P-256", "ecdsa-p256-sha256", SHA256},
              {"RSA-3072", "rsa3072-sha256", SHA256},
              {"SM2", "sm2-sm3", SM3}};

/* RSA keys are slow to make: their CAs have P-256 keys. */
static void make(const char *curve, struct sample *out)
{
    const char *ca_curve = strcmp(curve, "SM2") == 0 ? curve : "P-256";

    sample_make(&(struct forge_plan){.curve = curve, .ca_curve = ca_curve, .intermediate = 1},
                FORGE_NOW, out);
}

static void judge(const struct sample *sample, const char *octets, struct sample_verdict *out)
{
    struct error err = {0};

    ck_assert_msg(sample_judge(sample, octets, strlen(octets), FORGE_NOW, out, &err) == 0, "%s",
                  err.en);
}

/* The decisive check must be this; `says` is part of its English text, NULL for anything. */
static void assert_refused(const struct sample_verdict *report, int expected, const char *says,
                           const char *name)
{
    const struct check *decisive = check_list_decisive(&report->checks);

    ck_assert_msg(decisive != NULL && (int)decisive->subindication == expected, "%s: %s", name,
                  decisive == NULL ? "passed" : decisive->en);
    ck_assert_int_eq(report->indication, subindication_indication((enum subindication)expected));
    ck_assert_msg(says == NULL || strstr(decisive->en, says) != NULL, "%s: %s", name, decisive->en);
    ck_assert(!report->stated);
}

static unsigned count(const char *text, const char *part)
{
    unsigned found = 0;

    for (text = strstr(text, part); text != NULL; text = strstr(text + 1, part)) {
        found++;
    }
    return found;
}

START_TEST(each_suite_passes_with_its_own_digest_everywhere)
{
    struct sample sample;
    struct sample_verdict report;
    char method[128];

    make(suites[_i].curve, &sample);
    judge(&sample, buffer_text(&sample.certificate), &report);
    ck_assert_int_eq(report.indication, INDICATION_TOTAL_PASSED);
    ck_assert_str_eq(report.facts.signatures[0].suite, suites[_i].name);
    snprintf(method, sizeof(method), "<ds:DigestMethod Algorithm=\"%s\">", suites[_i].digest_uri);
    ck_assert_uint_eq(count(buffer_text(&sample.certificate), method), 2);
    ck_assert_uint_eq(count(buffer_text(&sample.certificate), suites[_i].digest_uri), 3);
    sample_verdict_free(&report);
    sample_free(&sample);
}
END_TEST

/* A good certificate of `curve`, its names of algorithms exchanged afterwards: the method, and the
 * first `digests` of its three digest methods. */
static const struct {
    const char *curve;
    const char *method;
    const char *to_method; /* NULL: stays */
    const char *digest;
    const char *to_digest;
    unsigned digests;
    int expected;
} renamed[] = {
    {"P-256", ECDSA_SHA256, RSA_SHA256, NULL, NULL, 0, FORMAT},
    {"P-256", ECDSA_SHA256, SM2_SM3, NULL, NULL, 0, FORMAT},
    {"P-256", ECDSA_SHA256, SM2_SM3, SHA256, SM3, 3, HASH},
    {"P-256", ECDSA_SHA256, NULL, SHA256, SM3, 3, FORMAT},
    {"P-256", ECDSA_SHA256, NULL, SHA256, SM3, 1, FORMAT},
    {"P-256", ECDSA_SHA256, SM2_SM3, SHA256, SM3, 2, FORMAT},
    {"RSA-3072", RSA_SHA256, ECDSA_SHA256, NULL, NULL, 0, FORMAT},
    {"RSA-3072", RSA_SHA256, SM2_SM3, SHA256, SM3, 3, FORMAT},
    {"RSA-3072", RSA_SHA256, NULL, SHA256, SM3, 3, FORMAT},
    {"SM2", SM2_SM3, ECDSA_SHA256, NULL, NULL, 0, FORMAT},
    {"SM2", SM2_SM3, RSA_SHA256, NULL, NULL, 0, FORMAT},
    {"SM2", SM2_SM3, ECDSA_SHA256, SM3, SHA256, 3, HASH},
    {"SM2", SM2_SM3, NULL, SM3, SHA256, 3, FORMAT},
    {"SM2", SM2_SM3, NULL, SM3, SHA256, 1, FORMAT},
    {"SM2", SM2_SM3, NULL, SM3, "http://www.w3.org/2000/09/xmldsig#sha1", 3, FORMAT},
    {"SM2", SM2_SM3, "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3", SM3,
     "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3", 3, FORMAT},
};

static void rename_once(struct buffer *text, const char *from, const char *to)
{
    char *changed = sample_edit(text, &(struct edit){from, NULL, to});

    buffer_clear(text);
    buffer_append_text(text, changed);
    free(changed);
}

START_TEST(names_cannot_be_exchanged)
{
    struct sample sample;
    struct sample_verdict report;
    char from[160];
    char to[160];

    make(renamed[_i].curve, &sample);
    if (renamed[_i].to_method != NULL) {
        rename_once(&sample.certificate, renamed[_i].method, renamed[_i].to_method);
    }
    for (unsigned i = 0; i < renamed[_i].digests; i++) {
        snprintf(from, sizeof(from), "\"%s\"", renamed[_i].digest);
        snprintf(to, sizeof(to), "\"%s\"", renamed[_i].to_digest);
        rename_once(&sample.certificate, from, to);
    }
    judge(&sample, buffer_text(&sample.certificate), &report);
    assert_refused(&report, renamed[_i].expected, NULL, renamed[_i].curve);
    sample_verdict_free(&report);
    sample_free(&sample);
}
END_TEST

/* Signed by an insider: a key of `curve` signs, with its own algorithm, what says it is of another
 * suite, or takes its digests from another row. */
static const struct {
    const char *curve;
    const char *works_as; /* whose algorithm signs */
    const char *named_as; /* whose SignatureMethod stands there */
    const char *digested_as;
    int expected;
    const char *says;
} insiders[] = {
    {"P-256", "p256", "sm2", "sm2", CRYPTO, "not of suite sm2-sm3"},
    {"P-256", "p256", "rsa3072", "rsa3072", FORMAT, "SignatureValue"},
    {"P-256", "p256", "p256", "sm2", FORMAT, "DigestMethod"},
    {"RSA-3072", "rsa3072", "p256", "p256", FORMAT, "SignatureValue"},
    {"RSA-3072", "rsa3072", "sm2", "sm2", FORMAT, "SignatureValue"},
    {"RSA-3072", "rsa3072", "rsa3072", "sm2", FORMAT, "DigestMethod"},
    {"SM2", "sm2", "p256", "p256", CRYPTO, "not of suite ecdsa-p256-sha256"},
    {"SM2", "sm2", "rsa3072", "rsa3072", FORMAT, "SignatureValue"},
    {"SM2", "sm2", "sm2", "p256", FORMAT, "DigestMethod"},
    {"RSA-2048", "rsa3072", "rsa3072", "rsa3072", WEAK, "2048 bits"},
    {"RSA-1024", "rsa3072", "rsa3072", "rsa3072", WEAK, "1024 bits"},
    {"RSA-3072-3", "rsa3072", "rsa3072", "rsa3072", WEAK, "exponent"},
    {"P-384", "p256", "p256", "p256", FORMAT, "SignatureValue"},
};

START_TEST(a_signer_cannot_mix_either)
{
    const struct key_suite *named = key_suite_named(insiders[_i].named_as);
    const struct key_suite *digested = key_suite_named(insiders[_i].digested_as);
    struct key_suite mixed = *named;
    struct key key = {.suite = &mixed};
    struct sample sample;
    struct forged signer;
    struct x509_chain *chain = NULL;
    struct signature_plan plan = {.key = &key, .signing_time = FORGE_NOW, .role = ROLE_OFFICE};
    struct sample_verdict report;
    unsigned char *der = NULL;
    int length;

    mixed.digest = digested->digest;
    mixed.digest_uri = digested->digest_uri;
    mixed.methods = key_suite_named(insiders[_i].works_as)->methods;
    make("P-256", &sample);
    forge_make(&(struct forge_plan){.curve = insiders[_i].curve}, &signer);
    length = i2d_X509(signer.leaf, &der);
    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, NULL), 0);
    key.pkey = signer.key;
    plan.chain = chain;
    buffer_clear(&sample.certificate);
    if (signature_sign(&sample.statement, &plan, &sample.certificate, NULL) == 0) {
        judge(&sample, buffer_text(&sample.certificate), &report);
        assert_refused(&report, insiders[_i].expected, insiders[_i].says, insiders[_i].curve);
        sample_verdict_free(&report);
    } else {
        ck_assert_str_eq(insiders[_i].curve, "P-384"); /* its numbers are too long to be written */
    }
    x509_chain_free(chain);
    OPENSSL_free(der);
    forge_free(&signer);
    sample_free(&sample);
}
END_TEST

/* The customs' names are two more for SM2 and SM3, and come as a pair; only who asks for them gets
 * them. */
#define CUSTOMS "http://www.chinaport.gov.cn/2022/04/xmldsig#"
#define SQUATTED "http://www.w3.org/2000/09/xmldsig#"

static const struct {
    const char *signature;
    const char *digest;
    bool asked;
    int expected;
} customs[] = {
    {CUSTOMS "sm2-sm3", CUSTOMS "sm3", true, SUBINDICATION_NONE},
    {CUSTOMS "sm2-sm3", CUSTOMS "sm3", false, FORMAT},
    {CUSTOMS "sm2-sm3", "urn:dingjia:xmldsig:sm3", true, FORMAT},
    {"urn:dingjia:xmldsig:sm2-sm3", CUSTOMS "sm3", true, FORMAT},
    {SQUATTED "sm2-sm3", SQUATTED "sha1", true, FORMAT},
    {CUSTOMS "sm2-sm3", SQUATTED "sha1", true, FORMAT},
};

START_TEST(the_customs_names_are_accepted_where_asked_for)
{
    struct key_suite customary = *key_suite_named("sm2");
    struct sample sample;
    struct sample_verdict report;
    const struct check *decisive;
    struct signature_plan plan = {.signing_time = FORGE_NOW};

    make("SM2", &sample);
    customary.signature_uri = customs[_i].signature;
    customary.digest_uri = customs[_i].digest;
    sample.key->suite = &customary;
    sample.customs = customs[_i].asked;
    plan.key = sample.key;
    plan.chain = sample.chain;
    buffer_clear(&sample.certificate);
    ck_assert_int_eq(signature_sign(&sample.statement, &plan, &sample.certificate, NULL), 0);
    judge(&sample, buffer_text(&sample.certificate), &report);
    decisive = check_list_decisive(&report.checks);
    ck_assert_int_eq(decisive == NULL ? SUBINDICATION_NONE : decisive->subindication,
                     customs[_i].expected);
    ck_assert(decisive != NULL || report.facts.signatures[0].customs);
    sample_verdict_free(&report);
    sample_free(&sample);
}
END_TEST

/* The value of an RSA signature is as long as the modulus, with no zero put before it or taken
 * away. */
START_TEST(an_rsa_value_of_another_length_is_refused)
{
    static const struct edit edits[] = {
        {"<ds:SignatureValue Id=\"signature-1-value\">", NULL, "@AAAA"},
        {"</ds:SignatureValue>", NULL, "AAAA@"},
        {"</ds:SignatureValue>", NULL, "AA==@"},
    };
    struct sample sample;
    struct sample_verdict report;
    char *changed;

    make("RSA-3072", &sample);
    changed = sample_edit(&sample.certificate, &edits[_i]);
    judge(&sample, changed, &report);
    assert_refused(&report, CRYPTO, "was not made over", "longer");
    sample_verdict_free(&report);
    free(changed);
    sample_free(&sample);
}
END_TEST

TCase *mixing_cases(void)
{
    TCase *cases = tcase_create("mixing");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, each_suite_passes_with_its_own_digest_everywhere, 0, 3);
    tcase_add_loop_test(cases, names_cannot_be_exchanged, 0, sizeof(renamed) / sizeof(renamed[0]));
    tcase_add_loop_test(cases, a_signer_cannot_mix_either, 0,
                        sizeof(insiders) / sizeof(insiders[0]));
    tcase_add_loop_test(cases, the_customs_names_are_accepted_where_asked_for, 0,
                        sizeof(customs) / sizeof(customs[0]));
    tcase_add_loop_test(cases, an_rsa_value_of_another_length_is_refused, 0, 3);
    return cases;
}
