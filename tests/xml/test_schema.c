#include "xml/schema.h"

#include <string.h>

#include "base/buffer.h"
#include "xml/suites.h"

static const char xsd[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='urn:t'"
    " targetNamespace='urn:t' elementFormDefault='qualified'>"
    "<xs:simpleType name='Amount'><xs:annotation><xs:documentation xml:lang='zh'>金额两位小数"
    "</xs:documentation><xs:documentation xml:lang='en'>two fraction digits</xs:documentation>"
    "</xs:annotation><xs:restriction base='xs:decimal'><xs:pattern value='[0-9]+\\.[0-9]{2}'/>"
    "</xs:restriction></xs:simpleType>"
    "<xs:simpleType name='Answer'><xs:restriction base='xs:string'><xs:enumeration value='yes'>"
    "<xs:annotation><xs:documentation xml:lang='zh'>是</xs:documentation></xs:annotation>"
    "</xs:enumeration><xs:enumeration value='no'/></xs:restriction></xs:simpleType>"
    "<xs:complexType name='Party'><xs:sequence><xs:element name='note' minOccurs='0'/>"
    "</xs:sequence><xs:attribute name='answer' type='t:Answer'/></xs:complexType>"
    "<xs:complexType name='Buyer'><xs:complexContent><xs:extension base='t:Party'>"
    "<xs:attribute name='pays' type='t:Amount'/></xs:extension></xs:complexContent>"
    "</xs:complexType>"
    "<xs:element name='deal'><xs:complexType><xs:sequence>"
    "<xs:element name='price' type='t:Amount'><xs:annotation><xs:documentation xml:lang='zh'>价款"
    "</xs:documentation><xs:documentation xml:lang='en'>the price</xs:documentation>"
    "</xs:annotation></xs:element>"
    "<xs:element name='buyer' type='t:Buyer' maxOccurs='9'/>"
    "<xs:element name='file' minOccurs='0' maxOccurs='9'><xs:complexType>"
    "<xs:attribute name='id' use='required'/></xs:complexType></xs:element>"
    "</xs:sequence><xs:attribute name='ref'/></xs:complexType>"
    "<xs:key name='k'><xs:selector xpath='t:file'/><xs:field xpath='@id'/></xs:key>"
    "<xs:keyref name='kr' refer='t:k'><xs:selector xpath='.'/><xs:field xpath='@ref'/></xs:keyref>"
    "</xs:element></xs:schema>";

static struct xml_schema *schema;

static void set_up(void)
{
    struct error err = {0};
    ck_assert_msg(xml_schema_parse(xsd, strlen(xsd), "t.xsd", &schema, &err) == 0, "%s", err.en);
}

static void tear_down(void)
{
    xml_schema_free(schema);
}

#define DEAL(attributes, content) "<deal xmlns='urn:t'" attributes ">\n" content "</deal>"

static const struct {
    const char *text;
    unsigned line;
    const char *zh;
    const char *en;
} refused[] = {
    {DEAL("", "<price>3,0</price><buyer/>"), 2,
     "price（价款）的值“3,0”不符合要求。应填：金额两位小数",
     "the value of price (the price), '3,0', is not accepted. Expected: two fraction digits"},
    {DEAL("", "<price>3</price><buyer/>"), 2, "应填：金额两位小数",
     "Expected: two fraction digits"},
    {DEAL("", "<price>3.00</price>\n<buyer answer='maybe'/>"), 3,
     "buyer/@answer的值“maybe”不符合要求。应填：可填：yes（是）、no", "One of: yes"},
    {DEAL("", "<price>3.00</price>\n<buyer pays='x'/>"), 3, "buyer/@pays的值“x”",
     "of buyer/@pays, 'x'"},
    {DEAL("", "<buyer/>"), 2, "此处不应出现元素 buyer", "Expected: price (the price)"},
    {DEAL("", "<price>3.00</price>"), 1, "元素 deal 里缺少子元素。应有：buyer",
     "the element deal lacks a child element. Expected: buyer"},
    {DEAL("", "<price>3.00</price><buyer/><price>3.00</price>"), 2, "此处不应出现元素 price",
     "Expected: file"},
    {DEAL("", "<price>3.00</price><buyer/><file/>"), 2, "元素 file 缺少必填的属性 id",
     "the element file lacks the required attribute id"},
    {DEAL("", "<price>3.00</price><buyer colour='x'/>"), 2, "元素 buyer 没有名为 colour 的属性",
     "the element buyer has no attribute named colour"},
    {DEAL("", "words<price>3.00</price><buyer/>"), 1, "元素 deal 里不能直接写文字",
     "the element deal cannot hold text itself"},
    {DEAL("", "<price>3.00</price><buyer/><file id='a'/>\n<file id='a'/>"), 3,
     "元素 file 的标识“a”重复", "the element file has the identifier 'a'"},
    {DEAL(" ref='b'", "<price>3.00</price><buyer/><file id='a'/>"), 1, "deal/@ref 引用了“b”",
     "deal/@ref refers to 'b'"},
    {"<other xmlns='urn:t'/>", 1, "根元素 other", "no root element other"},
    {DEAL("", "<price>x</price><buyer pays='y'/><buyer pays='z'/>"), 2, "（另有 2 处不符合）",
     "(and 2 more)"},
};

START_TEST(schema_says_what_is_wrong_and_what_is_expected)
{
    struct error err = {0};
    struct xml_document *document = load_good(refused[_i].text);
    ck_assert_int_eq(xml_schema_validate(schema, document, &err), ERROR_INPUT);
    ck_assert_msg(strstr(err.zh, refused[_i].zh) != NULL, "%s", err.zh);
    ck_assert_msg(strstr(err.en, refused[_i].en) != NULL, "%s", err.en);
    ck_assert_uint_eq(err.line, refused[_i].line);
    ck_assert_str_eq(err.source, "good.xml");
    xml_document_free(document);
}
END_TEST

START_TEST(schema_accepts_what_is_valid)
{
    struct xml_document *document = load_good(
        DEAL(" ref='a'", "<price>3.00</price><buyer answer='yes' pays='1.00'/><file id='a'/>"));
    ck_assert_int_eq(xml_schema_validate(schema, document, NULL), 0);
    ck_assert_int_eq(xml_schema_validate(schema, document, NULL), 0);
    xml_document_free(document);
}
END_TEST

START_TEST(schema_counts_violations_only_so_far)
{
    struct error err = {0};
    struct buffer text;
    buffer_init(&text, 10000000);
    buffer_append_text(&text, "<deal xmlns='urn:t'>");
    for (int i = 0; i < 5000; i++)
        buffer_append_text(&text, "<price>x</price>");
    buffer_append_text(&text, "</deal>");
    struct xml_document *document = load_good(buffer_text(&text));
    ck_assert_int_eq(xml_schema_validate(schema, document, &err), ERROR_INPUT);
    ck_assert_uint_gt(strlen(err.zh), 0);
    xml_document_free(document);
    buffer_free(&text);
}
END_TEST

static const char *const bad_schemas[] = {
    ("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='x'/>"
     "</xs:schema>"),
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:assert test='1'/></xs:schema>",
    "<a/>",
    "<a>",
    "",
};

START_TEST(schema_that_is_bad_is_a_fault_of_configuration)
{
    struct xml_schema *bad = NULL;
    struct error err = {0};
    ck_assert_int_eq(
        xml_schema_parse(bad_schemas[_i], strlen(bad_schemas[_i]), "bad.xsd", &bad, &err),
        ERROR_CONFIG);
    ck_assert_ptr_null(bad);
    ck_assert_int_eq(err.code, ERROR_CONFIG);
    ck_assert_str_eq(err.source, "bad.xsd");
    xml_schema_free(NULL);
}
END_TEST

TCase *schema_cases(void)
{
    TCase *cases = tcase_create("schema");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, schema_says_what_is_wrong_and_what_is_expected, 0,
                        sizeof refused / sizeof refused[0]);
    tcase_add_test(cases, schema_accepts_what_is_valid);
    tcase_add_test(cases, schema_counts_violations_only_so_far);
    tcase_add_loop_test(cases, schema_that_is_bad_is_a_fault_of_configuration, 0,
                        sizeof bad_schemas / sizeof bad_schemas[0]);
    return cases;
}
