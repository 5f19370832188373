#ifndef DINGJIA_SIGNATURE_POLICY_H
#define DINGJIA_SIGNATURE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "signature/result.h"
#include "signature/role.h"

/* Under which rules facts are judged: schemas/policy/1.0/policy.xsd. Immutable. */
struct policy;

/* The one inside the program, schemas/policy/1.0/default.xml. */
int policy_default(struct policy **out, struct error *err);

/* Reads a policy. ERROR_CONFIG, with the line, when it is not one: a check that cannot be lowered,
 * an algorithm or role that does not exist, anything named twice. `name` is for messages. */
int policy_parse(const void *octets, size_t length, const char *name, struct policy **out,
                 struct error *err);
void policy_free(struct policy *policy);

const char *policy_name(const struct policy *policy);
const char *policy_digest(const struct policy *policy); /* SHA-256 of its octets, hexadecimal */

/* How much it matters when the check `id` fails; LEVEL_FAIL for those no policy can lower. */
enum check_level policy_level(const struct policy *policy, const char *id);

/* Whether the policy knows the suite or digest; `*until`, the first second at which it is no longer
 * accepted, INT64_MAX for never. */
bool policy_algorithm(const struct policy *policy, const char *name, int64_t *until);

/* One signature that has to be there. Members that may be anything are ROLE_NONE or NULL. */
struct policy_requirement {
    enum signature_role role;
    const char *suite;
    const char *signer; /* subject of the signer's certificate, as verify shows it */
};

/* Requirement number `index`, NULL past the last. */
const struct policy_requirement *policy_requirement_at(const struct policy *policy, size_t index);

#endif
