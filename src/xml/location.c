#include "xml/location.h"

#include <stdbool.h>

#include "base/limits.h"
#include "xml/internal.h"

static const struct scan_place *place_of(const struct xml_node *node)
{
    const xmlNode *at = xml_native(node);

    if (at == NULL || at->type == XML_NAMESPACE_DECL)
        return NULL;
    while (at != NULL && at->type != XML_ELEMENT_NODE)
        at = at->parent;
    if (at == NULL || at->doc == NULL || at->doc->_private == NULL)
        return NULL;
    const struct xml_document *document = at->doc->_private;
    uintptr_t number = (uintptr_t)at->_private;
    return number >= 1 && number <= document->place_count ? &document->places[number - 1] : NULL;
}

unsigned xml_location_line(const struct xml_node *node)
{
    const struct scan_place *place = place_of(node);

    return place == NULL ? 0 : place->line;
}

unsigned xml_location_column(const struct xml_node *node)
{
    const struct scan_place *place = place_of(node);

    return place == NULL ? 0 : place->column;
}

static bool is_namesake(const xmlNode *a, const xmlNode *b)
{
    return a->type == XML_ELEMENT_NODE && xmlStrEqual(a->name, b->name);
}

/* Position among siblings of the same name, from 1; 0 when there are no namesakes. */
static unsigned index_of(const xmlNode *node)
{
    unsigned before = 0;
    bool alone = true;

    for (const xmlNode *at = node->prev; at != NULL; at = at->prev)
        before += is_namesake(at, node);
    for (const xmlNode *at = node->next; at != NULL && alone; at = at->next)
        alone = !is_namesake(at, node);
    return alone && before == 0 ? 0 : before + 1;
}

static void append_step(const xmlNode *node, struct buffer *out)
{
    unsigned index = index_of(node);

    buffer_append_format(out, "/%s", xml_plain(node->name));
    if (index > 0)
        buffer_append_format(out, "[%u]", index);
}

void xml_location_path(const struct xml_node *node, struct buffer *out)
{
    const xmlNode *steps[LIMIT_XML_DEPTH + 1];
    const xmlNode *start = xml_native(node);
    size_t count = 0;

    if (start == NULL || start->type == XML_NAMESPACE_DECL)
        return;
    for (const xmlNode *at = start; at != NULL && count <= LIMIT_XML_DEPTH; at = at->parent) {
        if (at->type == XML_ELEMENT_NODE)
            steps[count++] = at;
    }
    if (count == 0)
        buffer_append_text(out, "/");
    while (count > 0)
        append_step(steps[--count], out);
    if (start->type == XML_ATTRIBUTE_NODE)
        buffer_append_format(out, "/@%s", xml_plain(start->name));
    else if (start->type == XML_TEXT_NODE)
        buffer_append_text(out, "/text()");
}
