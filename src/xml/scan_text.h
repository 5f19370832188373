#ifndef DINGJIA_XML_SCAN_TEXT_H
#define DINGJIA_XML_SCAN_TEXT_H

#include <stddef.h>

#include "base/error.h"

/* The part of the scan that knows nothing of tags: something is there, it is not another kind of
 * file, it is UTF-8 (declared so or not declared), and every character is allowed in XML. */
int scan_text_check(const void *octets, size_t length, struct error *err);

#endif
