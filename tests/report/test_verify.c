#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/sample.h"
#include "report/suites.h"

static void expect(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

static const struct {
    enum language language;
    const char *part;
} parts[] = {
    {LANGUAGE_ZH, "c.xml：TOTAL-FAILED / HASH_FAILURE：验证不通过，不得采信\n  原因：被改动\n"},
    {LANGUAGE_ZH, "证书所载（验证没有通过，不能据以采信）"},
    {LANGUAGE_ZH,
     "\n签名 1\n  结果：通过\n  签名人证书：O=示例大学, CN=示例办公室\n  颁发者：O=示例 CA\n"},
    {LANGUAGE_ZH, "  身份（签名人自称）：技术转移机构\n"},
    {LANGUAGE_ZH, "  级别：B-LT（签名，附时间戳和验证所需的证书与吊销信息）\n"},
    {LANGUAGE_ZH, "  签名时间（签名人自称）：2026-11-01T08:00:00+08:00\n"},
    {LANGUAGE_ZH, "  签名时间（有证明的）：不晚于 2026-11-01T08:01:00+08:00"
                  "（时间戳机构“CN=示例时间戳机构”）\n"},
    {LANGUAGE_ZH, "  待办：现有时间戳只能证明到 2028-06-23T08:00:00+08:00 为止"},
    {LANGUAGE_ZH, "  待办：时间戳本应在 2026-10-31T08:00:00+08:00 之前加盖，已经逾期\n"},
    {LANGUAGE_ZH, "有效期：2026-07-24T08:00:00+08:00 至 2028-06-23T08:00:00+08:00；未被吊销（OCSP，"
                  "2026-11-02T08:00:00+08:00 出具，下次更新 2026-11-09T08:00:00+08:00）\n"},
    {LANGUAGE_ZH, "信任锚，不查吊销"},
    {LANGUAGE_ZH, "  算法：sm2-sm3（用海关 2022 年的算法名称）\n"},
    {LANGUAGE_ZH, "已于 2026-11-02T08:00:00+08:00 吊销，原因：密钥泄露（CRL，"},
    {LANGUAGE_ZH, "没有，所附时间戳不能采信"},
    {LANGUAGE_ZH, "\n签名 3\n  结果：没有通过\n  无法读取：SigningTime\n\n"},
    {LANGUAGE_ZH, "\n逐项检查\n  整份文件\n    通过    格式（FC）：格式正确\n  签名 1\n"
                  "    通过    签名人证书（ISC）：证书 甲\n"
                  "    注意    吊销信息（RFC）：无处查询\n"
                  "    未检查  签名要求（SAV）：略过\n"
                  "    通过    存在时间的证明（POE）：时间戳 甲\n  签名 2\n"
                  "    不确定  证书路径（XCV）：没有信任\n"
                  "    不通过  密码学验证（CV）：被改动\n  证书内容与比对\n"
                  "    通过    前后一致\n    未检查  没有记录\n"},
    {LANGUAGE_ZH, "重新判断与证书不一致\n  N3：satisfied -> violated\n"},
    {LANGUAGE_ZH, "  验证策略："},
    {LANGUAGE_ZH, "  验证时点：2026-11-04T08:00:00+08:00\n"},
    {LANGUAGE_EN,
     "c.xml: TOTAL-FAILED / HASH_FAILURE: not to be relied on\n  Reason: was changed\n"},
    {LANGUAGE_EN, "\nSignature 1\n  Result: passed\n  Signer: O=示例大学, CN=示例办公室\n"},
    {LANGUAGE_EN, "  Role (claimed): transfer office\n"},
    {LANGUAGE_EN, "  Signed at (proven): no later than 2026-11-01T08:01:00+08:00 (time-stamp "
                  "authority \"CN=示例时间戳机构\")\n"},
    {LANGUAGE_EN, "  To do: the timestamp proves this until 2028-06-23T08:00:00+08:00"},
    {LANGUAGE_EN, "  To do: a timestamp should have been added before 2026-10-31T08:00:00+08:00"},
    {LANGUAGE_EN, "revoked at 2026-11-02T08:00:00+08:00, reason: key compromise (CRL of "
                  "2026-11-03T08:00:00+08:00)\n"},
    {LANGUAGE_EN, "    warning        revocation freshness (RFC): nowhere to ask\n"},
    {LANGUAGE_EN, "    indeterminate  certificate path (XCV): no trust\n"},
    {LANGUAGE_EN, "    passed         is consistent\n"},
    {LANGUAGE_EN, "CN=<script>alert(1)</script>&\"'?[31m?"},
};

START_TEST(text_says_who_signed_when_and_until_when)
{
    const struct report_options options = {.language = parts[_i].language};
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    char *text = sample_report(&report_text, &options, result);

    expect(text, parts[_i].part);
    ck_assert_ptr_null(strchr(text, '\033'));
    ck_assert_ptr_null(strstr(text, "\xE2\x80\xAE"));
    free(text);
    sample_result_free(result);
}
END_TEST

START_TEST(verbose_text_also_shows_tokens_keys_and_whole_digests)
{
    const struct report_options options = {.language = LANGUAGE_EN, .verbose = true};
    struct verification_result *result = sample_result(INDICATION_TOTAL_PASSED);
    char *text = sample_report(&report_text, &options, result);

    expect(text, "  Timestamp serial: 0a0b\n  Timestamp policy: 1.2.3.4\n");
    expect(text, "  Path of the time-stamp authority:\n    1  CN=示例时间戳机构\n");
    expect(text, "       key: ecdsa-p256-sha256, 256 bits\n");
    expect(text, policy_digest(result->policy));
    expect(text, "; revoked at ");
    free(text);
    sample_result_free(result);
}
END_TEST

START_TEST(text_warns_in_yellow_and_says_what_was_judged)
{
    const struct report_options options = {.language = LANGUAGE_EN, .colour = true};
    struct verification_result *result = sample_result(INDICATION_INDETERMINATE);
    char *text;

    result->from_facts = true;
    text = sample_report(&report_text, &options, result);
    expect(text, "\033[33;1mwarning\033[0m");
    expect(text, "\033[33;1mINDETERMINATE\033[0m / NO_CERTIFICATE_CHAIN_FOUND");
    expect(text, "  Note: judged from saved facts: the certificate itself was not looked at\n"
                 "  Serial: 00112233445566778899aabbccddeeff\n  Record: 示例-1\n"
                 "  SHA-256 of the certificate: aaaa");
    free(text);
    sample_result_free(result);
}
END_TEST

START_TEST(a_signature_without_timestamp_asks_for_a_first_one)
{
    const struct report_options options = {.language = LANGUAGE_EN};
    struct verification_result *result = sample_result(INDICATION_TOTAL_PASSED);
    char *text;

    result->facts.signatures[0].has_timestamp = false;
    result->signatures.times[0].proven = false;
    text = sample_report(&report_text, &options, result);
    expect(text, "  Level: B-B (signature alone)\n");
    expect(text, "  Signed at (proven): none, there is no timestamp\n");
    expect(text, "  To do: add a timestamp before 2028-06-23T08:00:00+08:00: afterwards");
    free(text);
    sample_result_free(result);
}
END_TEST

static const struct {
    const char *name;
    bool anchor;
    bool names;
    const char *part;
} unrevoked[] = {
    {"anchor", true, false, "; trust anchor: revocation is not looked at\n"},
    {"names", false, true, "; no revocation data at hand\n"},
    {"silent", false, false, "; no revocation data, and the certificate does not say where"},
};

START_TEST(text_says_why_revocation_is_not_known)
{
    const struct report_options options = {.language = LANGUAGE_EN};
    struct verification_result *result = sample_result(INDICATION_TOTAL_PASSED);
    struct path_certificate *signer = &result->facts.signatures[0].path.certificates[0];
    char *text;

    signer->statement_count = 0;
    signer->anchor = unrevoked[_i].anchor;
    signer->names_revocation = unrevoked[_i].names;
    text = sample_report(&report_text, &options, result);
    expect(text, unrevoked[_i].part);
    free(text);
    sample_result_free(result);
}
END_TEST

/* The JSON of the sample; json_decref() it. */
static json_t *sample_json(struct verification_result *result)
{
    const struct report_options options = {.language = LANGUAGE_EN};
    char *text = sample_report(&report_json, &options, result);
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_ptr_nonnull(document);
    free(text);
    return document;
}

static json_t *first_certificate(json_t *document)
{
    return json_array_get(json_object_get(document, "certificates"), 0);
}

START_TEST(json_carries_policy_blocks_and_warnings)
{
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    json_t *document = sample_json(result);
    const char *name = NULL;
    const char *digest = NULL;
    const char *block = NULL;
    const char *status = NULL;
    int from_facts = 1;

    ck_assert_int_eq(json_unpack(first_certificate(document),
                                 "{s:{s:s, s:s}, s:b, s:[{s:s}, {}, {}, {s:s}]}", "policy", "name",
                                 &name, "digest", &digest, "fromFacts", &from_facts, "checks",
                                 "block", &block, "status", &status),
                     0);
    ck_assert_str_eq(name, policy_name(result->policy));
    ck_assert_str_eq(digest, policy_digest(result->policy));
    ck_assert_int_eq(from_facts, 0);
    ck_assert_str_eq(block, "POE");
    ck_assert_str_eq(status, "warning");
    json_decref(document);
    sample_result_free(result);
}
END_TEST

START_TEST(json_carries_times_and_path_of_each_signature)
{
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    json_t *document = sample_json(result);
    json_t *signatures = json_object_get(first_certificate(document), "signatures");
    const char *texts[6] = {0};
    int passed = 0;
    int customs = 0;

    ck_assert_int_eq(json_unpack(json_array_get(signatures, 0),
                                 "{s:s, s:s, s:s, s:s, s:b, s:{s:s, s:s}}", "role", &texts[0],
                                 "level", &texts[1], "provenTime", &texts[2], "renewBefore",
                                 &texts[3], "passed", &passed, "timestamp", "authority", &texts[4],
                                 "time", &texts[5]),
                     0);
    ck_assert_str_eq(texts[0], "office");
    ck_assert_str_eq(texts[1], "B-LT");
    ck_assert_str_eq(texts[2], "2026-11-01T08:01:00+08:00");
    ck_assert_str_eq(texts[3], "2028-06-23T08:00:00+08:00");
    ck_assert_str_eq(texts[4], "CN=示例时间戳机构");
    ck_assert_str_eq(texts[5], texts[2]);
    ck_assert(passed);
    ck_assert_ptr_null(json_object_get(json_array_get(signatures, 0), "customs"));
    ck_assert_int_eq(json_unpack(json_array_get(signatures, 1),
                                 "{s:b, s:n, s:s, s:[{s:n, s:n, s:[{}, {s:s, s:s, s:s}]}]}",
                                 "customs", &customs, "provenTime", "level", &texts[0], "path",
                                 "validTo", "suite", "revocation", "kind", &texts[1], "reason",
                                 &texts[2], "revokedAt", &texts[3]),
                     0);
    ck_assert(customs);
    ck_assert_str_eq(texts[0], "B-B");
    ck_assert_str_eq(texts[1], "crl");
    ck_assert_str_eq(texts[2], "keyCompromise");
    ck_assert_str_eq(texts[3], "2026-11-02T08:00:00+08:00");
    json_decref(document);
    sample_result_free(result);
}
END_TEST

START_TEST(json_without_policy_or_signatures_says_null)
{
    struct verification_result *result = calloc(1, sizeof(*result));
    json_t *document;

    ck_assert_ptr_nonnull(result);
    result->indication = INDICATION_TOTAL_FAILED;
    document = sample_json(result);
    ck_assert(json_is_null(json_object_get(first_certificate(document), "policy")));
    ck_assert_uint_eq(json_array_size(json_object_get(first_certificate(document), "signatures")),
                      0);
    json_decref(document);
    sample_result_free(result);
}
END_TEST

TCase *verify_cases(void)
{
    TCase *cases = tcase_create("verify");
    tcase_add_loop_test(cases, text_says_who_signed_when_and_until_when, 0,
                        sizeof(parts) / sizeof(parts[0]));
    tcase_add_test(cases, verbose_text_also_shows_tokens_keys_and_whole_digests);
    tcase_add_test(cases, text_warns_in_yellow_and_says_what_was_judged);
    tcase_add_test(cases, a_signature_without_timestamp_asks_for_a_first_one);
    tcase_add_loop_test(cases, text_says_why_revocation_is_not_known, 0,
                        sizeof(unrevoked) / sizeof(unrevoked[0]));
    tcase_add_test(cases, json_carries_policy_blocks_and_warnings);
    tcase_add_test(cases, json_carries_times_and_path_of_each_signature);
    tcase_add_test(cases, json_without_policy_or_signatures_says_null);
    return cases;
}
