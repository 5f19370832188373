#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/html.h"
#include "report/sample.h"
#include "report/suites.h"
#include "xml/load.h"

static void expect(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

/* The page is XML too, but for its document type. */
static void expect_well_formed(const char *text)
{
    static const char type[] = "<!DOCTYPE html>\n";
    struct xml_document *document = NULL;
    struct error err = {0};

    ck_assert(strncmp(text, type, strlen(type)) == 0);
    text += strlen(type);
    ck_assert_msg(xml_load(text, strlen(text), "page", &document, &err) == 0, "%u:%u %s", err.line,
                  err.column, err.en);
    xml_document_free(document);
}

static char *page(enum language language, struct verification_result *result)
{
    const struct report_options options = {.language = language};

    return sample_report(&report_html, &options, result);
}

static const struct {
    enum language language;
    const char *part;
} parts[] = {
    {LANGUAGE_ZH, "lang=\"zh-Hans\""},
    {LANGUAGE_ZH, "<title>证书验证报告</title>"},
    {LANGUAGE_ZH, "<p class=\"verdict failed\"><strong>TOTAL-FAILED / HASH_FAILURE</strong>："
                  "验证不通过，不得采信</p>"},
    {LANGUAGE_ZH, "<strong>原因</strong>：被改动</p>"},
    {LANGUAGE_ZH, "<h3 class=\"failed\">证书所载（验证没有通过，不能据以采信）</h3>"},
    {LANGUAGE_ZH, "<h3>签名 1</h3>"},
    {LANGUAGE_ZH, "<h3>签名 3</h3>"},
    {LANGUAGE_ZH, "<h3>证书内容与比对</h3>"},
    {LANGUAGE_ZH, "现有时间戳只能证明到 2028-06-23T08:00:00+08:00 为止"},
    {LANGUAGE_ZH, "<td class=\"status passed\">✓ 通过</td>"},
    {LANGUAGE_ZH, "<td class=\"status failed\">✗ 不通过</td>"},
    {LANGUAGE_ZH, "<td class=\"status indeterminate\">? 不确定</td>"},
    {LANGUAGE_ZH, "<td class=\"status warning\">! 注意</td>"},
    {LANGUAGE_ZH, "<td class=\"status not-run\">– 未检查</td>"},
    {LANGUAGE_ZH, "<td>密码学验证（CV）</td>"},
    {LANGUAGE_ZH, "<h4>证书路径</h4>"},
    {LANGUAGE_ZH, "<h4>时间戳机构的证书路径</h4>"},
    {LANGUAGE_ZH, "<td>N3</td>\n<td>satisfied</td>\n<td>violated</td>"},
    {LANGUAGE_ZH, "不作出免责认定"},
    {LANGUAGE_EN, "lang=\"en\" xml:lang=\"en\""},
    {LANGUAGE_EN, "<h1>Certificate verification report</h1>"},
    {LANGUAGE_EN, "<td class=\"status warning\">! warning</td>"},
    {LANGUAGE_EN, "<td>proof of existence (POE)</td>"},
    {LANGUAGE_EN, "revoked at 2026-11-02T08:00:00+08:00, reason: key compromise"},
    {LANGUAGE_EN, "<pre>dingjia verify --at 2026-11-04T08:00:00+08:00 --trust TRUST.pem "
                  "--tsa-trust TSA.pem 'c.xml'</pre>"},
    {LANGUAGE_EN, "<p>Total: 1, TOTAL-FAILED: 1</p>"},
    {LANGUAGE_EN, "default-src 'none'; style-src 'unsafe-inline'"},
    {LANGUAGE_EN,
     "CN=&lt;script&gt;alert(1)&lt;/script&gt;&amp;\"'[U+001B][31m[U+202E][U+200B]gpj"},
};

START_TEST(page_says_everything_in_words)
{
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    char *text = page(parts[_i].language, result);

    expect(text, parts[_i].part);
    expect_well_formed(text);
    free(text);
    sample_result_free(result);
}
END_TEST

static const struct {
    enum indication indication;
    const char *part;
} verdicts[] = {
    {INDICATION_TOTAL_PASSED,
     "<p class=\"verdict passed\"><strong>TOTAL-PASSED</strong>: genuine and unchanged</p>"},
    {INDICATION_TOTAL_FAILED, "<p class=\"verdict failed\"><strong>TOTAL-FAILED / "},
    {INDICATION_INDETERMINATE, "<p class=\"verdict indeterminate\"><strong>INDETERMINATE / "
                               "NO_CERTIFICATE_CHAIN_FOUND</strong>: could not be judged</p>"},
};

START_TEST(page_shows_each_indication)
{
    struct verification_result *result = sample_result(verdicts[_i].indication);
    char *text = page(LANGUAGE_EN, result);

    expect(text, verdicts[_i].part);
    expect_well_formed(text);
    free(text);
    sample_result_free(result);
}
END_TEST

static const char *const absent[] = {"<script",      "href=",       "src=",       "url(",
                                     "@import",      "onload",      "javascript", "\033",
                                     "\xE2\x80\xAE", "\xE2\x80\x8B"};

START_TEST(page_fetches_nothing_and_runs_nothing)
{
    struct verification_result *result = sample_result(INDICATION_TOTAL_FAILED);
    char *text = page(LANGUAGE_ZH, result);

    ck_assert_ptr_null(strstr(text, absent[_i]));
    free(text);
    sample_result_free(result);
}
END_TEST

START_TEST(page_says_that_facts_were_judged)
{
    struct verification_result *result = sample_result(INDICATION_TOTAL_PASSED);
    char *text;

    result->from_facts = true;
    result->has_claims = false;
    text = page(LANGUAGE_EN, result);
    expect(text, "<strong>TOTAL-PASSED</strong>: passed by the saved facts</p>");
    expect(text, "<p class=\"note\">judged from saved facts: the certificate itself was not looked "
                 "at</p>");
    expect(text, "<pre>dingjia verify --at 2026-11-04T08:00:00+08:00 --facts 'c.xml'</pre>");
    expect_well_formed(text);
    free(text);
    sample_result_free(result);
}
END_TEST

/* A page of two certificates with odd names and one file that could not be read. */
static char *mixed_page(void)
{
    const struct report_options options = {.language = LANGUAGE_EN, .subject = REPORT_CERTIFICATES};
    struct verification_result *result = sample_result(INDICATION_TOTAL_PASSED);
    struct error failure = {0};
    struct report_writer writer;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    ck_assert_ptr_nonnull(out);
    error_set(&failure, ERROR_INPUT, "<不是证书>", "<no certificate>");
    error_place(&failure, NULL, 7, 2);
    ck_assert_int_eq(report_writer_begin(&writer, &report_html, out, &options, NULL), 0);
    ck_assert_int_eq(report_writer_certificate(&writer, "it's \xFF <b>.xml", result, NULL), 0);
    ck_assert_int_eq(report_writer_certificate(&writer, "2.xml", result, NULL), 0);
    ck_assert_int_eq(report_writer_failure(&writer, "3\n.xml", &failure, NULL), 0);
    ck_assert_int_eq(report_writer_finish(&writer, NULL), 0);
    ck_assert_int_eq(fclose(out), 0);
    sample_result_free(result);
    return text;
}

START_TEST(page_holds_several_certificates)
{
    char *text = mixed_page();

    expect_well_formed(text);
    expect(text, "<h2><bdi>it's [0xFF] &lt;b&gt;.xml</bdi></h2>");
    expect(text, "'it'\\''s [0xFF] &lt;b&gt;.xml'</pre>");
    expect(text, "<h2><bdi>3[U+000A].xml</bdi></h2>");
    expect(text, "<strong>Cannot be used</strong>: &lt;no certificate&gt; (line 7)</p>");
    expect(text, "<p>Total: 3, TOTAL-PASSED: 2, cannot be used: 1</p>");
    free(text);
}
END_TEST

START_TEST(page_of_records_is_refused)
{
    const struct report_options options = {.language = LANGUAGE_EN, .subject = REPORT_RECORDS};
    struct report_writer writer;
    struct error err = {0};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(report_writer_begin(&writer, &report_html, out, &options, &err), ERROR_USAGE);
    expect(err.en, "--format html is for the verification of certificates");
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_uint_eq(length, 0);
    free(text);
}
END_TEST

static const struct {
    const char *text;
    const char *shown;
} characters[] = {
    {"定价 a<b>&c", "定价 a&lt;b&gt;&amp;c"},
    {"\x01\t\r\x7F", "[U+0001][U+0009][U+000D][U+007F]"},
    {"\xC2\x85\xC2\xAD\xD8\x9C", "[U+0085][U+00AD][U+061C]"},
    {"\xE2\x81\xA6\xEF\xBB\xBF\xEF\xBF\xBF", "[U+2066][U+FEFF][U+FFFF]"},
    {"\xF3\xA0\x81\x81\xF0\x9F\xBF\xBE", "[U+E0041][U+1FFFE]"},
    {"\xC0\x80\xED\xA0\x80\xE4", "[0xC0][0x80][0xED][0xA0][0x80][0xE4]"},
    {"\xF0\xA0\xAE\xB7 \xD7\x90", "\xF0\xA0\xAE\xB7 \xD7\x90"},
};

START_TEST(characters_that_hide_are_shown)
{
    struct html html;

    html_init(&html, LANGUAGE_EN);
    html_text(&html, characters[_i].text);
    ck_assert_int_eq(html.out.failed, 0);
    ck_assert_str_eq(buffer_text(&html.out), characters[_i].shown);
    html_free(&html);
}
END_TEST

TCase *html_cases(void)
{
    TCase *cases = tcase_create("html");
    tcase_add_loop_test(cases, page_says_everything_in_words, 0, sizeof(parts) / sizeof(parts[0]));
    tcase_add_loop_test(cases, page_shows_each_indication, 0,
                        sizeof(verdicts) / sizeof(verdicts[0]));
    tcase_add_loop_test(cases, page_fetches_nothing_and_runs_nothing, 0,
                        sizeof(absent) / sizeof(absent[0]));
    tcase_add_test(cases, page_says_that_facts_were_judged);
    tcase_add_test(cases, page_holds_several_certificates);
    tcase_add_test(cases, page_of_records_is_refused);
    tcase_add_loop_test(cases, characters_that_hide_are_shown, 0,
                        sizeof(characters) / sizeof(characters[0]));
    return cases;
}
