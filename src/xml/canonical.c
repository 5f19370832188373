#include "xml/canonical.h"

#include <libxml/c14n.h>
#include <libxml/xmlIO.h>

#include "xml/internal.h"

static int write_octets(void *context, const char *octets, int length)
{
    if (length < 0 || buffer_append(context, octets, (size_t)length) != 0)
        return -1;
    return length;
}

/* Namespace nodes have no parent pointer; libxml2 hands their element over. */
static int is_inside(void *root, xmlNodePtr node, xmlNodePtr parent)
{
    if (node == root)
        return 1;
    for (const xmlNode *at = parent; at != NULL; at = at->parent) {
        if (at == root)
            return 1;
    }
    return 0;
}

static int execute(const struct xml_document *document, const struct xml_node *node,
                   struct buffer *out)
{
    xmlOutputBufferPtr output = xmlOutputBufferCreateIO(write_octets, NULL, out, NULL);

    if (output == NULL)
        return -1;
    int written = xmlC14NExecute(document->tree, is_inside, xml_native(node),
                                 XML_C14N_EXCLUSIVE_1_0, NULL, 0, output);
    int closed = xmlOutputBufferClose(output);
    return written < 0 || closed <= 0 ? -1 : 0;
}

int xml_canonicalise(const struct xml_document *document, const struct xml_node *node,
                     struct buffer *out, struct error *err)
{
    struct xml_silence silence;
    size_t before = out->length;

    xml_silence_begin(&silence);
    int result = execute(document, node, out);
    xml_silence_end(&silence);
    if (result == 0 && !out->failed && out->length > before)
        return 0;
    if (out->failed && !out->full)
        return (int)error_memory(err);
    error_set(err, ERROR_INPUT, "无法得出规范形式（Exclusive C14N）",
              "the canonical form (exclusive C14N) could not be made");
    error_place(err, document->source, 0, 0);
    return ERROR_INPUT;
}
