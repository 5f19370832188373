#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "xml/load.h"
#include "xml/suites.h"

/* "<before>" then `count` times `piece`, then `after`. */
static struct buffer repeated(const char *before, const char *piece, size_t count,
                              const char *after)
{
    struct buffer text;
    buffer_init(&text, (size_t)LIMIT_XML_OCTETS * 2);
    buffer_append_text(&text, before);
    for (size_t i = 0; i < count; i++)
        buffer_append_text(&text, piece);
    buffer_append_text(&text, after);
    ck_assert_int_eq(text.failed, 0);
    return text;
}

static struct buffer attributes(size_t count)
{
    struct buffer text = repeated("<a", "", 0, "");
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&text, " a%zu='1'", i);
    buffer_append_text(&text, "/>");
    return text;
}

static struct buffer nested(size_t depth)
{
    struct buffer text = repeated("", "<a>", depth, "");
    for (size_t i = 0; i < depth; i++)
        buffer_append_text(&text, "</a>");
    return text;
}

/* Takes the text over. Refusal must come quickly: a few seconds under any sanitizer. */
static void expect(struct buffer text, const char *refusal)
{
    struct xml_document *document = NULL;
    struct error err = {0};
    clock_t start = clock();
    int code = xml_load(text.data, text.length, "big.xml", &document, &err);
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 10);
    if (refusal == NULL) {
        ck_assert_msg(code == 0, "%s", err.en);
    } else {
        ck_assert_int_eq(code, ERROR_INPUT);
        ck_assert_msg(strstr(err.en, refusal) != NULL, "%s", err.en);
    }
    xml_document_free(document);
    buffer_free(&text);
}

START_TEST(scan_counts_attributes_of_one_element)
{
    expect(attributes(LIMIT_XML_ATTRIBUTES), NULL);
    expect(attributes(LIMIT_XML_ATTRIBUTES + 1), "too many attributes on one element");
    expect(attributes(1000000), "too many attributes on one element");
}
END_TEST

START_TEST(scan_finds_attributes_hidden_behind_a_mistake)
{
    struct buffer text = repeated("<a b><!-- ", " x='1'", 100000, "--></a>");
    expect(text, "too many attribute-like texts");
}
END_TEST

START_TEST(scan_counts_depth)
{
    expect(nested(LIMIT_XML_DEPTH), NULL);
    expect(nested(LIMIT_XML_DEPTH + 1), "nested too deeply: the limit is 64");
    expect(repeated("", "<a>", 1000000, ""), "nested too deeply");
}
END_TEST

START_TEST(scan_counts_nodes)
{
    expect(repeated("<a>", "<b/>", LIMIT_XML_NODES - 1, "</a>"), NULL);
    expect(repeated("<a>", "<b/>", LIMIT_XML_NODES, "</a>"), "too many elements and attributes");
    expect(repeated("<a>", "<!---->", LIMIT_XML_NODES, "</a>"), "too many elements");
}
END_TEST

START_TEST(scan_measures_attribute_values)
{
    expect(repeated("<a b='", "x", LIMIT_XML_ATTRIBUTE_OCTETS, "'/>"), NULL);
    expect(repeated("<a b='", "x", LIMIT_XML_ATTRIBUTE_OCTETS + 1, "'/>"), "value is too long");
}
END_TEST

START_TEST(scan_measures_the_whole)
{
    expect(repeated("<a>", " ", LIMIT_XML_OCTETS, "</a>"), "too large");
}
END_TEST

START_TEST(scan_is_linear_in_one_long_line)
{
    expect(repeated("<a>", "<b c='1'>价</b>", 200000, "</a>"), NULL);
}
END_TEST

TCase *scan_cases(void)
{
    TCase *cases = tcase_create("scan");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, scan_counts_attributes_of_one_element);
    tcase_add_test(cases, scan_finds_attributes_hidden_behind_a_mistake);
    tcase_add_test(cases, scan_counts_depth);
    tcase_add_test(cases, scan_counts_nodes);
    tcase_add_test(cases, scan_measures_attribute_values);
    tcase_add_test(cases, scan_measures_the_whole);
    tcase_add_test(cases, scan_is_linear_in_one_long_line);
    return cases;
}
