#include <string.h>

#include "rule/xpath_text.h"
#include "suites.h"

/* What is told from the text of an expression. */

static const struct {
    const char *context;
    const char *expected; /* NULL: not a pattern */
} contexts[] = {
    {"r:a", "//r:a"},
    {" r:a ", "//r:a "},
    {"/r:record", "/r:record"},
    {"//r:a", "//r:a"},
    {"/", "/"},
    {"@x", "//@x"},
    {"r:a/@x", "//r:a/@x"},
    {"r:a | /r:b|r:c", "//r:a | /r:b| //r:c"},
    {"r:a[r:b | r:c]/r:d", "//r:a[r:b | r:c]/r:d"},
    {"r:a[@x = '|'] | *", "//r:a[@x = '|'] | //*"},
    {"r:a[@x = ']']", "//r:a[@x = ']']"},
    {"r:a[b[1]][../@x = /r:b/@y]", "//r:a[b[1]][../@x = /r:b/@y]"},
    {"child::r:a/attribute::x", "//child::r:a/attribute::x"},
    {"comment()", "//comment()"},
    {"", NULL},
    {"r:a |", NULL},
    {"| r:a", NULL},
    {".", NULL},
    {"r:a/..", NULL},
    {"ancestor::r:a", NULL},
    {"key('k', 1)", NULL},
    {"id('x')", NULL},
    {"$x", NULL},
    {"r:a[@x = $x]", NULL},
    {"r:a[1", NULL},
    {"(r:a)", NULL},
};

START_TEST(contexts_become_expressions)
{
    struct buffer out;
    buffer_init(&out, 1024);
    int code = xpath_text_select_context(contexts[_i].context, &out);
    ck_assert_msg((code == 0) == (contexts[_i].expected != NULL), "%s", contexts[_i].context);
    if (code == 0)
        ck_assert_str_eq(buffer_text(&out), contexts[_i].expected);
    buffer_free(&out);
}
END_TEST

START_TEST(variables_are_found_outside_literals)
{
    size_t length = 0;
    const char *text = "concat('$no', \"$no\", $days , $n:m)";
    const char *name = xpath_text_next_variable(text, &length);
    ck_assert_uint_eq(length, 4);
    ck_assert_int_eq(memcmp(name, "days", 4), 0);
    name = xpath_text_next_variable(name + length, &length);
    ck_assert_uint_eq(length, 3);
    ck_assert_int_eq(memcmp(name, "n:m", 3), 0);
    ck_assert_ptr_null(xpath_text_next_variable(name + length, &length));
    ck_assert(!xpath_text_has_variable("'$a"));
}
END_TEST

START_TEST(plain_names_are_variables_and_attributes_alone)
{
    size_t length = 0;
    ck_assert_ptr_nonnull(xpath_text_plain_name(" $days ", &length));
    ck_assert_uint_eq(length, 4);
    ck_assert_ptr_nonnull(xpath_text_plain_name("@date", &length));
    ck_assert_ptr_null(xpath_text_plain_name("$days + 1", &length));
    ck_assert_ptr_null(xpath_text_plain_name("r:a/@date", &length));
    ck_assert_ptr_null(xpath_text_plain_name("@*", &length));
}
END_TEST

Suite *xpath_text_suite(void)
{
    Suite *suite = suite_create("xpath_text");
    TCase *tcase = tcase_create("xpath_text");
    tcase_add_loop_test(tcase, contexts_become_expressions, 0,
                        sizeof contexts / sizeof contexts[0]);
    tcase_add_test(tcase, variables_are_found_outside_literals);
    tcase_add_test(tcase, plain_names_are_variables_and_attributes_alone);
    suite_add_tcase(suite, tcase);
    return suite;
}
