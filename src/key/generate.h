#ifndef DINGJIA_KEY_GENERATE_H
#define DINGJIA_KEY_GENERATE_H

#include <stdint.h>

#include "base/error.h"

struct key_plan {
    const char *folder; /* must not exist yet; made with mode 0700 */
    const char *name;   /* whom the issuer's certificate names, 1 to 64 characters */
    int days;           /* validity, 1 to 3650 */
    int64_t from;       /* its first second */
    const char *suite;  /* "p256", "rsa3072", "sm2"; NULL: the default */
};

/* Makes a throw-away CA and an issuer under it, both with keys of the suite: ca.pem (trust anchor),
 * issuer.pem (certificate) and issuer.key (mode 0600). The CA's own key is not kept, so nothing
 * else can ever be issued under it. On failure nothing is left behind. */
int key_generate(const struct key_plan *plan, struct error *err);

#endif
