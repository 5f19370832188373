#ifndef DINGJIA_KEY_PATH_PARTS_H
#define DINGJIA_KEY_PATH_PARTS_H

#include <openssl/x509.h>

#include "key/path.h"

/* What the files behind path_find() share; seen only in src/key/. */

/* Sets status and reason after X509_verify_cert() failed with `error` at the certificate `last`,
 * which may be NULL. */
void path_explain(const struct path_request *request, int error, const X509 *last,
                  struct path *out);

/* Whether a certificate may be a time-stamp authority's. 0, or ERROR_CONFIG saying why not. */
int path_check_timestamping(const struct x509 *certificate, struct error *err);

/* Adds what is said about a certificate of the path, once it is genuine. */
void path_add_statement(struct path_certificate *about,
                        const struct revocation_statement *statement);

#endif
