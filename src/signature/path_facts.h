#ifndef DINGJIA_SIGNATURE_PATH_FACTS_H
#define DINGJIA_SIGNATURE_PATH_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "key/path.h"
#include "signature/result.h"

/* Questions to the facts of a path, be it a signer's or a time-stamp authority's. */

enum subindication path_subindication(enum path_status status);

/* The first certificate of the path that is not valid at `at`; NULL when all are. */
const struct path_certificate *path_invalid_at(const struct path *path, int64_t at);

/* The earliest end of validity in the path; false when none is known. */
bool path_valid_to(const struct path *path, int64_t *to);

/* The first revocation anybody stated about it; NULL when none. */
const struct revocation_statement *path_revoked(const struct path_certificate *certificate);

/* A statement that it was not revoked, recent enough to speak about the time `at`, and not of a
 * time after `now`; NULL when there is none. */
const struct revocation_statement *path_good_at(const struct path_certificate *certificate,
                                                int64_t at, int64_t now);

#endif
