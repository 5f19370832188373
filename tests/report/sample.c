#include "report/sample.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* 2026-11-01T00:00:00Z and some days around it. */
enum { DAY = 86400 };
static const int64_t day_zero = 1793491200;

/* What the result borrows. */
static struct policy *policy;

static char *copy(const char *text)
{
    char *made = text_copy(text);

    ck_assert_ptr_nonnull(made);
    return made;
}

static void fill_certificate(struct path_certificate *out, const char *subject, const char *issuer)
{
    out->subject = copy(subject);
    out->issuer = copy(issuer);
    out->has_validity = true;
    out->valid_from = day_zero - 100 * DAY;
    out->valid_to = day_zero + 600 * DAY;
    out->key_bits = 256;
    snprintf(out->key_sha256, sizeof(out->key_sha256), "%064x", 0xabc);
    snprintf(out->name_hash, sizeof(out->name_hash), "%08x", 0xdef);
    out->suite = "ecdsa-p256-sha256";
    out->names_revocation = true;
}

static void add_good(struct path_certificate *out)
{
    out->statements[out->statement_count++] =
        (struct revocation_statement){.kind = REVOCATION_OCSP,
                                      .status = REVOCATION_GOOD,
                                      .issued = day_zero + DAY,
                                      .has_next = true,
                                      .next = day_zero + 8 * DAY,
                                      .reason = -1};
}

static void add_revoked(struct path_certificate *out)
{
    out->statements[out->statement_count++] =
        (struct revocation_statement){.kind = REVOCATION_CRL,
                                      .status = REVOCATION_REVOKED,
                                      .issued = day_zero + 2 * DAY,
                                      .revoked_at = day_zero + DAY,
                                      .reason = 1};
}

static void fill_path(struct path *out, const char *subject, const char *issuer)
{
    out->status = PATH_COMPLETE;
    out->count = 2;
    fill_certificate(&out->certificates[0], subject, issuer);
    fill_certificate(&out->certificates[1], issuer, issuer);
    out->certificates[1].anchor = true;
    out->certificates[1].names_revocation = false;
    add_good(&out->certificates[0]);
}

static void fill_good(struct signature_facts *out)
{
    out->suite = "ecdsa-p256-sha256";
    out->role = ROLE_OFFICE;
    out->has_signing_time = true;
    out->signing_time = day_zero;
    out->statement_digest = FACT_HOLDS;
    out->properties_digest = FACT_HOLDS;
    out->certificate_digest = FACT_HOLDS;
    out->value = KEY_GOOD;
    fill_path(&out->path, "O=示例大学, CN=示例办公室", "O=示例 CA");
    out->has_timestamp = true;
    out->timestamp.status = TIMESTAMP_GOOD;
    out->timestamp.time = day_zero + 60;
    text_fit(out->timestamp.policy, sizeof(out->timestamp.policy), "1.2.3.4");
    text_fit(out->timestamp.serial, sizeof(out->timestamp.serial), "0a0b");
    text_fit(out->timestamp.digest, sizeof(out->timestamp.digest), "sha256");
    fill_path(&out->timestamp.path, "CN=示例时间戳机构", "O=示例时间戳 CA");
    out->embedded_certificates = 3;
    out->embedded_revocations = 2;
}

static void fill_bad(struct signature_facts *out)
{
    out->suite = "sm2-sm3";
    out->customs = true;
    out->role = ROLE_EXCHANGE;
    out->has_signing_time = true;
    out->signing_time = day_zero + DAY;
    out->statement_digest = FACT_FAILS;
    out->properties_digest = FACT_UNKNOWN;
    out->certificate_digest = FACT_FAILS;
    out->value = KEY_BAD;
    out->path.status = PATH_NO_ANCHOR;
    error_set(&out->path.reason, ERROR_CONFIG, "信任文件中没有它的 CA", "its CA is not trusted");
    error_place(&out->path.reason, "ca.pem", 3, 4);
    out->path.count = 1;
    fill_certificate(&out->path.certificates[0], SAMPLE_HOSTILE, "CN=?");
    out->path.certificates[0].has_validity = false;
    out->path.certificates[0].valid_from = 0;
    out->path.certificates[0].valid_to = 0;
    out->path.certificates[0].suite = NULL;
    add_good(&out->path.certificates[0]);
    add_revoked(&out->path.certificates[0]);
    out->has_timestamp = true;
    out->timestamp.status = TIMESTAMP_OTHER_DATA;
    out->timestamp.time = day_zero + 2 * DAY;
    error_set(&out->timestamp.reason, ERROR_INPUT, "不是对它所作", "made over something else");
}

struct facts_document *sample_facts(void)
{
    struct facts_document *document = calloc(1, sizeof(*document));

    ck_assert_ptr_nonnull(document);
    document->gathered_at = day_zero + 3 * DAY;
    memset(document->certificate_sha256, 'a', DIGEST_HEX_SIZE - 1);
    text_fit(document->serial, FACTS_TEXT_SIZE, "00112233445566778899aabbccddeeff");
    text_fit(document->record_number, FACTS_TEXT_SIZE, "示例-1");
    document->facts.count = 3;
    fill_good(&document->facts.signatures[0]);
    fill_bad(&document->facts.signatures[1]);
    document->facts.signatures[2].unreadable = "SigningTime";
    check_add_text(&document->checks, (struct check_mark){.id = "statement"},
                   (struct bilingual){"前后一致", "is consistent"});
    check_add_text(&document->checks,
                   (struct check_mark){.id = "pack", .subindication = SUBINDICATION_HASH_FAILURE},
                   (struct bilingual){"摘要不符", "has another digest"});
    check_add_not_run(&document->checks, "record", (struct bilingual){"未提供", "was not given"});
    return document;
}

void sample_facts_free(struct facts_document *document)
{
    facts_document_free(document);
    free(document);
}

/* One check for each building block, of every status, in an order that has to be put right. */
static const struct {
    struct check_mark mark;
    struct bilingual text;
} checks[] = {
    {{.id = "timestamp", .signature = 1}, {"时间戳 甲", "timestamp one"}},
    {{.id = "format"}, {"格式正确", "the form is right"}},
    {{.id = "signing-certificate", .signature = 1}, {"证书 甲", "certificate one"}},
    {{"revocation-unnamed", 1, SUBINDICATION_TRY_LATER, LEVEL_WARN},
     {"无处查询", "nowhere to ask"}},
    {{"signing-delay", 1, SUBINDICATION_TRY_LATER, LEVEL_IGNORE}, {"略过", "ignored"}},
    {{"digests", 2, SUBINDICATION_HASH_FAILURE, LEVEL_FAIL}, {"被改动", "was changed"}},
    {{"chain", 2, SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND, LEVEL_FAIL}, {"没有信任", "no trust"}},
    {{.id = "statement"}, {"前后一致", "is consistent"}},
};

static struct claims_party transferees[] = {{"示例公司", NULL}};

static void fill_claims(struct claims *claims)
{
    *claims = (struct claims){.serial = "00112233445566778899aabbccddeeff",
                              .issuer = "O=示例大学, CN=示例办公室",
                              .engine = "dingjia 0.1.0",
                              .evaluated_at = "2026-11-01T00:00:00+08:00",
                              .record_number = "示例-1",
                              .record_sha256 = "aa",
                              .record_canonical_sha256 = "bb",
                              .pack_name = "tianjin-pricing",
                              .pack_version = "1.0.0",
                              .pack_sha256 = "0123456789abcdef0123456789abcdef",
                              .holder = {SAMPLE_HOSTILE, NULL},
                              .achievement = "示例成果",
                              .act = "assignment",
                              .route = "negotiation",
                              .currency = "CNY",
                              .tax = "included",
                              .examination = "compared",
                              .safe_harbour = "compliant",
                              .lawful_pricing = "compliant"};
    claims->transferees = calloc(1, sizeof(*claims->transferees));
    ck_assert_ptr_nonnull(claims->transferees);
    claims->transferees[0] = transferees[0];
    claims->transferee_count = 1;
}

static void fill_times(struct signature_times *times)
{
    times[0] = (struct signature_times){.proven = true,
                                        .proven_at = day_zero + 60,
                                        .has_renewal = true,
                                        .renew_before = day_zero + 600 * DAY,
                                        .passed = true};
    times[1] = (struct signature_times){.has_renewal = true, .renew_before = day_zero - DAY};
}

static void add_difference(struct verification_result *result)
{
    result->differences = calloc(1, sizeof(*result->differences));
    ck_assert_ptr_nonnull(result->differences);
    result->differences[0] = (struct verification_difference){"N3", "satisfied", copy("violated")};
    result->difference_count = 1;
}

static void conclude(struct verification_result *result, enum indication indication)
{
    result->indication = indication;
    if (indication == INDICATION_TOTAL_PASSED)
        return;
    result->decisive = check_list_decisive(&result->checks);
    result->subindication = indication == INDICATION_TOTAL_FAILED
                                ? SUBINDICATION_HASH_FAILURE
                                : SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND;
}

struct verification_result *sample_result(enum indication indication)
{
    struct verification_result *result = calloc(1, sizeof(*result));
    struct facts_document *document = sample_facts();

    ck_assert_ptr_nonnull(result);
    result->facts = document->facts;
    document->facts = (struct facts){0};
    sample_facts_free(document);
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        check_add_text(&result->checks, checks[i].mark, checks[i].text);
    check_add_not_run(&result->checks, "record",
                      (struct bilingual){"没有记录", "no record was given"});
    fill_times(result->signatures.times);
    ck_assert_ptr_null(policy); /* one result at a time */
    ck_assert_int_eq(policy_default(&policy, NULL), 0);
    result->policy = policy;
    memset(result->certificate_sha256, 'a', DIGEST_HEX_SIZE - 1);
    text_fit(result->serial, sizeof(result->serial), "00112233445566778899aabbccddeeff");
    text_fit(result->record_number, sizeof(result->record_number), "示例-1");
    result->has_claims = true;
    fill_claims(&result->claims);
    add_difference(result);
    result->validated_at = day_zero + 3 * DAY;
    conclude(result, indication);
    return result;
}

void sample_result_free(struct verification_result *result)
{
    verification_result_free(result);
    policy_free(policy);
    policy = NULL;
    free(result);
}

char *sample_report(const struct report_format *format, const struct report_options *options,
                    const struct verification_result *result)
{
    struct report_options wanted = *options;
    struct report_writer writer;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    ck_assert_ptr_nonnull(out);
    wanted.subject = REPORT_CERTIFICATES;
    ck_assert_int_eq(report_writer_begin(&writer, format, out, &wanted, NULL), 0);
    ck_assert_int_eq(report_writer_certificate(&writer, "c.xml", result, NULL), 0);
    ck_assert_int_eq(report_writer_finish(&writer, NULL), 0);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

char *sample_facts_text(const struct facts_document *document, size_t *length)
{
    struct error err = {0};
    char *text = NULL;
    FILE *out = open_memstream(&text, length);

    ck_assert_ptr_nonnull(out);
    ck_assert_msg(facts_write(out, document, &err) == 0, "%s", err.en);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}
