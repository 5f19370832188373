#include "xml/write.h"

#include <stddef.h>
#include <string.h>

/* Canonical XML 1.0, section 2.3: what is escaped in text and in attribute values. */
struct escape {
    char character;
    const char *text;
};

static const struct escape text_escapes[] = {
    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'\r', "&#xD;"}, {'\0', NULL}};

static const struct escape attribute_escapes[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'"', "&quot;"},
                                                  {'\t', "&#x9;"}, {'\n', "&#xA;"}, {'\r', "&#xD;"},
                                                  {'\0', NULL}};

static void append_escaped(struct buffer *out, const char *text, const struct escape *escapes,
                           const char *special)
{
    for (;;) {
        size_t plain = strcspn(text, special);
        buffer_append(out, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        for (const struct escape *at = escapes; at->text != NULL; at++) {
            if (at->character == *text)
                buffer_append_text(out, at->text);
        }
        text++;
    }
}

void xml_write_open(struct buffer *out, const char *name)
{
    buffer_append(out, "<", 1);
    buffer_append_text(out, name);
}

void xml_write_attribute(struct buffer *out, const char *name, const char *value)
{
    buffer_append(out, " ", 1);
    buffer_append_text(out, name);
    buffer_append(out, "=\"", 2);
    append_escaped(out, value, attribute_escapes, "&<\"\t\n\r");
    buffer_append(out, "\"", 1);
}

void xml_write_begin(struct buffer *out)
{
    buffer_append(out, ">", 1);
}

void xml_write_text(struct buffer *out, const char *text)
{
    append_escaped(out, text, text_escapes, "&<>\r");
}

void xml_write_close(struct buffer *out, const char *name)
{
    buffer_append(out, "</", 2);
    buffer_append_text(out, name);
    buffer_append(out, ">", 1);
}

void xml_write_element(struct buffer *out, const char *name, const char *text)
{
    xml_write_open(out, name);
    xml_write_begin(out);
    xml_write_text(out, text);
    xml_write_close(out, name);
}
