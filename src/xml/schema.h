#ifndef DINGJIA_XML_SCHEMA_H
#define DINGJIA_XML_SCHEMA_H

#include "xml/load.h"

/* A compiled XSD; immutable, may be shared between threads. */
struct xml_schema;

/* Compiles one self-contained schema (no includes are followed). ERROR_CONFIG when refused. */
int xml_schema_parse(const void *octets, size_t length, const char *name, struct xml_schema **out,
                     struct error *err);
void xml_schema_free(struct xml_schema *schema);

/* 0 when the document is valid. Otherwise ERROR_INPUT: the first violation with its line, what was
 * found, what the schema expects there and its documentation, and how many more there are. */
int xml_schema_validate(const struct xml_schema *schema, const struct xml_document *document,
                        struct error *err);

#endif
