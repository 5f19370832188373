#ifndef DINGJIA_SIGNATURE_ROLE_H
#define DINGJIA_SIGNATURE_ROLE_H

#include "base/language.h"

/* In which capacity somebody signs: xades:ClaimedRole, a signed property. A closed list, so that a
 * policy cannot ask for a role that is merely spelt differently. */
enum signature_role {
    ROLE_NONE = 0,
    ROLE_OFFICE,    /* the transfer office that certifies */
    ROLE_EXCHANGE,  /* the technology exchange that countersigns */
    ROLE_AUTHORITY, /* a competent authority */
    ROLE_NOTARY,
    ROLE_COUNT
};

/* "office" ...; NULL for ROLE_NONE. */
const char *role_name(enum signature_role role);

/* ROLE_NONE when there is no such role. */
enum signature_role role_find(const char *name);

/* For people. */
struct bilingual role_words(enum signature_role role);

#endif
