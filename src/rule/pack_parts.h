#ifndef DINGJIA_RULE_PACK_PARTS_H
#define DINGJIA_RULE_PACK_PARTS_H

#include "rule/arena.h"
#include "rule/packs.h"
#include "rule/schematron.h"
#include "xml/load.h"

#define PACK_NAMESPACE "urn:dingjia:pack:1.0"
#define PACK_MANIFEST "pack.xml"

/* What a pack is made of; only the files of rule/ that read or evaluate packs look in here. */

struct pack_document {
    const char *name;
    struct xml_document *document;
    bool is_data; /* document('name') may ask for it */
    struct pack_document *next;
};

/* Expressions that give the dates a pack is chosen by, in order of precedence, and what people
 * call those dates. */
struct chooser {
    const struct expression *select;
    struct bilingual name;
    struct chooser *next;
};

struct pack {
    struct arena *arena;
    const char *id;
    const char *version;
    const char *valid_from;
    const char *valid_to;
    char digest[DIGEST_HEX_SIZE];
    struct bilingual title;
    struct pack_document *documents;
    struct chooser *choosers;
    struct condition *conditions;
    const struct expression **applies; /* one per condition, NULL: always */
    size_t condition_count;
    struct schema schema;
};

/* A pack being read: the pack and the files it is read from. */
struct pack_loader {
    struct pack *pack;
    const char *place; /* prefix of file names in messages, "" for none */
    const struct pack_file *files;
    size_t file_count;
    struct error *err;
};

/* Parses the file of that name, once; `from` (an element in `file`, may be NULL) asked for it. */
struct pack_document *pack_loader_document(struct pack_loader *loader, const char *name,
                                           const struct xml_node *from, const char *file);

/* Name of a file as messages give it. */
const char *pack_loader_place(struct pack_loader *loader, const char *file);

/* Adds the place of `node` to the error just set and returns its code. */
int pack_loader_refuse(struct pack_loader *loader, enum error_code code,
                       const struct xml_node *node, const char *file);

/* Adds an expression; NULL when memory ran out (the error is set). */
const struct expression *pack_loader_expression(struct pack_loader *loader, const char *text,
                                                const struct xml_node *node, const char *file);

/* Copy of a text in the pack, white space folded; NULL when memory ran out (the error is set). */
const char *pack_loader_text(struct pack_loader *loader, const char *text);

/* The parts of a pack, each in its own file. 0 or an error code. */
int pack_read_manifest(struct pack_loader *loader);
int pack_read_conditions(struct pack_loader *loader, const char *href, const struct xml_node *from);
int pack_read_schema(struct pack_loader *loader, const char *href, const struct xml_node *from);

/* Compiles every expression once, so that a pack that loads can be evaluated. */
int pack_check_expressions(const struct pack *pack, struct error *err);

/* The condition of that id (not terminated, `length` octets), NULL when there is none. */
const struct condition *pack_find_condition(const struct pack *pack, const char *id, size_t length);

#endif
