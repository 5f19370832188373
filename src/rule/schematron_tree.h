#ifndef DINGJIA_RULE_SCHEMATRON_TREE_H
#define DINGJIA_RULE_SCHEMATRON_TREE_H

#include "rule/pack_parts.h"
#include "xml/node.h"

#define SCHEMATRON_NAMESPACE "http://purl.oclc.org/dsdl/schematron"

/* A Schematron element with includes already put in place and its shape checked. */
struct element {
    const char *name;
    const struct xml_node *node;
    const char *file;
    size_t number; /* for assert and report: which one of the schema */
    struct element *parent;
    struct element *first;
    struct element *next;
    struct element *following; /* in order of reading, through the whole schema */
};

/* Reads the schema file and what it includes. NULL, the error set, when anything is wrong. */
struct element *schematron_tree_read(struct pack_loader *loader, const char *href,
                                     const struct xml_node *from);

bool element_is(const struct element *element, const char *name);
const char *element_attribute(const struct element *element, const char *name);

/* The `name` element with that id among `root` and what follows it; NULL when there is none. */
const struct element *element_find(const struct element *root, const char *name, const char *id);

/* Adds the place of `element` to the error just set; returns its code. */
int element_refuse(struct pack_loader *loader, const struct element *element, enum error_code code);

#endif
