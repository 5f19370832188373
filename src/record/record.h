#ifndef DINGJIA_RECORD_RECORD_H
#define DINGJIA_RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/error.h"
#include "xml/load.h"
#include "xml/schema.h"

/* Root and namespace of the one kind of document that is judged. */
extern const char record_namespace[]; /* "urn:dingjia:record:1.0" */

/* A record of one transaction: parsed, valid against the schema, and immutable. */
struct record;

/* Compiles the schema of records that the library carries. Free with xml_schema_free(). */
int record_schema_new(struct xml_schema **out, struct error *err);

/* Octets that may be a record, and the name messages call them by. Borrowed, not kept. */
struct record_source {
    const char *name;
    const void *octets;
    size_t length;
};

/* ERROR_INPUT, with line and column, unless the source is a valid record. */
int record_load(const struct xml_schema *schema, const struct record_source *source,
                struct record **out, struct error *err);
void record_free(struct record *record);

const char *record_id(const struct record *record);
const struct xml_document *record_document(const struct record *record);

/* Digests in hexadecimal: of the octets as they were read, and of the exclusive canonical form of
 * the root element, which survives re-indented tags but not changed content. */
const char *record_digest_octets(const struct record *record, enum digest_algorithm algorithm);
const char *record_digest_canonical(const struct record *record, enum digest_algorithm algorithm);

/* A file the record names as evidence; strings are borrowed from the record. */
struct record_evidence {
    const char *id;
    const char *path;   /* within the evidence folder, never out of it */
    const char *sha256; /* as written in the record; NULL where it names none */
    const char *sm3;
    unsigned line;
};

size_t record_evidence_count(const struct record *record);

/* false past the last. */
bool record_evidence_at(const struct record *record, size_t index, struct record_evidence *out);

/* Whether a relative path stays within its folder: no empty, "." or ".." segment, no backslash,
 * not absolute. */
bool record_path_is_inside(const char *path);

#endif
