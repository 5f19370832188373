#include "xml/schema_lookup.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"

static const char xsd_uri[] = "http://www.w3.org/2001/XMLSchema";

static bool is_xsd(const struct xml_node *node, const char *name)
{
    return xml_node_is(node, xsd_uri, name);
}

static bool has_name(const struct xml_node *node, const char *name)
{
    const char *value = xml_node_attribute(node, "name");

    return value != NULL && strcmp(value, name) == 0;
}

static const struct xml_node *find_global(const struct xml_document *schema, const char *kind,
                                          const char *name)
{
    const struct xml_node *at = xml_node_first_element(xml_document_root(schema));

    while (at != NULL && !(is_xsd(at, kind) && has_name(at, name)))
        at = xml_node_next_element(at);
    return at;
}

static const char *local_part(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon == NULL ? name : colon + 1;
}

static const struct xml_node *child(const struct xml_node *node, const char *name)
{
    const struct xml_node *at = node == NULL ? NULL : xml_node_first_element(node);

    while (at != NULL && !is_xsd(at, name))
        at = xml_node_next_element(at);
    return at;
}

/* The complex type of an element declaration, inline or named. */
static const struct xml_node *complex_type(const struct xml_document *schema,
                                           const struct xml_node *declaration)
{
    const char *type = xml_node_attribute(declaration, "type");

    if (type != NULL)
        return find_global(schema, "complexType", local_part(type));
    return child(declaration, "complexType");
}

/* Looks below `node` for a declaration, without entering other declarations. `depth` bounds types
 * that extend one another. */
static const struct xml_node *find_below(const struct xml_document *schema,
                                         const struct xml_node *node, const char *kind,
                                         const char *name, int depth)
{
    if (node == NULL || depth > LIMIT_XML_DEPTH)
        return NULL;
    for (const struct xml_node *at = xml_node_first_element(node); at != NULL;
         at = xml_node_next_element(at)) {
        if (is_xsd(at, kind) && has_name(at, name))
            return at;
        if (is_xsd(at, "element") || is_xsd(at, "attribute"))
            continue;
        const struct xml_node *found = find_below(schema, at, kind, name, depth + 1);
        if (found != NULL)
            return found;
    }
    const char *base = xml_node_attribute(node, "base");
    if (base == NULL)
        return NULL;
    return find_below(schema, find_global(schema, "complexType", local_part(base)), kind, name,
                      depth + 1);
}

const struct xml_node *schema_lookup_child(const struct xml_document *schema,
                                           const struct xml_node *declaration, const char *name)
{
    if (declaration == NULL)
        return NULL;
    return find_below(schema, complex_type(schema, declaration), "element", name, 0);
}

const struct xml_node *schema_lookup_attribute(const struct xml_document *schema,
                                               const struct xml_node *declaration, const char *name)
{
    if (declaration == NULL)
        return NULL;
    return find_below(schema, complex_type(schema, declaration), "attribute", name, 0);
}

const struct xml_node *schema_lookup_element(const struct xml_document *schema,
                                             const struct xml_node *element)
{
    const struct xml_node *path[LIMIT_XML_DEPTH + 1];
    size_t count = 0;

    for (; element != NULL && xml_node_kind(element) == XML_ELEMENT;
         element = xml_node_parent(element)) {
        if (count > LIMIT_XML_DEPTH)
            return NULL;
        path[count++] = element;
    }
    if (count == 0)
        return NULL;
    const struct xml_node *found = find_global(schema, "element", xml_node_name(path[--count]));
    while (found != NULL && count > 0)
        found = schema_lookup_child(schema, found, xml_node_name(path[--count]));
    return found;
}

/* Also through a complex type that only adds attributes to a simple one. */
const struct xml_node *schema_lookup_type(const struct xml_document *schema,
                                          const struct xml_node *declaration)
{
    if (declaration == NULL)
        return NULL;
    const char *type = xml_node_attribute(declaration, "type");
    const struct xml_node *found = type == NULL
                                       ? child(declaration, "simpleType")
                                       : find_global(schema, "simpleType", local_part(type));
    if (found != NULL || !is_xsd(declaration, "element"))
        return found;
    const struct xml_node *extension =
        child(child(complex_type(schema, declaration), "simpleContent"), "extension");
    const char *base = extension == NULL ? NULL : xml_node_attribute(extension, "base");
    return base == NULL ? NULL : find_global(schema, "simpleType", local_part(base));
}

/* xml:lang is the one attribute with a namespace in a schema. */
static bool is_chinese(const struct xml_node *documentation)
{
    const struct xml_node *at;

    for (size_t i = 0; (at = xml_node_attribute_at(documentation, i)) != NULL; i++) {
        if (strcmp(xml_node_name(at), "lang") == 0)
            return strncmp(xml_attribute_value(at), "zh", 2) == 0;
    }
    return false;
}

struct bilingual schema_lookup_documentation(const struct xml_node *node)
{
    struct bilingual text = {"", ""};

    if (node == NULL || !is_xsd(xml_node_first_element(node), "annotation"))
        return text;
    const struct xml_node *at = xml_node_first_element(xml_node_first_element(node));
    for (; at != NULL; at = xml_node_next_element(at)) {
        const char *content = xml_node_text(at);
        if (!is_xsd(at, "documentation") || content == NULL)
            continue;
        if (is_chinese(at))
            text.zh = content;
        else
            text.en = content;
    }
    return text;
}
