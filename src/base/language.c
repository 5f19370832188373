#include "base/language.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

const char *bilingual_pick(struct bilingual text, enum language language)
{
    const char *picked = language == LANGUAGE_ZH ? text.zh : text.en;

    return picked == NULL ? "" : picked;
}

enum language language_from_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strncmp(value, "zh", 2) == 0 ? LANGUAGE_ZH : LANGUAGE_EN;
    }
    return LANGUAGE_EN;
}
