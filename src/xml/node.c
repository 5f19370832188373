#include "xml/node.h"

#include <string.h>

#include "xml/internal.h"

enum xml_kind xml_node_kind(const struct xml_node *node)
{
    switch ((int)xml_native(node)->type) {
    case XML_ELEMENT_NODE:
        return XML_ELEMENT;
    case XML_ATTRIBUTE_NODE:
        return XML_ATTRIBUTE;
    case XML_TEXT_NODE:
        return XML_TEXT;
    case XML_DOCUMENT_NODE:
        return XML_DOCUMENT;
    default:
        return XML_OTHER;
    }
}

/* Namespace nodes and documents have other members where elements have name and namespace. */
static bool is_named(const struct xml_node *node)
{
    enum xml_kind kind = xml_node_kind(node);

    return kind == XML_ELEMENT || kind == XML_ATTRIBUTE;
}

const char *xml_node_name(const struct xml_node *node)
{
    return is_named(node) ? xml_plain(xml_native(node)->name) : "";
}

const char *xml_node_namespace(const struct xml_node *node)
{
    if (!is_named(node) || xml_native(node)->ns == NULL)
        return "";
    return xml_plain(xml_native(node)->ns->href);
}

bool xml_node_is(const struct xml_node *node, const char *uri, const char *name)
{
    return node != NULL && xml_node_kind(node) == XML_ELEMENT &&
           strcmp(xml_node_name(node), name) == 0 && strcmp(xml_node_namespace(node), uri) == 0;
}

const struct xml_node *xml_node_parent(const struct xml_node *node)
{
    return xml_native(node)->type == XML_NAMESPACE_DECL ? NULL
                                                        : xml_opaque(xml_native(node)->parent);
}

const struct xml_node *xml_node_first(const struct xml_node *node)
{
    enum xml_kind kind = xml_node_kind(node);

    return kind == XML_ELEMENT || kind == XML_DOCUMENT ? xml_opaque(xml_native(node)->children)
                                                       : NULL;
}

const struct xml_node *xml_node_next(const struct xml_node *node)
{
    enum xml_kind kind = xml_node_kind(node);
    xmlNodePtr native = xml_native(node);

    if (kind == XML_ATTRIBUTE || kind == XML_DOCUMENT || native->type == XML_NAMESPACE_DECL)
        return NULL;
    return xml_opaque(native->next);
}

static const struct xml_node *first_element_from(const struct xml_node *node)
{
    while (node != NULL && xml_node_kind(node) != XML_ELEMENT)
        node = xml_node_next(node);
    return node;
}

const struct xml_node *xml_node_first_element(const struct xml_node *node)
{
    return first_element_from(xml_node_first(node));
}

const struct xml_node *xml_node_next_element(const struct xml_node *node)
{
    return first_element_from(xml_node_next(node));
}

/* Without entities an attribute has one text node at most. */
const char *xml_attribute_value(const struct xml_node *attribute)
{
    if (attribute == NULL || xml_node_kind(attribute) != XML_ATTRIBUTE)
        return "";
    const xmlNode *text = xml_native(attribute)->children;
    return text == NULL ? "" : xml_plain(text->content);
}

const struct xml_node *xml_node_attribute_at(const struct xml_node *node, size_t index)
{
    if (xml_node_kind(node) != XML_ELEMENT)
        return NULL;
    const xmlAttr *attribute = xml_native(node)->properties;
    while (attribute != NULL && index-- > 0)
        attribute = attribute->next;
    return xml_opaque(attribute);
}

const char *xml_node_attribute(const struct xml_node *node, const char *name)
{
    if (xml_node_kind(node) != XML_ELEMENT)
        return NULL;
    for (const xmlAttr *at = xml_native(node)->properties; at != NULL; at = at->next) {
        if (at->ns == NULL && xmlStrEqual(at->name, xml_chars(name)))
            return xml_attribute_value(xml_opaque(at));
    }
    return NULL;
}

bool xml_node_declaration_at(const struct xml_node *node, size_t index, const char **prefix,
                             const char **uri)
{
    if (xml_node_kind(node) != XML_ELEMENT)
        return false;
    const xmlNs *declaration = xml_native(node)->nsDef;
    while (declaration != NULL && index-- > 0)
        declaration = declaration->next;
    if (declaration == NULL)
        return false;
    *prefix = xml_plain(declaration->prefix);
    *uri = xml_plain(declaration->href);
    return true;
}

const char *xml_node_text(const struct xml_node *node)
{
    if (xml_node_kind(node) != XML_ELEMENT)
        return NULL;
    const xmlNode *child = xml_native(node)->children;
    if (child == NULL)
        return "";
    if (child->type != XML_TEXT_NODE || child->next != NULL)
        return NULL;
    return xml_plain(child->content);
}

const char *xml_text_content(const struct xml_node *node)
{
    const xmlNode *native = xml_native(node);

    if (native->type != XML_TEXT_NODE && native->type != XML_CDATA_SECTION_NODE)
        return "";
    return xml_plain(native->content);
}
