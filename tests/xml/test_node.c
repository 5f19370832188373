#include "xml/node.h"

#include "xml/suites.h"

static const char text[] = "<a xmlns='urn:x' xmlns:p='urn:p' k='v' p:k='w'>t<b/><!--c--><b>one</b>"
                           "<c>x<![CDATA[y]]></c><d>x<e/></d></a>";

START_TEST(node_walk_sees_elements_and_everything)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *root = xml_document_root(document);
    unsigned all = 0;
    unsigned elements = 0;
    for (const struct xml_node *at = xml_node_first(root); at != NULL; at = xml_node_next(at))
        all++;
    for (const struct xml_node *at = xml_node_first_element(root); at != NULL;
         at = xml_node_next_element(at))
        elements++;
    ck_assert_uint_eq(all, 6);
    ck_assert_uint_eq(elements, 4);
    ck_assert(xml_node_is(root, "urn:x", "a"));
    ck_assert(!xml_node_is(root, "", "a"));
    ck_assert(!xml_node_is(NULL, "urn:x", "a"));
    ck_assert_int_eq(xml_node_kind(xml_document_node(document)), XML_DOCUMENT);
    ck_assert_ptr_null(xml_node_parent(xml_document_node(document)));
    ck_assert_ptr_null(xml_node_next(xml_document_node(document)));
    xml_document_free(document);
}
END_TEST

START_TEST(node_attribute_is_only_that_of_no_namespace)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *root = xml_document_root(document);
    ck_assert_str_eq(xml_node_attribute(root, "k"), "v");
    ck_assert_ptr_null(xml_node_attribute(root, "absent"));
    ck_assert_str_eq(xml_attribute_value(xml_node_attribute_at(root, 1)), "w");
    ck_assert_str_eq(xml_node_namespace(xml_node_attribute_at(root, 1)), "urn:p");
    ck_assert_ptr_null(xml_node_attribute_at(root, 2));
    ck_assert_ptr_eq(xml_node_parent(xml_node_attribute_at(root, 0)), root);
    xml_document_free(document);
}
END_TEST

START_TEST(node_declarations_are_those_of_the_element_itself)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *root = xml_document_root(document);
    const char *prefix;
    const char *uri;
    ck_assert(xml_node_declaration_at(root, 0, &prefix, &uri));
    ck_assert_str_eq(prefix, "");
    ck_assert_str_eq(uri, "urn:x");
    ck_assert(xml_node_declaration_at(root, 1, &prefix, &uri));
    ck_assert_str_eq(prefix, "p");
    ck_assert(!xml_node_declaration_at(root, 2, &prefix, &uri));
    ck_assert(!xml_node_declaration_at(xml_node_first_element(root), 0, &prefix, &uri));
    xml_document_free(document);
}
END_TEST

START_TEST(node_text_is_one_piece_or_nothing)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *b = xml_node_first_element(xml_document_root(document));
    const struct xml_node *one = xml_node_next_element(b);
    const struct xml_node *cdata = xml_node_next_element(one);
    ck_assert_str_eq(xml_node_text(b), "");
    ck_assert_str_eq(xml_node_text(one), "one");
    ck_assert_ptr_null(xml_node_text(cdata));
    ck_assert_ptr_null(xml_node_text(xml_node_next_element(cdata)));
    ck_assert_ptr_null(xml_node_text(xml_document_node(document)));
    xml_document_free(document);
}
END_TEST

START_TEST(nodes_compare_in_document_order)
{
    struct xml_document *document = load_good(text);
    const struct xml_node *root = xml_document_root(document);
    const struct xml_node *b = xml_node_first_element(root);
    ck_assert_int_lt(xml_node_compare(root, b), 0);
    ck_assert_int_gt(xml_node_compare(b, root), 0);
    ck_assert_int_eq(xml_node_compare(b, b), 0);
    ck_assert_int_lt(xml_node_compare(b, xml_node_next_element(b)), 0);
    ck_assert_int_lt(
        xml_node_compare(xml_node_attribute_at(root, 0), xml_node_attribute_at(root, 1)), 0);
    ck_assert_int_lt(xml_node_compare(xml_node_attribute_at(root, 1), b), 0);
    xml_document_free(document);
}
END_TEST

TCase *node_cases(void)
{
    TCase *cases = tcase_create("node");
    tcase_add_test(cases, node_walk_sees_elements_and_everything);
    tcase_add_test(cases, node_attribute_is_only_that_of_no_namespace);
    tcase_add_test(cases, node_declarations_are_those_of_the_element_itself);
    tcase_add_test(cases, node_text_is_one_piece_or_nothing);
    tcase_add_test(cases, nodes_compare_in_document_order);
    return cases;
}
