#include "xml/expression_names.h"

#include <string.h>

#include "base/buffer.h"
#include "xml/suites.h"

static int collect(void *context, enum name_kind kind, const char *text, size_t length)
{
    static const char marks[] = {':', '(', '$'};
    buffer_append_format(context, "%.*s%c ", (int)length, text, marks[kind]);
    return 0;
}

static const struct {
    const char *expression;
    const char *names;
} rows[] = {
    {"/r:record/r:deal/@id", "r: r: "},
    {"count(a) * 2", "count( "},
    {"a and (b or not(c))", "not( "},
    {"a div (b mod (c))", ""},
    {"and and (or)", ""},
    {"date:seconds(@on) div 86400", "date: date:seconds( "},
    {"$days[@n > $from][not(@on = $notice/r:outage/@date)]", "days$ from$ not( notice$ r: "},
    {"'$x f(y) p:z' = \"it's $y\"", ""},
    {"child::node()/text() | comment()", ""},
    {"ancestor-or-self::r:x/descendant::*", "r: "},
    {"* * *", ""},
    {"r:* * r:*", "r: r: "},
    {"@* = 1.5", ""},
    {"3 div(a)", ""},
    {"$p:x + $y", "p: p:x$ y$ "},
    {"f (x)", "f( "},
    {"..//a[last()-1]", "last( "},
    {"价格函数(1)", "价格函数( "},
};

START_TEST(expression_names_are_told_from_operators_and_literals)
{
    struct buffer names;
    buffer_init(&names, 1000);
    ck_assert_int_eq(expression_names(rows[_i].expression, collect, &names), 0);
    ck_assert_str_eq(buffer_text(&names), rows[_i].names);
    buffer_free(&names);
}
END_TEST

TCase *expression_cases(void)
{
    TCase *cases = tcase_create("expression");
    tcase_add_loop_test(cases, expression_names_are_told_from_operators_and_literals, 0,
                        sizeof rows / sizeof rows[0]);
    return cases;
}
