#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

#include "xml/xpath_internal.h"

int xml_value_wrap(xmlXPathObjectPtr object, struct xml_value **out)
{
    struct xml_value *value = object == NULL ? NULL : calloc(1, sizeof *value);

    *out = value;
    if (value == NULL) {
        xmlXPathFreeObject(object);
        return ERROR_MEMORY;
    }
    value->object = object;
    return 0;
}

void xml_value_free(struct xml_value *value)
{
    if (value == NULL)
        return;
    xmlXPathFreeObject(value->object);
    free(value);
}

int xml_value_from_string(const char *text, struct xml_value **out)
{
    return xml_value_wrap(xmlXPathNewString(xml_chars(text)), out);
}

int xml_value_copy(const struct xml_value *value, struct xml_value **out)
{
    return xml_value_wrap(xmlXPathObjectCopy(value->object), out);
}

enum xml_value_type xml_value_type(const struct xml_value *value)
{
    switch ((int)value->object->type) {
    case XPATH_BOOLEAN:
        return XML_VALUE_BOOLEAN;
    case XPATH_NUMBER:
        return XML_VALUE_NUMBER;
    case XPATH_NODESET:
        return XML_VALUE_NODES;
    default:
        return XML_VALUE_STRING;
    }
}

bool xml_value_boolean(const struct xml_value *value)
{
    return xmlXPathCastToBoolean(value->object) != 0;
}

double xml_value_number(const struct xml_value *value)
{
    return xmlXPathCastToNumber(value->object);
}

void xml_value_string(const struct xml_value *value, struct buffer *out)
{
    xmlChar *text = xmlXPathCastToString(value->object);

    if (text == NULL)
        out->failed = 1;
    else
        buffer_append_text(out, xml_plain(text));
    xmlFree(text);
}

size_t xml_value_node_count(const struct xml_value *value)
{
    const xmlNodeSet *nodes = value->object->nodesetval;

    return value->object->type != XPATH_NODESET || nodes == NULL ? 0 : (size_t)nodes->nodeNr;
}

const struct xml_node *xml_value_node_at(const struct xml_value *value, size_t index)
{
    if (index >= xml_value_node_count(value))
        return NULL;
    return xml_opaque(value->object->nodesetval->nodeTab[index]);
}
