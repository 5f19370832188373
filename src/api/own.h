#ifndef DINGJIA_API_OWN_H
#define DINGJIA_API_OWN_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "signature/role.h"

/* What is made is read back as a stranger would, before anybody gets it. ERROR_INTERNAL when it
 * does not hold. */
int own_check(const struct buffer *certificate, int64_t at, struct error *err);

/* The role of this name; `otherwise` for NULL. ERROR_USAGE when there is no such role. */
int own_role(const char *name, enum signature_role otherwise, enum signature_role *out,
             struct error *err);

#endif
