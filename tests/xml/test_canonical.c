#include "xml/canonical.h"

#include <string.h>

#include "xml/node.h"
#include "xml/suites.h"
#include "xml/write.h"

static void expect_canonical(const char *text, int child, const char *expected)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *node = xml_document_root(document);
    struct buffer out;
    struct error err = {0};
    buffer_init(&out, 10000);
    if (child)
        node = xml_node_first_element(node);
    ck_assert_msg(xml_canonicalise(document, node, &out, &err) == 0, "%s", err.en);
    ck_assert_str_eq(buffer_text(&out), expected);
    buffer_free(&out);
    xml_document_free(document);
}

START_TEST(canonical_form_drops_comments_and_orders_attributes)
{
    expect_canonical("<a z='1'  b=\"2\"><!-- c --><c/><?p x?></a>", 0,
                     "<a b=\"2\" z=\"1\"><c></c><?p x?></a>");
}
END_TEST

START_TEST(canonical_form_of_a_subtree_declares_only_what_it_uses)
{
    expect_canonical("<p:a xmlns:p='urn:p' xmlns:q='urn:q' xmlns='urn:d'><q:b k='1'><c/></q:b>"
                     "</p:a>",
                     1, "<q:b xmlns:q=\"urn:q\" k=\"1\"><c xmlns=\"urn:d\"></c></q:b>");
}
END_TEST

START_TEST(canonical_form_escapes_as_the_standard_says)
{
    expect_canonical("<a b='&lt;&#10;&quot;&gt;&#13;&#9;'>&lt;&gt;&amp;&#13;\"</a>", 0,
                     "<a b=\"&lt;&#xA;&quot;>&#xD;&#x9;\">&lt;&gt;&amp;&#xD;\"</a>");
}
END_TEST

START_TEST(canonical_form_that_does_not_fit_is_a_failure)
{
    struct xml_document *document = load_good("<a>long enough</a>");
    struct buffer out;
    buffer_init(&out, 5);
    ck_assert_int_eq(xml_canonicalise(document, xml_document_root(document), &out, NULL),
                     ERROR_INPUT);
    buffer_free(&out);
    xml_document_free(document);
}
END_TEST

/* What the writer writes is canonical already: parsing and canonicalising changes nothing. */
START_TEST(written_elements_are_in_canonical_form)
{
    struct buffer out;
    struct buffer again;
    buffer_init(&out, 1000);
    buffer_init(&again, 1000);
    xml_write_open(&out, "a");
    xml_write_attribute(&out, "xmlns", "urn:x");
    xml_write_attribute(&out, "k", "<\"&'>\t\n\r价");
    xml_write_begin(&out);
    xml_write_text(&out, "<\"&'>\t\n\r价");
    xml_write_element(&out, "b", "");
    xml_write_close(&out, "a");
    ck_assert_int_eq(out.failed, 0);
    struct xml_document *document = load_good(buffer_text(&out));
    ck_assert_str_eq(xml_node_attribute(xml_document_root(document), "k"), "<\"&'>\t\n\r价");
    ck_assert_int_eq(xml_canonicalise(document, xml_document_root(document), &again, NULL), 0);
    ck_assert_str_eq(buffer_text(&out), buffer_text(&again));
    xml_document_free(document);
    buffer_free(&out);
    buffer_free(&again);
}
END_TEST

TCase *canonical_cases(void)
{
    TCase *cases = tcase_create("canonical");
    tcase_add_test(cases, canonical_form_drops_comments_and_orders_attributes);
    tcase_add_test(cases, canonical_form_of_a_subtree_declares_only_what_it_uses);
    tcase_add_test(cases, canonical_form_escapes_as_the_standard_says);
    tcase_add_test(cases, canonical_form_that_does_not_fit_is_a_failure);
    return cases;
}

TCase *write_cases(void)
{
    TCase *cases = tcase_create("write");
    tcase_add_test(cases, written_elements_are_in_canonical_form);
    return cases;
}
