#ifndef DINGJIA_KEY_TRUST_H
#define DINGJIA_KEY_TRUST_H

#include "base/error.h"
#include "key/x509.h"

/* Issuers trusted explicitly; no default store is ever looked at. Immutable. */
struct trust;

/* Reads CA certificates from a PEM file. ERROR_CONFIG when one of them is not a CA. */
int trust_read(const char *path, struct trust **out, struct error *err);
void trust_free(struct trust *trust);

#endif
