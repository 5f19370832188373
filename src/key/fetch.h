#ifndef DINGJIA_KEY_FETCH_H
#define DINGJIA_KEY_FETCH_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "key/revocation.h"
#include "key/x509.h"

/* The only place where this program reaches out: for time-stamps and revocation data, when asked
 * to. `verify` never comes here. */

enum { FETCH_SECONDS = 30 };

/* Posts a time-stamp request (RFC 3161 3.4) to an http:// or https:// URL; `response` gets the
 * body, unchecked. ERROR_OPEN, naming the URL and what happened, when there is no good answer. */
int fetch_timestamp(const char *url, const struct buffer *request, struct buffer *response,
                    struct error *err);

/* For every certificate of the path (as of path_find(), the anchor last) that says where its
 * revocation is published: asks its OCSP responder, else fetches its CRL, and adds what came.
 * ERROR_OPEN when a certificate names sources and none of them answered. */
int fetch_revocations(const struct x509_chain *path, struct revocations *revocations,
                      struct error *err);

#endif
