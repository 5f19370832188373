#ifndef DINGJIA_CERTIFICATE_CERTIFICATE_H
#define DINGJIA_CERTIFICATE_CERTIFICATE_H

#include "base/buffer.h"
#include "base/error.h"
#include "certificate/claims.h"
#include "xml/load.h"

/* Appends the Statement with these claims to `out`, in exclusive canonical form, ready for
 * signature_sign(). ERROR_INPUT, naming it, when a claim is missing or not written as required. */
int certificate_build(const struct claims *claims, struct buffer *out, struct error *err);

/* Reads a Statement, the very node signature_verify() handed out, into `out`, which borrows from
 * `document`. ERROR_INPUT when it is not octet by octet what certificate_build() makes of it. */
int certificate_parse(const struct xml_document *document, const struct xml_node *statement,
                      struct claims *out, struct error *err);

#endif
