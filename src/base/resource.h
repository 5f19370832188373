#ifndef DINGJIA_BASE_RESOURCE_H
#define DINGJIA_BASE_RESOURCE_H

#include <stddef.h>

/* A file of schemas/ carried inside the library, so that nothing has to be found at run time. */
struct resource {
    const char *name; /* relative to schemas/, such as "record/1.0/record.xsd" */
    const unsigned char *octets;
    size_t length;
};

/* NULL when there is none of that name. */
const struct resource *resource_find(const char *name);

/* Resource number `index` in order of name, NULL past the last. */
const struct resource *resource_at(size_t index);

#endif
