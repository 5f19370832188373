#ifndef DINGJIA_XML_SCAN_H
#define DINGJIA_XML_SCAN_H

#include <stddef.h>

#include "base/error.h"

/* Where a start tag begins; line and column (in characters) from 1. */
struct scan_place {
    unsigned line;
    unsigned column;
};

/* Looks through the octets before any parser sees them: encoding, characters, DOCTYPE, entities,
 * the limits of base/limits.h, one root only. What it lets pass has the same tags for every
 * reader. On success `*places` (owned by the caller) has one entry per start tag, in order. */
int scan_octets(const void *octets, size_t length, struct scan_place **places, size_t *count,
                struct error *err);

#endif
