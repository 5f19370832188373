#include "xml/location.h"

#include "xml/node.h"
#include "xml/suites.h"

static void expect_path(const struct xml_node *node, const char *expected)
{
    struct buffer path;
    buffer_init(&path, 1000);
    xml_location_path(node, &path);
    ck_assert_str_eq(buffer_text(&path), expected);
    buffer_free(&path);
}

START_TEST(location_is_that_of_the_start_tag)
{
    struct xml_document *document = load_good("<!-- <x> -->\n<a\n  k='v'>\n  价<b\n j='1'/></a>");
    const struct xml_node *root = xml_document_root(document);
    const struct xml_node *b = xml_node_first_element(root);
    ck_assert_uint_eq(xml_location_line(root), 2);
    ck_assert_uint_eq(xml_location_column(root), 1);
    ck_assert_uint_eq(xml_location_line(b), 4);
    ck_assert_uint_eq(xml_location_column(b), 4);
    ck_assert_uint_eq(xml_location_line(xml_node_attribute_at(b, 0)), 4);
    ck_assert_uint_eq(xml_location_line(xml_node_first(root)), 2);
    ck_assert_uint_eq(xml_location_line(xml_document_node(document)), 0);
    xml_document_free(document);
}
END_TEST

START_TEST(location_is_exact_past_65535_lines)
{
    struct buffer text;
    buffer_init(&text, 1000000);
    buffer_append_text(&text, "<a>");
    for (int i = 0; i < 70000; i++)
        buffer_append_text(&text, "\n");
    buffer_append_text(&text, "<b/><c/></a>");
    struct xml_document *document = load_good(buffer_text(&text));
    const struct xml_node *b = xml_node_first_element(xml_document_root(document));
    ck_assert_uint_eq(xml_location_line(b), 70001);
    ck_assert_uint_eq(xml_location_line(xml_node_next_element(b)), 70001);
    ck_assert_uint_eq(xml_location_column(xml_node_next_element(b)), 5);
    xml_document_free(document);
    buffer_free(&text);
}
END_TEST

START_TEST(location_path_counts_only_namesakes)
{
    struct xml_document *document = load_good("<a><b/><c><d k='1'/><d j='2'>x</d></c></a>");
    const struct xml_node *root = xml_document_root(document);
    const struct xml_node *b = xml_node_first_element(root);
    const struct xml_node *d = xml_node_first_element(xml_node_next_element(b));
    const struct xml_node *second = xml_node_next_element(d);
    expect_path(root, "/a");
    expect_path(b, "/a/b");
    expect_path(d, "/a/c/d[1]");
    expect_path(xml_node_attribute_at(second, 0), "/a/c/d[2]/@j");
    expect_path(xml_node_first(second), "/a/c/d[2]/text()");
    expect_path(xml_document_node(document), "/");
    xml_document_free(document);
}
END_TEST

TCase *location_cases(void)
{
    TCase *cases = tcase_create("location");
    tcase_add_test(cases, location_is_that_of_the_start_tag);
    tcase_add_test(cases, location_is_exact_past_65535_lines);
    tcase_add_test(cases, location_path_counts_only_namesakes);
    return cases;
}
