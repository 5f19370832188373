#include "xml/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "xml/node.h"
#include "xml/suites.h"

/* What each file of tests/fixtures/hostile is refused for, and where. */
static const struct {
    const char *file;
    unsigned line;
    unsigned column;
    const char *zh;
    const char *en;
} hostile[] = {
    {"doctype-external.xml", 2, 1, "DOCTYPE", "contains a DOCTYPE"},
    {"external-entity.xml", 2, 1, "DOCTYPE", "contains a DOCTYPE"},
    {"entity-bomb.xml", 1, 1, "DOCTYPE", "contains a DOCTYPE"},
    {"parameter-entity.xml", 1, 1, "DOCTYPE", "contains a DOCTYPE"},
    {"undeclared-entity.xml", 3, 17, "实体引用“&company”", "the entity reference '&company'"},
    {"xinclude.xml", 2, 3, "XInclude", "XInclude"},
    {"declared-gb18030.xml", 1, 1, "“GB18030”；只接受 UTF-8", "'GB18030'; only UTF-8"},
    {"octets-gbk.xml", 2, 18, "不是 UTF-8 编码", "not UTF-8: the octet 0xC0"},
    {"overlong-utf8.xml", 2, 18, "不是 UTF-8 编码", "not UTF-8: the octet 0xC0"},
    {"utf-16.xml", 1, 1, "UTF-16", "the file is UTF-16"},
    {"byte-order-mark.xml", 1, 1, "BOM", "byte order mark"},
    {"nul-octet.xml", 2, 1, "空字符", "NUL octet"},
    {"control-character.xml", 2, 3, "控制字符（首字节 0x01）", "control character"},
    {"empty.xml", 0, 0, "文件是空的", "the file is empty"},
    {"blank.xml", 0, 0, "只有空白", "nothing but white space"},
    {"json.xml", 1, 1, "JSON", "this looks like JSON"},
    {"comma-separated.xml", 1, 1, "这不是 XML", "this is not XML"},
    {"pdf.xml", 1, 1, "PDF", "this is a PDF"},
    {"two-records.xml", 2, 1, "一个文件只能有一份", "another element follows the root"},
    {"trailing-text.xml", 2, 1, "根元素之后还有多余的内容", "there is more after the root"},
    {"cut-short.xml", 3, 1, "文件不完整", "the file is cut short"},
    {"tag-mismatch.xml", 2, 33, "第 2 行开始的“holder”在这里以“transferee”结束",
     "opened in line 2 as 'holder' is ended here as 'transferee'"},
    {"attribute-twice.xml", 2, 28, "属性重复：name", "an attribute is given twice: name"},
    {"undeclared-prefix.xml", 2, 21, "前缀没有声明：p", "prefix is not declared: p"},
    {"less-than-in-value.xml", 2, 18, "&lt;", "'<' is not allowed in an attribute value"},
    {"open-quote.xml", 3, 1, "引号没有配对", "is not closed"},
    {"no-quotes.xml", 2, 16, "应放在引号里", "must stand in quotation marks"},
    {"open-comment.xml", 2, 3, "注释没有", "the comment is not ended"},
    {"relative-namespace.xml", 1, 33, "相对地址", "relative namespace"},
    {"xml-1.1.xml", 1, 1, "1.0", "must be 1.0"},
    {"late-declaration.xml", 2, 6, "XML 声明只能放在", "only at the very beginning"},
};

START_TEST(load_refuses_a_hostile_file_with_its_place)
{
    struct xml_document *document = NULL;
    struct error err = {0};
    struct buffer octets;
    struct buffer path;
    buffer_init(&path, 1000);
    buffer_append_format(&path, SOURCE_ROOT "/tests/fixtures/hostile/%s", hostile[_i].file);
    ck_assert_int_eq(file_read(buffer_text(&path), LIMIT_RECORD_OCTETS, &octets, NULL), 0);
    ck_assert_int_eq(xml_load(octets.data, octets.length, hostile[_i].file, &document, &err),
                     ERROR_INPUT);
    ck_assert_ptr_null(document);
    ck_assert_str_eq(err.source, hostile[_i].file);
    ck_assert_msg(strstr(err.zh, hostile[_i].zh) != NULL, "%s", err.zh);
    ck_assert_msg(strstr(err.en, hostile[_i].en) != NULL, "%s", err.en);
    ck_assert_uint_eq(err.line, hostile[_i].line);
    ck_assert_uint_eq(err.column, hostile[_i].column);
    buffer_free(&octets);
    buffer_free(&path);
}
END_TEST

static const char *const malformed[] = {
    "<a b></a>",
    "<a b='1'c='2'/>",
    "<a><b></a></b>",
    "<a>&#0;</a>",
    "<a>&#xFFFE;</a>",
    "<a>&#x110000;</a>",
    "<a>]]></a>",
    "<a><!-- -- --></a>",
    "<a xml:id='1 2'/>",
    "<a><b xml:id='x'/><b xml:id='x'/></a>",
    "<a xmlns:p=''/>",
    "<a xmlns:xml='urn:x'/>",
    "<a xmlns:q='urn:x' xmlns:r='urn:x' q:c='1' r:c='2'/>",
    "<a:b:c xmlns:a='urn:x'/>",
    "<a/>x",
    "x<a/>",
    "</a>",
    "<a",
    "<a/",
    "<",
    "<a>&amp</a>",
    "<a>& </a>",
    "<?xml version='1.0'?>",
    "<!-- only a comment -->",
    "<?xml version='1.0' encoding='UTF-8' standalone='maybe'?><a/>",
    "<a><?xml version='1.0'?></a>",
    "<a><![CDATA[x</a>",
    "<a><? x?></a>",
    "<!ELEMENT a ANY><a/>",
    "<a xmlns:x='http://www.w3.org/2003/XInclude'><x:include href='b'/></a>",
    "<!DOCTYPE a><a/>",
    "<a/><!DOCTYPE a>",
    "<a b='&x;'/>",
    "<\xC3\xB7/>",
};

START_TEST(load_refuses_malformed_text)
{
    struct xml_document *document = NULL;
    struct error err = {0};
    int code = xml_load(malformed[_i], strlen(malformed[_i]), "bad.xml", &document, &err);
    ck_assert_msg(code == ERROR_INPUT, "%s gave %d", malformed[_i], code);
    ck_assert_ptr_null(document);
    ck_assert_uint_gt(strlen(err.zh), 0);
    ck_assert_uint_gt(strlen(err.en), 0);
    ck_assert_uint_gt(err.line, 0);
}
END_TEST

static const char *const good[] = {
    "<a/>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<a/>\r\n",
    "<?xml version='1.0'?><!-- < & DOCTYPE --><?p <!DOCTYPE a> ?><a/><!-- end -->",
    "<a b='&lt;&amp;&gt;&quot;&apos;&#20215;&#x4EF7;'>&amp;</a>",
    "<a><![CDATA[<!DOCTYPE x> & <b]]></a>",
    "<\xE4\xBB\xB7\xE6\xA0\xBC \xE5\x85\x83='1'/>",
    "<a b=\"it's > here\" c='\"'></a >",
    "<a xmlns='urn:x' xmlns:p='http://example.com/x'><p:b p:c='1'/></a>",
    "  <a/>",
};

START_TEST(load_accepts_good_text)
{
    struct xml_document *document = load_good(good[_i]);
    ck_assert_ptr_nonnull(xml_document_root(document));
    ck_assert_str_eq(xml_document_source(document), "good.xml");
    ck_assert_ptr_eq(xml_node_parent(xml_document_root(document)), xml_document_node(document));
    xml_document_free(document);
}
END_TEST

START_TEST(load_works_without_anybody_listening)
{
    struct xml_document *document = NULL;
    ck_assert_int_eq(xml_load("<a>", 3, "bad.xml", &document, NULL), ERROR_INPUT);
    ck_assert_int_eq(xml_load("<a></b>", 7, "bad.xml", &document, NULL), ERROR_INPUT);
    ck_assert_ptr_null(document);
    xml_document_free(NULL);
}
END_TEST

START_TEST(load_prints_nothing)
{
    FILE *captured = tmpfile();
    ck_assert_ptr_nonnull(captured);
    int saved = dup(STDERR_FILENO);
    dup2(fileno(captured), STDERR_FILENO);
    struct xml_document *document = NULL;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
        xml_load(malformed[i], strlen(malformed[i]), "bad.xml", &document, NULL);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    fseek(captured, 0, SEEK_END);
    ck_assert_int_eq(ftell(captured), 0);
    fclose(captured);
}
END_TEST

TCase *load_cases(void)
{
    TCase *cases = tcase_create("load");
    tcase_add_loop_test(cases, load_refuses_a_hostile_file_with_its_place, 0,
                        sizeof hostile / sizeof hostile[0]);
    tcase_add_loop_test(cases, load_refuses_malformed_text, 0,
                        sizeof malformed / sizeof malformed[0]);
    tcase_add_loop_test(cases, load_accepts_good_text, 0, sizeof good / sizeof good[0]);
    tcase_add_test(cases, load_works_without_anybody_listening);
    tcase_add_test(cases, load_prints_nothing);
    return cases;
}
