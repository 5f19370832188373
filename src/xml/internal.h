#ifndef DINGJIA_XML_INTERNAL_H
#define DINGJIA_XML_INTERNAL_H

/* What the files of this folder share; nobody else includes this. */

#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <stdint.h>

#include "xml/load.h"
#include "xml/scan.h"

/* The parsed tree keeps a pointer back to this (tree->_private), and each element the number of
 * its start tag (node->_private, from 1), so that places are exact however long the file. */
struct xml_document {
    xmlDocPtr tree;
    char *source;
    struct scan_place *places;
    size_t place_count;
};

/* Conversions between the opaque and the real type. libxml2's functions take non-const pointers
 * even where they only read. */
static inline xmlNodePtr xml_native(const struct xml_node *node)
{
    return (xmlNodePtr)(uintptr_t)node;
}

static inline const struct xml_node *xml_opaque(const void *node)
{
    return (const struct xml_node *)node;
}

static inline const xmlChar *xml_chars(const char *text)
{
    return (const xmlChar *)text;
}

static inline const char *xml_plain(const xmlChar *text)
{
    return text == NULL ? "" : (const char *)text;
}

/* Initialises libxml2 once: no catalogs, no external entities from anywhere. */
void xml_setup(void);

/* Error handlers of this thread, put aside while libxml2 works, so that it never prints and never
 * reaches a handler of the surrounding program. */
struct xml_silence {
    xmlGenericErrorFunc generic;
    void *generic_context;
    xmlStructuredErrorFunc structured;
    void *structured_context;
};

void xml_silence_begin(struct xml_silence *silence);
void xml_silence_end(const struct xml_silence *silence);

#endif
