#ifndef DINGJIA_SIGNATURE_ENVELOPE_H
#define DINGJIA_SIGNATURE_ENVELOPE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "signature/xades.h"
#include "xml/load.h"

/* The file around it all: an XML declaration, the root Certificate, one Statement, one or more
 * signatures, each on a line of its own. There is exactly one octet form. */

#define ENVELOPE_URI "urn:dingjia:certificate:1.0"
#define ENVELOPE_STATEMENT_ID "statement"

enum { ENVELOPE_OCTETS_MAX = 4 * 1024 * 1024, ENVELOPE_SIGNATURES_MAX = 8 };

/* What the file is made of. */
struct envelope {
    const struct xml_node *statement; /* set by envelope_read only */
    struct xades signatures[ENVELOPE_SIGNATURES_MAX];
    size_t count;
};

/* `statement`: the octets of the Statement in exclusive canonical form. */
void envelope_write(struct buffer *out, const struct buffer *statement,
                    const struct envelope *envelope);

/* Whether the root is a Certificate of this format. ERROR_INPUT when it is not. */
int envelope_check_root(const struct xml_document *document, struct error *err);

/* Reads and checks the structure: known namespaces only, no comments, instructions or CDATA, `Id`
 * the only identifier and unique, every child where it belongs. ERROR_INPUT with the line. */
int envelope_read(const struct xml_document *document, struct envelope *out, struct error *err);

/* The one element with this Id in the document, NULL unless there is exactly one. */
const struct xml_node *envelope_resolve(const struct xml_document *document, const char *id);

#endif
