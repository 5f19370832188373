#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/internal.h"
#include "base/file.h"
#include "certificate/certificate.h"
#include "certificate/suites.h"
#include "signature/sample.h"
#include "signature/sign.h"
#include "xml/node.h"

/* A trusted issuer may still state what is not so. Each row takes an honest certificate, changes
 * claims, signs it again with the same key, and says what verify makes of it. */

#define RECORD SOURCE_ROOT "/samples/compliant/negotiated-lump-sum.xml"
#define EVIDENCE SOURCE_ROOT "/samples/evidence/negotiated-lump-sum"

static struct sample sample;
static struct dingjia *dingjia;
static struct buffer record;

static void set_up(void)
{
    struct error err = {0};

    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
    ck_assert_msg(dingjia_new(&dingjia, &err) == 0, "%s", err.en);
    ck_assert_int_eq(file_read(RECORD, 1 << 20, &record, &err), 0);
}

static void tear_down(void)
{
    buffer_free(&record);
    dingjia_free(dingjia);
    sample_free(&sample);
}

static struct dingjia_signer *open_signer(void)
{
    const struct dingjia_signer_plan plan = {.key = forge_path(sample.folder, "issuer.key"),
                                             .certificate =
                                                 forge_path(sample.folder, "issuer.pem")};
    struct dingjia_signer *signer = NULL;
    struct error err = {0};

    ck_assert_msg(dingjia_signer_open(&plan, &signer, &err) == 0, "%s", err.en);
    return signer;
}

static void certify(bool with_evidence)
{
    const struct dingjia_input input = {"record.xml", record.data, record.length};
    struct dingjia_certify_options options = {.at = FORGE_NOW,
                                              .evidence = with_evidence ? EVIDENCE : NULL,
                                              .without_evidence = !with_evidence};
    struct dingjia_signer *signer = open_signer();
    struct dingjia_issue issue = {0};
    struct error err = {0};

    options.signer = signer;
    ck_assert_msg(dingjia_certify(dingjia, &input, &options, &issue, &err) == 0, "%s", err.en);
    ck_assert_ptr_nonnull(issue.certificate);
    buffer_clear(&sample.certificate);
    buffer_append(&sample.certificate, issue.certificate, issue.length);
    free(issue.certificate);
    dingjia_report_free(issue.report);
    dingjia_signer_free(signer);
}

/* Signs the claims of the certificate anew after `spoil` changed them. */
static void issue_again(void (*spoil)(struct claims *claims))
{
    const struct signature_plan plan = {
        .key = sample.key, .chain = sample.chain, .signing_time = FORGE_NOW};
    struct xml_document *document = NULL;
    struct claims claims;
    struct error err = {0};

    ck_assert_int_eq(
        xml_load(sample.certificate.data, sample.certificate.length, "c", &document, &err), 0);
    ck_assert_int_eq(certificate_parse(document,
                                       xml_node_first_element(xml_document_root(document)), &claims,
                                       &err),
                     0);
    spoil(&claims);
    buffer_clear(&sample.statement);
    buffer_clear(&sample.certificate);
    ck_assert_msg(certificate_build(&claims, &sample.statement, &err) == 0, "%s", err.en);
    ck_assert_int_eq(signature_sign(&sample.statement, &plan, &sample.certificate, &err), 0);
    claims_free(&claims);
    xml_document_free(document);
}

enum given { NOTHING = 0, GIVE_RECORD = 1, GIVE_EVIDENCE = 2, RECHECK = 4, ALL = 7 };

static struct dingjia_verification *verify(unsigned given)
{
    const struct dingjia_input certificate = {"certificate.xml", sample.certificate.data,
                                              sample.certificate.length};
    const struct dingjia_input input = {"record.xml", record.data, record.length};
    struct dingjia_verify_options options = {.at = FORGE_NOW + 60};
    struct dingjia_trust *trust = NULL;
    struct dingjia_verification *out = NULL;
    struct error err = {0};

    ck_assert_int_eq(dingjia_trust_open(&(struct dingjia_trust_plan){.issuers = forge_path(
                                                                         sample.folder, "ca.pem")},
                                        &trust, &err),
                     0);
    options.trust = trust;
    options.record = (given & GIVE_RECORD) != 0 ? &input : NULL;
    options.evidence = (given & GIVE_EVIDENCE) != 0 ? EVIDENCE : NULL;
    options.recheck = (given & RECHECK) != 0;
    ck_assert_msg(dingjia_verify(dingjia, &certificate, &options, &out, &err) == 0, "%s", err.en);
    dingjia_trust_free(trust);
    return out;
}

static void nothing(struct claims *claims)
{
    (void)claims;
}

static void not_compliant(struct claims *claims)
{
    claims->safe_harbour = "non-compliant";
}

static void not_lawful(struct claims *claims)
{
    claims->lawful_pricing = "not-evidenced";
}

static void violated(struct claims *claims)
{
    claims->conditions[5].outcome = "violated";
}

static void another_issuer(struct claims *claims)
{
    claims->issuer = "CN=示例研究院";
}

static void evaluated_after_signing(struct claims *claims)
{
    claims->evaluated_at = "2026-11-02T00:00:00+08:00";
}

static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

static void another_record(struct claims *claims)
{
    claims->record_sha256 = zeros;
    claims->record_canonical_sha256 = zeros;
}

static void another_serialisation(struct claims *claims)
{
    claims->record_sha256 = zeros;
}

static void another_pack(struct claims *claims)
{
    claims->pack_sha256 = zeros;
}

static void unknown_pack(struct claims *claims)
{
    claims->pack_version = "0.0.1";
}

static void another_holder(struct claims *claims)
{
    claims->holder.name = "示例学院";
}

static void another_transferee(struct claims *claims)
{
    claims->transferees[0].code = NULL;
}

static void another_price(struct claims *claims)
{
    claims->components[0].amount = "1.00";
}

static void another_route(struct claims *claims)
{
    claims->route = "auction";
}

static void another_outcome(struct claims *claims)
{
    for (size_t i = 0; i < claims->condition_count; i++) {
        if (strcmp(claims->conditions[i].outcome, "not-applicable") == 0) {
            claims->conditions[i].outcome = "satisfied";
            return;
        }
    }
}

static void one_condition_less(struct claims *claims)
{
    claims->condition_count--;
}

static void one_condition_twice(struct claims *claims)
{
    claims->conditions[6] = claims->conditions[5];
}

static void one_file_less(struct claims *claims)
{
    claims->file_count--;
}

static void another_file(struct claims *claims)
{
    claims->files[2].sha256 = zeros;
}

static void file_that_is_not_there(struct claims *claims)
{
    claims->files[2].path = "none.txt";
}

static void file_outside(struct claims *claims)
{
    claims->files[2].path = "../negotiated-lump-sum/minutes.txt";
}

static const struct {
    void (*spoil)(struct claims *claims);
    unsigned given;
    enum subindication expected;
    const char *check; /* that decides */
} rows[] = {
    {nothing, NOTHING, SUBINDICATION_NONE, NULL},
    {nothing, ALL, SUBINDICATION_NONE, NULL},
    {nothing, GIVE_RECORD | RECHECK, SUBINDICATION_NONE, NULL},
    {not_compliant, NOTHING, SUBINDICATION_FORMAT_FAILURE, "statement"},
    {not_lawful, NOTHING, SUBINDICATION_FORMAT_FAILURE, "statement"},
    {violated, NOTHING, SUBINDICATION_FORMAT_FAILURE, "statement"},
    {another_issuer, NOTHING, SUBINDICATION_FORMAT_FAILURE, "statement"},
    {evaluated_after_signing, NOTHING, SUBINDICATION_FORMAT_FAILURE, "statement"},
    {another_record, NOTHING, SUBINDICATION_NONE, NULL},
    {another_record, GIVE_RECORD, SUBINDICATION_HASH_FAILURE, "record"},
    {another_record, ALL, SUBINDICATION_HASH_FAILURE, "record"},
    {another_serialisation, ALL, SUBINDICATION_NONE, NULL},
    {another_pack, NOTHING, SUBINDICATION_HASH_FAILURE, "pack"},
    {unknown_pack, GIVE_RECORD, SUBINDICATION_NONE, NULL},
    {unknown_pack, ALL, SUBINDICATION_POLICY_PROCESSING_ERROR, "recheck"},
    {another_holder, GIVE_RECORD, SUBINDICATION_NONE, NULL},
    {another_holder, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {another_transferee, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {another_price, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {another_route, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {another_outcome, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {one_condition_less, NOTHING, SUBINDICATION_FORMAT_FAILURE, "pack"},
    {one_condition_twice, NOTHING, SUBINDICATION_FORMAT_FAILURE, "pack"},
    {one_file_less, ALL, SUBINDICATION_FORMAT_FAILURE, "recheck"},
    {another_file, NOTHING, SUBINDICATION_NONE, NULL},
    {another_file, GIVE_EVIDENCE, SUBINDICATION_HASH_FAILURE, "evidence"},
    {file_that_is_not_there, GIVE_EVIDENCE, SUBINDICATION_SIGNED_DATA_NOT_FOUND, "evidence"},
    {file_outside, GIVE_EVIDENCE, SUBINDICATION_SIGNED_DATA_NOT_FOUND, "evidence"},
};

START_TEST(claims_are_held_against_the_facts)
{
    struct dingjia_verification *found;
    const struct verification_result *result;

    certify(true);
    issue_again(rows[_i].spoil);
    found = verify(rows[_i].given);
    result = &found->result;
    ck_assert_msg(result->subindication == rows[_i].expected, "row %d: %s %s", _i,
                  subindication_name(result->subindication),
                  result->decisive == NULL ? "" : result->decisive->en);
    ck_assert_int_eq(result->indication, subindication_indication(rows[_i].expected));
    ck_assert_int_eq(result->decisive == NULL, rows[_i].check == NULL);
    if (rows[_i].check != NULL) {
        ck_assert_str_eq(result->decisive->id, rows[_i].check);
    }
    ck_assert(result->has_claims);
    dingjia_verification_free(found);
}
END_TEST

START_TEST(a_recheck_lists_every_difference)
{
    struct dingjia_verification *found;

    certify(true);
    issue_again(another_price);
    found = verify(ALL);
    ck_assert_uint_eq(found->result.difference_count, 1);
    ck_assert_str_eq(found->result.differences[0].label, "Price");
    ck_assert_str_eq(found->result.differences[0].stated, "1.00");
    ck_assert_str_eq(found->result.differences[0].found, "3000000.00");
    dingjia_verification_free(found);
}
END_TEST

START_TEST(evidence_not_compared_is_stated_and_can_be_rechecked)
{
    struct dingjia_verification *found;

    certify(false);
    found = verify(ALL);
    ck_assert_str_eq(found->result.claims.examination, "declared");
    ck_assert_int_eq(dingjia_verification_exit_status(found), 0);
    dingjia_verification_free(found);
}
END_TEST

START_TEST(certify_wants_a_signer_and_a_word_about_evidence)
{
    const struct dingjia_input input = {"record.xml", record.data, record.length};
    struct dingjia_certify_options options = {.at = FORGE_NOW, .without_evidence = true};
    struct dingjia_signer *signer = open_signer();
    struct dingjia_issue issue = {0};
    struct error err = {0};

    ck_assert_int_eq(dingjia_certify(dingjia, &input, &options, &issue, NULL), ERROR_USAGE);
    options.signer = signer;
    options.without_evidence = false;
    ck_assert_int_eq(dingjia_certify(dingjia, &input, &options, &issue, NULL), ERROR_USAGE);
    options.without_evidence = true;
    options.at = FORGE_NOW - FORGE_YEAR;
    ck_assert_int_eq(dingjia_certify(dingjia, &input, &options, &issue, &err), ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "valid from"));
    ck_assert_ptr_null(issue.certificate);
    dingjia_signer_free(signer);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    const struct dingjia_input certificate = {"c", sample.certificate.data,
                                              sample.certificate.length};
    struct dingjia_verify_options options = {.at = FORGE_NOW};
    struct dingjia_trust *trust = NULL;
    struct dingjia_verification *out = NULL;

    ck_assert_int_eq(dingjia_verify(dingjia, &certificate, &options, &out, NULL), ERROR_USAGE);
    ck_assert_int_eq(dingjia_trust_open(&(struct dingjia_trust_plan){.issuers = forge_path(
                                                                         sample.folder, "ca.pem")},
                                        &trust, NULL),
                     0);
    options.trust = trust;
    options.recheck = true;
    ck_assert_int_eq(dingjia_verify(dingjia, &certificate, &options, &out, NULL), ERROR_USAGE);
    ck_assert_ptr_null(out);
    dingjia_trust_free(trust);
}
END_TEST

START_TEST(what_is_no_certificate_is_bad_input)
{
    static const char *const texts[] = {
        "", "x", "<a/>", "<Certificate/>", "<Certificate xmlns='urn:x'/>", "<!DOCTYPE a><a/>"};
    const struct dingjia_input certificate = {"c.xml", texts[_i], strlen(texts[_i])};
    struct dingjia_verify_options options = {.at = FORGE_NOW};
    struct dingjia_trust *trust = NULL;
    struct dingjia_verification *out = NULL;
    struct error err = {0};

    ck_assert_int_eq(dingjia_trust_open(&(struct dingjia_trust_plan){.issuers = forge_path(
                                                                         sample.folder, "ca.pem")},
                                        &trust, NULL),
                     0);
    options.trust = trust;
    ck_assert_int_eq(dingjia_verify(dingjia, &certificate, &options, &out, &err), ERROR_INPUT);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(err.source, "c.xml");
    dingjia_trust_free(trust);
}
END_TEST

TCase *claim_cases(void)
{
    TCase *cases = tcase_create("claims");

    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, claims_are_held_against_the_facts, 0,
                        sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, a_recheck_lists_every_difference);
    tcase_add_test(cases, evidence_not_compared_is_stated_and_can_be_rechecked);
    tcase_add_test(cases, certify_wants_a_signer_and_a_word_about_evidence);
    tcase_add_test(cases, wrong_calls_are_refused);
    tcase_add_loop_test(cases, what_is_no_certificate_is_bad_input, 0, 6);
    return cases;
}
