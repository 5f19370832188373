#include "dingjia.h"

const char *dingjia_version(void)
{
    return DINGJIA_VERSION;
}
