#include <check.h>
#include <string.h>

#include "report/suites.h"
#include "report/words.h"

static struct citation citations[] = {
    {.law = "促进科技成果转化法", .article = "18", .status = "text"},
    {.law = "条例", .article = "20,22", .status = "secondary"},
    {.law = "天津市《若干措施》", .article = "", .status = "inference"},
};

static const struct {
    const char *law;
    const char *expect;
} laws[] = {
    {"拍卖法", "《拍卖法》第3条"},
    {"山东省条例（参照，非天津规定）", "《山东省条例》（参照，非天津规定）第3条"},
    {"工作指引（试行）", "《工作指引（试行）》第3条"},
    {"工作指引（试行）（参照）", "《工作指引（试行）》（参照）第3条"},
    {"国务院《若干规定》（国发〔2016〕16号）", "国务院《若干规定》（国发〔2016〕16号）第3条"},
    {"财资〔2019〕57号", "财资〔2019〕57号第3条"},
    {"（参照）", "《（参照）》第3条"},
};

static const struct {
    const char *name;
    size_t count;
    enum language language;
    bool with_status;
    const char *expect;
} rows[] = {
    {"one article", 1, LANGUAGE_ZH, true, "《促进科技成果转化法》第18条"},
    {"one article in English", 1, LANGUAGE_EN, true, "《促进科技成果转化法》 art. 18"},
    {"two sources", 2, LANGUAGE_ZH, false, "《促进科技成果转化法》第18条；《条例》第20、22条"},
    {"status of the second", 2, LANGUAGE_ZH, true,
     "《促进科技成果转化法》第18条；《条例》第20、22条（据他人转述，未读到原文）"},
    {"quoted already, no article", 3, LANGUAGE_EN, false,
     "《促进科技成果转化法》 art. 18; 《条例》 art. 20, 22; 天津市《若干措施》"},
};

START_TEST(citation_is_written_in_the_manner_of_the_language)
{
    struct condition condition = {.citations = citations, .citation_count = rows[_i].count};
    struct buffer out;

    buffer_init(&out, 4096);
    words_citation(&condition, rows[_i].language, rows[_i].with_status, &out);
    ck_assert_msg(strcmp(buffer_text(&out), rows[_i].expect) == 0, "%s: %s", rows[_i].name,
                  buffer_text(&out));
    buffer_free(&out);
}
END_TEST

START_TEST(only_the_title_of_a_law_stands_in_title_marks)
{
    struct citation citation = {.law = laws[_i].law, .article = "3", .status = "text"};
    struct condition condition = {.citations = &citation, .citation_count = 1};
    struct buffer out;

    buffer_init(&out, 4096);
    words_citation(&condition, LANGUAGE_ZH, true, &out);
    ck_assert_str_eq(buffer_text(&out), laws[_i].expect);
    buffer_free(&out);
}
END_TEST

START_TEST(weakest_status_decides)
{
    struct condition condition = {.citations = citations};
    static const char *const expect[] = {"text", "text", "secondary", "inference"};

    for (size_t count = 0; count <= 3; count++) {
        condition.citation_count = count;
        ck_assert_str_eq(words_weakest_status(&condition), expect[count]);
    }
}
END_TEST

START_TEST(unknown_status_counts_as_the_weakest)
{
    ck_assert_str_eq(words_source_status("text").zh, "");
    ck_assert_str_eq(words_source_status("rumour").en, words_source_status("inference").en);
}
END_TEST

TCase *words_cases(void)
{
    TCase *cases = tcase_create("words");
    tcase_add_loop_test(cases, citation_is_written_in_the_manner_of_the_language, 0,
                        sizeof(rows) / sizeof(rows[0]));
    tcase_add_loop_test(cases, only_the_title_of_a_law_stands_in_title_marks, 0,
                        sizeof(laws) / sizeof(laws[0]));
    tcase_add_test(cases, weakest_status_decides);
    tcase_add_test(cases, unknown_status_counts_as_the_weakest);
    return cases;
}
