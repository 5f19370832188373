#include <libxml/xpathInternals.h>
#include <string.h>

#include "xml/dates.h"
#include "xml/xpath_internal.h"

enum { DATE_TEXT_MAX = 128 };

static const char dates_uri[] = "http://exslt.org/dates-and-times";

static const char *const core_functions[] = {
    "last",
    "position",
    "count",
    "id",
    "local-name",
    "namespace-uri",
    "name",
    "string",
    "concat",
    "starts-with",
    "contains",
    "substring-before",
    "substring-after",
    "substring",
    "string-length",
    "normalize-space",
    "translate",
    "boolean",
    "not",
    "true",
    "false",
    "lang",
    "number",
    "sum",
    "floor",
    "ceiling",
    "round",
    "document",
};

static bool has_arguments(xmlXPathParserContextPtr parser, int count, int wanted)
{
    if (count == wanted)
        return true;
    xmlXPathErr(parser, XPATH_INVALID_ARITY);
    return false;
}

static void date_seconds(xmlXPathParserContextPtr parser, int count)
{
    if (!has_arguments(parser, count, 1))
        return;
    xmlChar *date = xmlXPathPopString(parser);
    if (date == NULL) {
        xmlXPathErr(parser, XPATH_MEMORY_ERROR);
        return;
    }
    valuePush(parser, xmlXPathNewFloat(dates_seconds(xml_plain(date))));
    xmlFree(date);
}

/* Both other functions take two texts and make one; "" stands for arguments that are no dates. */
static void date_pair(xmlXPathParserContextPtr parser, int count,
                      int (*combine)(const char *, const char *, struct buffer *))
{
    struct buffer text;

    if (!has_arguments(parser, count, 2))
        return;
    buffer_init(&text, DATE_TEXT_MAX);
    xmlChar *second = xmlXPathPopString(parser);
    xmlChar *first = xmlXPathPopString(parser);
    int failed = first == NULL || second == NULL;
    if (!failed && combine(xml_plain(first), xml_plain(second), &text) != 0) {
        failed = text.failed;
        buffer_clear(&text);
    }
    if (failed)
        xmlXPathErr(parser, XPATH_MEMORY_ERROR);
    else
        valuePush(parser, xmlXPathNewString(xml_chars(buffer_text(&text))));
    xmlFree(first);
    xmlFree(second);
    buffer_free(&text);
}

static void date_add(xmlXPathParserContextPtr parser, int count)
{
    date_pair(parser, count, dates_add);
}

static void date_difference(xmlXPathParserContextPtr parser, int count)
{
    date_pair(parser, count, dates_difference);
}

static const struct xml_document *find_document(const struct xml_xpath *xpath, const char *name)
{
    for (const struct xpath_document *at = xpath->documents; at != NULL; at = at->next) {
        if (strcmp(at->name, name) == 0)
            return at->document;
    }
    return NULL;
}

/* Only documents that were handed in; nothing is ever opened. */
static void document(xmlXPathParserContextPtr parser, int count)
{
    struct xml_xpath *xpath = parser->context->userData;

    if (!has_arguments(parser, count, 1))
        return;
    if (parser->value == NULL || parser->value->type != XPATH_STRING) {
        error_set(xpath->err, ERROR_CONFIG, "document() 的参数必须是文件名字符串：%s",
                  "the argument of document() must be a file name: %s", xpath->expression);
        xmlXPathErr(parser, XPATH_INVALID_TYPE);
        return;
    }
    xmlChar *name = xmlXPathPopString(parser);
    const struct xml_document *found = name == NULL ? NULL : find_document(xpath, xml_plain(name));
    if (found == NULL) {
        error_set(xpath->err, ERROR_CONFIG, "document('%s')：没有这个数据文件",
                  "document('%s'): there is no such data file", xml_plain(name));
        xmlXPathErr(parser, XPATH_EXPR_ERROR);
    } else {
        valuePush(parser, xmlXPathNewNodeSet(xml_native(xml_document_node(found))));
    }
    xmlFree(name);
}

int functions_register(xmlXPathContextPtr context)
{
    const xmlChar *uri = xml_chars(dates_uri);

    if (xmlXPathRegisterFuncNS(context, xml_chars("seconds"), uri, date_seconds) != 0 ||
        xmlXPathRegisterFuncNS(context, xml_chars("add"), uri, date_add) != 0 ||
        xmlXPathRegisterFuncNS(context, xml_chars("difference"), uri, date_difference) != 0 ||
        xmlXPathRegisterFunc(context, xml_chars("document"), document) != 0)
        return -1;
    return 0;
}

static bool know_prefixed(xmlXPathContextPtr context, const xmlChar *prefix, const xmlChar *local)
{
    const xmlChar *uri = xmlXPathNsLookup(context, prefix);

    return uri != NULL && xmlStrEqual(uri, xml_chars(dates_uri)) &&
           xmlXPathFunctionLookupNS(context, local, uri) != NULL;
}

bool functions_know(xmlXPathContextPtr context, const char *name, size_t length)
{
    const char *colon = memchr(name, ':', length);

    if (colon != NULL) {
        xmlChar *prefix = xmlStrndup(xml_chars(name), (int)(colon - name));
        xmlChar *local = xmlStrndup(xml_chars(colon + 1), (int)(name + length - colon - 1));
        bool known = prefix != NULL && local != NULL && know_prefixed(context, prefix, local);
        xmlFree(prefix);
        xmlFree(local);
        return known;
    }
    for (size_t i = 0; i < sizeof core_functions / sizeof core_functions[0]; i++) {
        if (strlen(core_functions[i]) == length && memcmp(core_functions[i], name, length) == 0)
            return true;
    }
    return false;
}
