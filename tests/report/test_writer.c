#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/suites.h"
#include "report/writer.h"
#include "rule/pack.h"

/* A judgement of three conditions: violated, not evidenced, satisfied. */
static struct citation citation = {.law = "示例法", .article = "3", .status = "unconfirmed"};

static const struct condition conditions[] = {
    {.id = "N3",
     .lawful_line = false,
     .title = {"公示期", "Notice period"},
     .statement = {"不少于15日", "at least 15 days"},
     .citations = &citation,
     .citation_count = 1},
    {.id = "N5", .title = {"异议", "Objections"}, .statement = {"有异议登记", "a register"}},
    {.id = "D2", .title = {"集体决策", "Decision"}, .statement = {"集体决策", "collective"}},
};

static struct finding_value values[] = {{"days", "14"}};

static struct finding short_notice = {
    .assertion = "N3.short",
    .outcome = OUTCOME_VIOLATED,
    .zh = "只公示14日\033[31m",
    .en = "only 14 days\033[31m\xE2\x80\xAE",
    .values = values,
    .value_count = 1,
    .total = 3,
    .line = 27,
    .path = "/record/pricing/negotiation/notice[1]",
};

static const struct finding *found[] = {&short_notice};

static struct condition_result results[] = {
    {.condition = &conditions[0],
     .outcome = OUTCOME_VIOLATED,
     .findings = found,
     .finding_count = 1,
     .message = {"只公示14日", "only 14 days"},
     .remedy = {"重新公示", "publish again"}},
    {.condition = &conditions[1],
     .outcome = OUTCOME_NOT_EVIDENCED,
     .message = {"没有异议登记", "no register"},
     .remedy = {"补登记", "add it"}},
    {.condition = &conditions[2], .outcome = OUTCOME_SATISFIED, .message = {"已通过", "adopted"}},
};

static const struct judgement judgement = {
    .reason = {"没有规则包", "no pack"},
    .verdict = VERDICT_NON_COMPLIANT,
    .lawful_pricing = VERDICT_NOT_EVIDENCED,
    .earliest_signing = "2025-08-20",
    .earliest_reason = {"公示期满", "the notice ends"},
    .evaluated_at = 1762000000,
    .results = results,
    .result_count = 3,
};

static const struct report_record record = {
    .source = "a.xml",
    .record_id = "R-1",
    .sha256 = "00",
    .sm3 = "11",
    .canonical_sha256 = "22",
    .judgement = &judgement,
};

/* What a writer with these options makes of the record and of one failure; free() it. */
static char *write_all(const struct report_format *format, const struct report_options *options)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    struct error failure = {0};
    struct report_writer writer;

    ck_assert_ptr_nonnull(out);
    error_set(&failure, ERROR_INPUT, "不是记录", "no record");
    error_place(&failure, "b.xml", 7, 2);
    ck_assert_int_eq(report_writer_begin(&writer, format, out, options, NULL), 0);
    ck_assert_int_eq(report_writer_record(&writer, &record, NULL), 0);
    ck_assert_int_eq(report_writer_failure(&writer, "b\xFF.xml", &failure, NULL), 0);
    ck_assert_int_eq(report_writer_finish(&writer, NULL), 0);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

static void expect_text(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "'%s' is not in:\n%s", part, text);
}

static const char *const zh_parts[] = {
    "不符合（违反 1 项，没有证据 1 项）",
    "违反的要件：1 项",
    "N3  公示期",
    "查明：只公示14日",
    "（第 27 行 /record/pricing/negotiation/notice[1]）",
    "（另有 2 处同样情形）",
    "要求：不少于15日",
    "依据：《示例法》第3条（尚未核实）",
    "办法：重新公示",
    "没有证据的要件：1 项",
    "满足 1 项",
    "最早可签约日：2025-08-20",
    "规则包：没有可用的规则包",
    "b.xml:7:2：无法处理——不是记录",
    "共 2 件，不符合 1，无法处理 1",
    "不作出免责认定",
};

START_TEST(text_says_what_blocks_and_what_to_do)
{
    struct report_options options = {.language = LANGUAGE_ZH};
    char *text = write_all(&report_text, &options);

    expect_text(text, zh_parts[_i]);
    ck_assert_ptr_null(strstr(text, "已通过"));
    free(text);
}
END_TEST

START_TEST(verbose_text_lists_what_is_satisfied)
{
    struct report_options options = {.language = LANGUAGE_EN, .verbose = true};
    char *text = write_all(&report_text, &options);

    expect_text(text, "Satisfied: 1\n  D2  Decision\n      found:    adopted\n");
    free(text);
}
END_TEST

START_TEST(quiet_text_is_one_line_for_each_result)
{
    struct report_options options = {.language = LANGUAGE_EN, .quiet = true};
    char *text = write_all(&report_text, &options);

    ck_assert_str_eq(text, "a.xml: not compliant (violated: 1, not evidenced: 1)\n"
                           "b.xml:7:2: cannot be used: no record\n"
                           "Total: 2, not compliant: 1, cannot be used: 1\n");
    free(text);
}
END_TEST

START_TEST(only_colours_bring_escape_sequences)
{
    struct report_options options = {.language = LANGUAGE_EN};
    char *plain = write_all(&report_text, &options);
    char *coloured = NULL;

    ck_assert_ptr_null(strchr(plain, '\033'));
    ck_assert_ptr_null(strstr(plain, "\xE2\x80\xAE"));
    options.colour = true;
    coloured = write_all(&report_text, &options);
    expect_text(coloured, "\033[31;1mnot compliant\033[0m");
    expect_text(coloured, "only 14 days?[31m?");
    free(plain);
    free(coloured);
}
END_TEST

static json_t *read_json(const char *text)
{
    json_error_t error;
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    ck_assert_msg(document != NULL, "line %d: %s", error.line, error.text);
    return document;
}

START_TEST(json_holds_results_and_true_totals)
{
    struct report_options options = {.language = LANGUAGE_EN};
    char *text = write_all(&report_json, &options);
    json_t *document = read_json(text);
    const char *verdict = NULL;
    const char *source = NULL;
    int line = 0;
    int total = 0;
    int failures = 0;

    ck_assert_int_eq(json_unpack(document, "{s:[{s:s}, {s:s, s:{s:i}}], s:{s:i, s:i}}", "records",
                                 "verdict", &verdict, "source", &source, "error", "line", &line,
                                 "summary", "total", &total, "error", &failures),
                     0);
    ck_assert_str_eq(verdict, "non-compliant");
    ck_assert_str_eq(source, "b\xEF\xBF\xBD.xml");
    ck_assert_int_eq(line, 7);
    ck_assert_int_eq(total, 2);
    ck_assert_int_eq(failures, 1);
    ck_assert_ptr_nonnull(strstr(text, "\\u202e"));
    json_decref(document);
    free(text);
}
END_TEST

START_TEST(json_carries_values_place_and_totals_of_findings)
{
    struct report_options options = {.language = LANGUAGE_EN};
    char *text = write_all(&report_json, &options);
    json_t *document = read_json(text);
    json_t *condition = json_array_get(
        json_object_get(json_array_get(json_object_get(document, "records"), 0), "conditions"), 0);
    const char *days = NULL;
    const char *path = NULL;
    int line = 0;
    int total = 0;

    ck_assert_int_eq(json_unpack(condition, "{s:{s:s}, s:i, s:n, s:s, s:[{s:i}]}", "values", "days",
                                 &days, "line", &line, "column", "path", &path, "findings", "total",
                                 &total),
                     0);
    ck_assert_str_eq(days, "14");
    ck_assert_str_eq(path, "/record/pricing/negotiation/notice[1]");
    ck_assert_int_eq(line, 27);
    ck_assert_int_eq(total, 3);
    json_decref(document);
    free(text);
}
END_TEST

START_TEST(ndjson_is_one_line_for_each_result_and_the_summary)
{
    struct report_options options = {.language = LANGUAGE_EN};
    char *text = write_all(&report_ndjson, &options);
    size_t lines = 0;

    for (char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
        json_t *object = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
        ck_assert_str_eq(json_string_value(json_object_get(object, "format")), "dingjia-report/1");
        json_decref(object);
        lines++;
    }
    ck_assert_uint_eq(lines, 3);
    free(text);
}
END_TEST

START_TEST(full_disk_is_an_error_of_writing)
{
    struct report_options options = {.language = LANGUAGE_EN};
    struct report_writer writer;
    struct error err = {0};
    FILE *out = fopen("/dev/full", "w");

    if (out == NULL)
        return;
    ck_assert_int_eq(report_writer_begin(&writer, &report_text, out, &options, NULL), 0);
    ck_assert_int_eq(report_writer_record(&writer, &record, &err), ERROR_WRITE);
    ck_assert_int_eq(err.code, ERROR_WRITE);
    (void)fclose(out);
}
END_TEST

START_TEST(formats_are_found_by_number)
{
    ck_assert_str_eq(report_format_at(0)->name, "text");
    ck_assert_str_eq(report_format_at(1)->name, "json");
    ck_assert_str_eq(report_format_at(2)->name, "ndjson");
    ck_assert_str_eq(report_format_at(3)->name, "html");
    ck_assert_ptr_null(report_format_at(4));
}
END_TEST

TCase *writer_cases(void)
{
    TCase *cases = tcase_create("writer");
    tcase_add_loop_test(cases, text_says_what_blocks_and_what_to_do, 0,
                        sizeof(zh_parts) / sizeof(zh_parts[0]));
    tcase_add_test(cases, verbose_text_lists_what_is_satisfied);
    tcase_add_test(cases, quiet_text_is_one_line_for_each_result);
    tcase_add_test(cases, only_colours_bring_escape_sequences);
    tcase_add_test(cases, json_holds_results_and_true_totals);
    tcase_add_test(cases, json_carries_values_place_and_totals_of_findings);
    tcase_add_test(cases, ndjson_is_one_line_for_each_result_and_the_summary);
    tcase_add_test(cases, full_disk_is_an_error_of_writing);
    tcase_add_test(cases, formats_are_found_by_number);
    return cases;
}
