#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "record/suites.h"

static struct xml_schema *schema;
static struct buffer sample;

static void set_up(void)
{
    struct error err = {0};
    ck_assert_msg(record_schema_new(&schema, &err) == 0, "%s", err.en);
    ck_assert_int_eq(file_read(SOURCE_ROOT "/samples/compliant/negotiated-lump-sum.xml",
                               LIMIT_RECORD_OCTETS, &sample, NULL),
                     0);
}

static void tear_down(void)
{
    xml_schema_free(schema);
    buffer_free(&sample);
}

static int load(const char *text, struct record **out, struct error *err)
{
    struct record_source source = {"record.xml", text, strlen(text)};
    return record_load(schema, &source, out, err);
}

/* The sample with the first `from` replaced by `to`; owned. */
static char *changed(const char *from, const char *to)
{
    struct buffer text;
    const char *at = strstr(buffer_text(&sample), from);
    ck_assert_msg(at != NULL, "the sample has no %s", from);
    buffer_init(&text, LIMIT_RECORD_OCTETS);
    buffer_append(&text, sample.data, (size_t)(at - sample.data));
    buffer_append_text(&text, to);
    buffer_append_text(&text, at + strlen(from));
    return buffer_take(&text, NULL);
}

START_TEST(record_of_the_sample_is_loaded_with_its_digests)
{
    struct record *record = NULL;
    char hex[DIGEST_HEX_SIZE];
    struct error err = {0};
    ck_assert_msg(load(buffer_text(&sample), &record, &err) == 0, "%s", err.en);
    ck_assert_str_eq(record_id(record), "SAMPLE-N-001");
    for (int algorithm = DIGEST_SHA256; algorithm <= DIGEST_SM3; algorithm++) {
        digest_compute_hex((enum digest_algorithm)algorithm, sample.data, sample.length, hex, NULL);
        ck_assert_str_eq(record_digest_octets(record, (enum digest_algorithm)algorithm), hex);
        ck_assert_str_ne(record_digest_canonical(record, (enum digest_algorithm)algorithm), hex);
    }
    ck_assert_ptr_nonnull(xml_document_root(record_document(record)));
    record_free(record);
}
END_TEST

START_TEST(record_lists_its_evidence)
{
    struct record *record = NULL;
    struct record_evidence file = {0};
    ck_assert_int_eq(load(buffer_text(&sample), &record, NULL), 0);
    ck_assert_uint_eq(record_evidence_count(record), 11);
    ck_assert(record_evidence_at(record, 0, &file));
    ck_assert_str_eq(file.id, "E1");
    ck_assert_str_eq(file.path, "rules.txt");
    ck_assert_uint_eq(strlen(file.sha256), 64);
    ck_assert_ptr_null(file.sm3);
    ck_assert_uint_gt(file.line, 0);
    ck_assert(record_evidence_at(record, 10, &file));
    ck_assert(!record_evidence_at(record, 11, &file));
    record_free(record);
}
END_TEST

START_TEST(record_canonical_digest_survives_spelling_but_not_change)
{
    struct record *original = NULL;
    struct record *respelt = NULL;
    struct record *altered = NULL;
    char *spelling = changed("<objections count=\"0\"", "<objections   count='0' ");
    char *content = changed("3000000.00", "3000000.01");
    ck_assert_int_eq(load(buffer_text(&sample), &original, NULL), 0);
    ck_assert_int_eq(load(spelling, &respelt, NULL), 0);
    ck_assert_int_eq(load(content, &altered, NULL), 0);
    ck_assert_str_eq(record_digest_canonical(original, DIGEST_SHA256),
                     record_digest_canonical(respelt, DIGEST_SHA256));
    ck_assert_str_ne(record_digest_octets(original, DIGEST_SHA256),
                     record_digest_octets(respelt, DIGEST_SHA256));
    ck_assert_str_ne(record_digest_canonical(original, DIGEST_SM3),
                     record_digest_canonical(altered, DIGEST_SM3));
    record_free(original);
    record_free(respelt);
    record_free(altered);
    free(spelling);
    free(content);
}
END_TEST

static const struct {
    const char *from;
    const char *to;
    const char *zh;
    const char *en;
} refused[] = {
    {"urn:dingjia:record:1.0", "urn:dingjia:record:2.0",
     "命名空间是“urn:dingjia:record:2.0”，应为“urn:dingjia:record:1.0”",
     "in the namespace 'urn:dingjia:record:2.0', expected is 'urn:dingjia:record:1.0'"},
    {" xmlns=\"urn:dingjia:record:1.0\"", "", "没有命名空间", "has no namespace"},
    {" id=\"SAMPLE-N-001\"", "", "缺少必填的属性 id", "lacks the required attribute id"},
    {"3000000.00", "300万", "恰好两位小数", "exactly two fraction digits"},
    {"3000000.00", "3,000,000.00", "不用千分号", "no separators"},
    {"published=\"2025-08-04\"", "published=\"2025-02-30\"", "notice/@published", "'2025-02-30'"},
    {"setBy=\"NEG1\"", "setBy=\"NEG2\"", "pricing/@setBy 引用了“NEG2”", "refers to 'NEG2'"},
    {"path=\"rules.txt\"", "path=\"../rules.txt\"", "证据文件夹内", "evidence folder"},
    {"path=\"rules.txt\"", "path=\"/etc/passwd\"", "证据文件夹内", "evidence folder"},
    {"<valuation required=\"no\"", "<appraisal/><valuation required=\"no\"",
     "此处不应出现元素 appraisal", "appraisal is not expected"},
};

START_TEST(record_with_one_mistake_is_refused)
{
    struct record *record = NULL;
    struct error err = {0};
    char *text = changed(refused[_i].from, refused[_i].to);
    ck_assert_int_eq(load(text, &record, &err), ERROR_INPUT);
    ck_assert_ptr_null(record);
    ck_assert_msg(strstr(err.zh, refused[_i].zh) != NULL, "%s", err.zh);
    ck_assert_msg(strstr(err.en, refused[_i].en) != NULL, "%s", err.en);
    ck_assert_str_eq(err.source, "record.xml");
    ck_assert_uint_gt(err.line, 0);
    free(text);
}
END_TEST

static const struct {
    const char *file;
    const char *zh;
    const char *en;
} strangers[] = {
    {"other-root.xml", "这不是交易记录：根元素是 Certificate", "its root element is Certificate"},
    {"other-namespace.xml", "命名空间是“urn:dingjia:record:2.0”", "'urn:dingjia:record:2.0'"},
    {"no-namespace.xml", "没有命名空间", "has no namespace"},
};

START_TEST(record_that_is_another_document_says_which)
{
    struct record *record = NULL;
    struct error err = {0};
    struct buffer path;
    struct buffer octets;
    buffer_init(&path, 1000);
    buffer_append_format(&path, SOURCE_ROOT "/tests/fixtures/hostile/%s", strangers[_i].file);
    ck_assert_int_eq(file_read(buffer_text(&path), LIMIT_RECORD_OCTETS, &octets, NULL), 0);
    ck_assert_int_eq(load(buffer_text(&octets), &record, &err), ERROR_INPUT);
    ck_assert_msg(strstr(err.zh, strangers[_i].zh) != NULL, "%s", err.zh);
    ck_assert_msg(strstr(err.en, strangers[_i].en) != NULL, "%s", err.en);
    ck_assert_uint_eq(err.line, 1);
    buffer_free(&octets);
    buffer_free(&path);
    record_free(NULL);
}
END_TEST

TCase *record_cases(void)
{
    TCase *cases = tcase_create("record");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, record_of_the_sample_is_loaded_with_its_digests);
    tcase_add_test(cases, record_lists_its_evidence);
    tcase_add_test(cases, record_canonical_digest_survives_spelling_but_not_change);
    tcase_add_loop_test(cases, record_with_one_mistake_is_refused, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_loop_test(cases, record_that_is_another_document_says_which, 0,
                        sizeof strangers / sizeof strangers[0]);
    return cases;
}
