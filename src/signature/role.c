#include "signature/role.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    struct bilingual words;
} roles[ROLE_COUNT] = {
    [ROLE_NONE] = {NULL, {"未载明", "not stated"}},
    [ROLE_OFFICE] = {"office", {"技术转移机构", "transfer office"}},
    [ROLE_EXCHANGE] = {"exchange", {"技术交易机构", "technology exchange"}},
    [ROLE_AUTHORITY] = {"authority", {"主管部门", "competent authority"}},
    [ROLE_NOTARY] = {"notary", {"公证机构", "notary"}},
};

const char *role_name(enum signature_role role)
{
    return roles[role].name;
}

enum signature_role role_find(const char *name)
{
    for (size_t i = ROLE_NONE + 1; i < ROLE_COUNT; i++) {
        if (strcmp(roles[i].name, name) == 0) {
            return (enum signature_role)i;
        }
    }
    return ROLE_NONE;
}

struct bilingual role_words(enum signature_role role)
{
    return roles[role].words;
}
