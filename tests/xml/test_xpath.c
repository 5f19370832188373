#include "xml/xpath.h"

#include <libxml/xmlmemory.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "xml/node.h"
#include "xml/suites.h"

static struct xml_xpath *xpath;
static struct xml_document *record;
static struct xml_document *data;

static void set_up(void)
{
    struct error err = {0};
    ck_assert_int_eq(xml_xpath_new(&xpath, &err), 0);
    record = load_good("<r:a xmlns:r='urn:r' on='2025-08-04' m='3000000.00'><r:b k='1'/>"
                       "<r:b k='2'/></r:a>");
    data = load_good("<d><y on='2025-08-04' n='1'/><y on='2025-08-05' n='2'/></d>");
    xml_xpath_namespace(xpath, "r", "urn:r");
    xml_xpath_namespace(xpath, "date", "http://exslt.org/dates-and-times");
    xml_xpath_namespace(xpath, "other", "urn:other");
    ck_assert_int_eq(xml_xpath_document(xpath, "data.xml", data), 0);
}

static void tear_down(void)
{
    xml_xpath_free(xpath);
    xml_document_free(record);
    xml_document_free(data);
}

static int evaluate(const char *text, struct xml_value **out, struct error *err)
{
    struct xml_expression *expression = NULL;
    int code = xml_expression_compile(xpath, text, &expression, err);
    *out = NULL;
    if (code == 0)
        code = xml_expression_evaluate(expression, record, NULL, out, err);
    xml_expression_free(expression);
    return code;
}

static struct xml_value *good(const char *text)
{
    struct xml_value *value;
    struct error err = {0};
    ck_assert_msg(evaluate(text, &value, &err) == 0, "%s", err.en);
    return value;
}

static const struct {
    const char *expression;
    const char *text;
} rows[] = {
    {"count(/r:a/r:b)", "2"},
    {"string(/r:a/@on)", "2025-08-04"},
    {"/r:a/r:b[2]/@k = 2", "true"},
    {"date:seconds(/r:a/@on) div 86400", "20304"},
    {"date:add('2025-11-30', 'P3M')", "2026-02-28"},
    {"date:difference('2025-08-04', '2025-08-19')", "P15D"},
    {"date:seconds('nonsense')", "NaN"},
    {"date:add('nonsense', 'P1D')", ""},
    {"date:seconds(/r:a/@absent) > 0", "false"},
    {"count(document('data.xml')/d/y)", "2"},
    {"document('data.xml')/d/y[@on = /d/y[2]/@on]/@n", "2"},
    {"position() + last()", "2"},
    {"number(translate('3000000.10', '.', ''))", "300000010"},
    {"floor((date:seconds('2025-08-04T00:00:00+08:00') + 28800) div 86400)", "20304"},
    {"boolean(/r:a/r:none)", "false"},
    {"name(/*)", "r:a"},
};

START_TEST(xpath_gives_the_value)
{
    struct buffer text;
    buffer_init(&text, 100);
    struct xml_value *value = good(rows[_i].expression);
    xml_value_string(value, &text);
    ck_assert_str_eq(buffer_text(&text), rows[_i].text);
    xml_value_free(value);
    buffer_free(&text);
}
END_TEST

static const struct {
    const char *expression;
    const char *en;
} refused[] = {
    {"", "not a valid XPath"},
    {"/r:a[", "not a valid XPath"},
    {"a b", "not a valid XPath"},
    {"/x:a", "undeclared prefix 'x'"},
    {"false() and /x:a", "undeclared prefix 'x'"},
    {"nosuch(1)", "unknown function 'nosuch'"},
    {"true() or current()", "unknown function 'current'"},
    {"key('a', 'b')", "unknown function 'key'"},
    {"date:date()", "unknown function 'date:date'"},
    {"other:seconds('2025-08-04')", "unknown function 'other:seconds'"},
    {"here()", "unknown function 'here'"},
    {"$absent", "variable $absent is not defined"},
    {"true() or $absent = 1", "variable $absent is not defined"},
    {"document('other.xml')", "there is no such data file"},
    {"document('/etc/hostname')", "there is no such data file"},
    {"document(/r:a)", "must be a file name"},
    {"document('data.xml', /)", "cannot be evaluated"},
    {"date:seconds()", "cannot be evaluated"},
    {"date:add('2025-08-04')", "cannot be evaluated"},
    {"count('a')", "cannot be evaluated"},
    {"not()", "cannot be evaluated"},
};

START_TEST(xpath_refuses_and_says_why)
{
    struct xml_value *value;
    struct error err = {0};
    ck_assert_int_eq(evaluate(refused[_i].expression, &value, &err), ERROR_CONFIG);
    ck_assert_ptr_null(value);
    ck_assert_msg(strstr(err.en, refused[_i].en) != NULL, "%s", err.en);
    ck_assert_uint_gt(strlen(err.zh), 0);
}
END_TEST

START_TEST(xpath_variables_can_be_read_many_times)
{
    ck_assert_int_eq(xml_xpath_variable(xpath, "days", good("document('data.xml')/d/y")), 0);
    ck_assert_int_eq(xml_xpath_variable(xpath, "b", good("/r:a/r:b")), 0);
    ck_assert_int_eq(xml_xpath_variable(xpath, "on", good("/r:a/@on")), 0);
    for (int i = 0; i < 100; i++) {
        struct xml_value *value = good("count($days) + count($days[@on = $on]) + count($b)");
        ck_assert_double_eq(xml_value_number(value), 5);
        xml_value_free(value);
    }
    struct xml_value *both = good("$days | $b");
    ck_assert_uint_eq(xml_value_node_count(both), 4);
    xml_value_free(both);
    ck_assert_int_eq(xml_xpath_variable(xpath, "b", NULL), 0);
    ck_assert_int_eq(evaluate("$b", &both, NULL), ERROR_CONFIG);
}
END_TEST

START_TEST(xpath_nodes_come_in_document_order)
{
    struct xml_value *value = good("/r:a/r:b[2] | /r:a/r:b[1] | /r:a/@on");
    ck_assert_int_eq(xml_value_type(value), XML_VALUE_NODES);
    ck_assert_uint_eq(xml_value_node_count(value), 3);
    ck_assert_str_eq(xml_node_name(xml_value_node_at(value, 0)), "on");
    ck_assert_str_eq(xml_node_attribute(xml_value_node_at(value, 1), "k"), "1");
    ck_assert_ptr_null(xml_value_node_at(value, 3));
    xml_value_free(value);
}
END_TEST

START_TEST(xpath_evaluates_at_the_node_it_is_given)
{
    struct xml_expression *expression = NULL;
    struct xml_value *value = NULL;
    const struct xml_node *b = xml_node_first_element(xml_document_root(record));
    ck_assert_int_eq(xml_expression_compile(xpath, "@k", &expression, NULL), 0);
    for (; b != NULL; b = xml_node_next_element(b)) {
        ck_assert_int_eq(xml_expression_evaluate(expression, record, b, &value, NULL), 0);
        ck_assert(xml_value_boolean(value));
        ck_assert_double_eq(xml_value_number(value), strtod(xml_node_attribute(b, "k"), NULL));
        xml_value_free(value);
    }
    ck_assert_int_eq(xml_expression_evaluate(expression, data, NULL, &value, NULL), 0);
    ck_assert(!xml_value_boolean(value));
    xml_value_free(value);
    xml_expression_free(expression);
}
END_TEST

START_TEST(xpath_stops_an_expression_that_never_ends)
{
    struct buffer text;
    struct xml_value *value;
    struct error err = {0};
    buffer_init(&text, 10000);
    for (int i = 0; i < 40; i++)
        buffer_append_text(&text, "//*[count(");
    buffer_append_text(&text, "//*");
    for (int i = 0; i < 40; i++)
        buffer_append_text(&text, ") > 0]");
    ck_assert_int_eq(evaluate(buffer_text(&text), &value, &err), ERROR_CONFIG);
    ck_assert_msg(strstr(err.en, "needs more than") != NULL, "%s", err.en);
    /* and the next expression has its full allowance again */
    xml_value_free(good("count(//*)"));
    buffer_free(&text);
}
END_TEST

START_TEST(xpath_survives_absurd_nesting)
{
    struct buffer text;
    struct xml_value *value;
    buffer_init(&text, 1000000);
    for (int i = 0; i < 50000; i++)
        buffer_append_text(&text, "(");
    ck_assert_int_eq(evaluate(buffer_text(&text), &value, NULL), ERROR_CONFIG);
    buffer_free(&text);
}
END_TEST

/* Each evaluation stays below its own limit; together they must not go on for ever. */
START_TEST(xpath_counts_the_operations_of_a_whole_record)
{
    struct error err = {0};
    struct xml_value *value = NULL;
    int code = 0;
    int rounds = 0;
    char deep[] = "count((//node()|//@*)[count((//node()|//@*)[count(//node()|//@*) > 0]) > 0])";

    for (; code == 0 && rounds < 1000000; rounds++) {
        code = evaluate(deep, &value, &err);
        xml_value_free(value);
        value = NULL;
    }
    ck_assert_int_gt(rounds, 10);
    ck_assert_int_eq(code, ERROR_CONFIG);
    ck_assert_ptr_nonnull(strstr(err.en, "all rules together"));
    ck_assert_ptr_nonnull(strstr(err.zh, "全部规则"));
    ck_assert_int_eq(evaluate("1", &value, NULL), ERROR_CONFIG);
    xml_xpath_restart(xpath);
    ck_assert_int_eq(evaluate("1", &value, NULL), 0);
    xml_value_free(value);
}
END_TEST

static size_t growths_left;

static void *scarce_realloc(void *memory, size_t size)
{
    return growths_left == 0 ? NULL : (growths_left--, realloc(memory, size));
}

/* True only when every node was found. */
START_TEST(xpath_gives_no_answer_when_a_node_set_cannot_grow)
{
    struct xml_expression *expression = NULL;
    struct xml_document *long_list = load_good("<a><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/>"
                                               "<b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b k='1'/>"
                                               "</a>");
    int code = ERROR_MEMORY;
    ck_assert_int_eq(xml_expression_compile(xpath, "count(//b | //@k) = 24 and count(//b[@k]) = 1",
                                            &expression, NULL),
                     0);
    for (size_t allowed = 0; code != 0 && allowed < 100; allowed++) {
        struct xml_value *value = NULL;
        growths_left = allowed;
        ck_assert_int_eq(xmlMemSetup(free, malloc, scarce_realloc, strdup), 0);
        code = xml_expression_evaluate(expression, long_list, NULL, &value, NULL);
        ck_assert_int_eq(xmlMemSetup(free, malloc, realloc, strdup), 0);
        ck_assert(code == 0 || code == ERROR_MEMORY);
        ck_assert(code != 0 || xml_value_boolean(value));
        ck_assert(allowed > 0 || code == ERROR_MEMORY);
        xml_value_free(value);
    }
    ck_assert_int_eq(code, 0);
    xml_expression_free(expression);
    xml_document_free(long_list);
}
END_TEST

START_TEST(xpath_values_are_copied_and_made_from_text)
{
    struct xml_value *text;
    struct xml_value *copy;
    ck_assert_int_eq(xml_value_from_string("2026-11-01", &text), 0);
    ck_assert_int_eq(xml_value_copy(text, &copy), 0);
    ck_assert_int_eq(xml_value_type(copy), XML_VALUE_STRING);
    ck_assert(isnan(xml_value_number(copy)));
    ck_assert_uint_eq(xml_value_node_count(copy), 0);
    xml_value_free(text);
    ck_assert_int_eq(xml_xpath_variable(xpath, "at", copy), 0);
    struct xml_value *value = good("date:seconds($at) > 0");
    ck_assert_int_eq(xml_value_type(value), XML_VALUE_BOOLEAN);
    ck_assert(xml_value_boolean(value));
    xml_value_free(value);
    xml_value_free(NULL);
    xml_xpath_free(NULL);
    xml_expression_free(NULL);
}
END_TEST

START_TEST(xpath_expression_names_its_variables)
{
    struct xml_expression *expression = NULL;
    ck_assert_int_eq(xml_expression_compile(xpath, "$a + $b", &expression, NULL), 0);
    ck_assert_str_eq(xml_expression_variable_at(expression, 0), "a");
    ck_assert_str_eq(xml_expression_variable_at(expression, 1), "b");
    ck_assert_ptr_null(xml_expression_variable_at(expression, 2));
    xml_expression_free(expression);
}
END_TEST

TCase *xpath_cases(void)
{
    TCase *cases = tcase_create("xpath");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, xpath_gives_the_value, 0, sizeof rows / sizeof rows[0]);
    tcase_add_loop_test(cases, xpath_refuses_and_says_why, 0, sizeof refused / sizeof refused[0]);
    tcase_add_test(cases, xpath_variables_can_be_read_many_times);
    tcase_add_test(cases, xpath_nodes_come_in_document_order);
    tcase_add_test(cases, xpath_evaluates_at_the_node_it_is_given);
    tcase_add_test(cases, xpath_stops_an_expression_that_never_ends);
    tcase_add_test(cases, xpath_counts_the_operations_of_a_whole_record);
    tcase_add_test(cases, xpath_survives_absurd_nesting);
    tcase_add_test(cases, xpath_gives_no_answer_when_a_node_set_cannot_grow);
    tcase_add_test(cases, xpath_values_are_copied_and_made_from_text);
    tcase_add_test(cases, xpath_expression_names_its_variables);
    return cases;
}
