#include "xml/load.h"

#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/text.h"
#include "xml/internal.h"
#include "xml/load_message.h"

enum { LOAD_OPTIONS = XML_PARSE_NONET | XML_PARSE_BIG_LINES };

/* One parse; hangs on the parser context so that the handlers find it. */
struct load {
    struct xml_document *document;
    bool refused;
    struct error *err;
};

static struct load *load_of(void *context)
{
    return ((xmlParserCtxtPtr)context)->_private;
}

/* Warnings are refused too: the document must have one reading only. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct load *load = load_of(context);

    load->refused = true;
    load_message_set(load->err, error);
}

static void stop(void *context, const char *zh, const char *en)
{
    xmlParserCtxtPtr parser = context;
    struct load *load = load_of(context);

    load->refused = true;
    error_set(load->err, ERROR_INPUT, "%s%.0s", "%.0s%s", zh, en);
    if (parser->input != NULL)
        error_place(load->err, NULL, (unsigned)parser->input->line, (unsigned)parser->input->col);
    xmlStopParser(parser);
}

/* The scan refuses a DOCTYPE before; this is the second lock. */
static void on_doctype(void *context, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    stop(context, "含有 DOCTYPE 声明，不被接受", "contains a DOCTYPE, which is not accepted");
}

static void on_reference(void *context, const xmlChar *name)
{
    (void)name;
    stop(context, "含有实体引用，不被接受", "contains an entity reference, which is not accepted");
}

static xmlParserCtxtPtr new_parser(struct load *load)
{
    xmlParserCtxtPtr parser = xmlNewParserCtxt();

    if (parser == NULL)
        return NULL;
    parser->_private = load;
    parser->sax->serror = on_error;
    parser->sax->internalSubset = on_doctype;
    parser->sax->externalSubset = NULL;
    parser->sax->reference = on_reference;
    return parser;
}

/* xmlStopParser() leaves a tree behind that looks well-formed, so every sign is asked. */
static bool is_whole(const xmlParserCtxt *parser, xmlDocPtr tree, const struct load *load)
{
    return tree != NULL && parser->wellFormed == 1 && parser->nsWellFormed == 1 &&
           parser->errNo == XML_ERR_OK && !load->refused && tree->intSubset == NULL &&
           tree->extSubset == NULL && xmlDocGetRootElement(tree) != NULL;
}

static bool is_xinclude(const xmlNode *node)
{
    return node->ns != NULL &&
           (xmlStrEqual(node->ns->href, xml_chars("http://www.w3.org/2001/XInclude")) ||
            xmlStrEqual(node->ns->href, xml_chars("http://www.w3.org/2003/XInclude")));
}

/* The node that follows in document order. */
static xmlNodePtr following(xmlNodePtr node)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    while (node != NULL && node->next == NULL)
        node = node->parent;
    return node == NULL ? NULL : node->next;
}

/* The n-th element came from the n-th start tag. */
static int number_elements(struct xml_document *document, xmlDocPtr tree, struct error *err)
{
    size_t number = 0;

    for (xmlNodePtr node = tree->children; node != NULL; node = following(node)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (++number > document->place_count)
            break;
        node->_private = (void *)(uintptr_t)number;
        if (!is_xinclude(node))
            continue;
        error_set(err, ERROR_INPUT, "含有 XInclude 元素，不被接受：不会读入别的文件",
                  "contains an XInclude element, which is not accepted: other files are never "
                  "read");
        error_place(err, NULL, document->places[number - 1].line,
                    document->places[number - 1].column);
        return ERROR_INPUT;
    }
    return number == document->place_count ? 0 : ERROR_INPUT;
}

static int parse(const void *octets, size_t length, struct load *load)
{
    int result = ERROR_MEMORY;
    xmlParserCtxtPtr parser = new_parser(load);

    if (parser == NULL) {
        error_memory(load->err);
        return result;
    }
    xmlDocPtr tree = xmlCtxtReadMemory(parser, octets, (int)length, NULL, "UTF-8", LOAD_OPTIONS);
    if (is_whole(parser, tree, load) && number_elements(load->document, tree, load->err) == 0) {
        tree->_private = load->document;
        load->document->tree = tree;
        result = 0;
    } else {
        xmlFreeDoc(tree);
        error_set(load->err, ERROR_INPUT, "XML 格式不正确（解析器错误 %d）",
                  "not well-formed XML (parser error %d)", parser->errNo);
        result = (int)load->err->code;
    }
    xmlFreeParserCtxt(parser);
    return result;
}

int xml_load(const void *octets, size_t length, const char *source, struct xml_document **out,
             struct error *err)
{
    struct xml_silence silence;
    struct error local = {0};
    struct xml_document *document = calloc(1, sizeof *document);
    struct load load = {.document = document, .err = err == NULL ? &local : err};
    int result = ERROR_MEMORY;

    *out = NULL;
    xml_silence_begin(&silence);
    if (document == NULL || (document->source = text_copy(source)) == NULL) {
        error_memory(err);
        goto out;
    }
    result = scan_octets(octets, length, &document->places, &document->place_count, load.err);
    if (result == 0)
        result = parse(octets, length, &load);
    if (result != 0)
        goto out;
    *out = document;
    document = NULL;
out:
    xml_silence_end(&silence);
    if (result != 0)
        error_place(err, source, 0, 0);
    xml_document_free(document);
    return result;
}

void xml_document_free(struct xml_document *document)
{
    if (document == NULL)
        return;
    xmlFreeDoc(document->tree);
    free(document->places);
    free(document->source);
    free(document);
}

const char *xml_document_source(const struct xml_document *document)
{
    return document->source;
}

const struct xml_node *xml_document_root(const struct xml_document *document)
{
    return xml_opaque(xmlDocGetRootElement(document->tree));
}

const struct xml_node *xml_document_node(const struct xml_document *document)
{
    return xml_opaque(document->tree);
}
