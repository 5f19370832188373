#ifndef DINGJIA_XML_WRITE_H
#define DINGJIA_XML_WRITE_H

#include "base/buffer.h"

/* Writes elements in canonical form straight into a buffer: no self-closing tags, canonical
 * escapes. The caller gives namespace declarations and attributes in canonical order (xmlns first,
 * then attributes by namespace and name). Failures stick to the buffer (`failed`). */
void xml_write_open(struct buffer *out, const char *name);
void xml_write_attribute(struct buffer *out, const char *name, const char *value);
void xml_write_begin(struct buffer *out); /* ends the start tag: '>' */
void xml_write_text(struct buffer *out, const char *text);
void xml_write_close(struct buffer *out, const char *name);

/* <name>text</name> without attributes. */
void xml_write_element(struct buffer *out, const char *name, const char *text);

#endif
