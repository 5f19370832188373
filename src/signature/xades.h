#ifndef DINGJIA_SIGNATURE_XADES_H
#define DINGJIA_SIGNATURE_XADES_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "xml/load.h"

/* The one shape a signature may have: XMLDSig with XAdES baseline B-B, B-T or B-LT (EN 319 132-1),
 * as a table that both writes it and reads it. What is not in the table does not exist. */

#define XADES_DSIG_URI "http://www.w3.org/2000/09/xmldsig#"
#define XADES_URI "http://uri.etsi.org/01903/v1.3.2#"

enum { XADES_CERTIFICATES_MAX = 8, XADES_LIST_MAX = 16, XADES_ID_SIZE = 40 };

/* What varies between two signatures. */
enum xades_slot {
    XADES_NONE = 0,
    XADES_SIGNATURE_ID,
    XADES_SIGNATURE_METHOD,
    XADES_DIGEST_METHOD, /* the same at all its places */
    XADES_REFERENCE_ID,
    XADES_STATEMENT_REFERENCE, /* "#" and the Id of the Statement */
    XADES_STATEMENT_DIGEST,
    XADES_PROPERTIES_REFERENCE,
    XADES_PROPERTIES_DIGEST,
    XADES_VALUE_ID,
    XADES_VALUE,
    XADES_TARGET,
    XADES_PROPERTIES_ID,
    XADES_SIGNING_TIME,
    XADES_CERTIFICATE_DIGEST,
    XADES_OBJECT_REFERENCE,
    XADES_ROLE,      /* may be absent, as may be all of its element */
    XADES_TIMESTAMP, /* base64 of the RFC 3161 token; likewise */
    XADES_SLOT_COUNT
};

/* What may occur several times, each base64 of DER. Only the first has to occur. */
enum xades_list {
    XADES_NO_LIST = 0,
    XADES_KEY_CERTIFICATES,   /* the signer's first; at most XADES_CERTIFICATES_MAX */
    XADES_CERTIFICATE_VALUES, /* B-LT: what else the paths need */
    XADES_CRL_VALUES,
    XADES_OCSP_VALUES,
    XADES_LIST_COUNT
};

/* The parts that are digested. */
enum xades_part {
    XADES_WHOLE,
    XADES_SIGNED_INFO,
    XADES_SIGNED_PROPERTIES,
    XADES_SIGNATURE_VALUE, /* what a timestamp is made over; only read, never written apart */
    XADES_PART_COUNT
};

struct xades_items {
    const char *text[XADES_LIST_MAX];
    size_t count;
};

/* Texts are borrowed: from the writer, or from the document that was read. */
struct xades {
    const char *text[XADES_SLOT_COUNT]; /* NULL where absent */
    struct xades_items lists[XADES_LIST_COUNT];
    const struct xml_node *parts[XADES_PART_COUNT]; /* set by xades_read only */
};

/* The Ids signature number `number` (from 1) must have; they leave an attacker no choice. */
struct xades_ids {
    char text[XADES_SLOT_COUNT][XADES_ID_SIZE]; /* "" for slots that are no Id or reference */
};
void xades_make_ids(unsigned number, struct xades_ids *ids);

/* Appends a part in exclusive canonical form; the whole, with its parts in that same form. */
void xades_write(struct buffer *out, const struct xades *xades, enum xades_part part);

/* Reads `node` (ds:Signature) into `out`. ERROR_INPUT, with the line, for whatever is not exactly
 * as in the table: another element, attribute, algorithm, order, text or comment in between. */
int xades_read(const struct xml_node *node, struct xades *out, struct error *err);

#endif
