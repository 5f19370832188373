#include "report/html.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "xml/write.h"

/* Controls, marks without width, marks that turn the direction of text, what is no character. */
static const struct {
    uint32_t first;
    uint32_t last;
} hidden[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

static bool is_hidden(uint32_t code)
{
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        if (code >= hidden[i].first && code <= hidden[i].last)
            return true;
    }
    return (code & 0xFFFE) == 0xFFFE;
}

static uint32_t code_point(const unsigned char *text, size_t length)
{
    uint32_t code = length == 1 ? text[0] : (uint32_t)(text[0] & (0x7F >> length));

    for (size_t i = 1; i < length; i++)
        code = code << 6 | (uint32_t)(text[i] & 0x3F);
    return code;
}

/* Whatever is no UTF-8 is shown by its octet. */
static void append_visible(struct buffer *out, const char *text)
{
    const unsigned char *octets = (const unsigned char *)text;
    size_t left = strlen(text);

    while (left > 0) {
        size_t step = text_character_length(octets, left);
        uint32_t code = step > 0 ? code_point(octets, step) : octets[0];
        if (step == 0)
            buffer_append_format(out, "[0x%02X]", (unsigned)code);
        else if (is_hidden(code))
            buffer_append_format(out, "[U+%04X]", (unsigned)code);
        else
            buffer_append(out, octets, step);
        step = step == 0 ? 1 : step;
        octets += step;
        left -= step;
    }
}

void html_init(struct html *html, enum language language)
{
    buffer_init(&html->out, HTML_OCTETS_MAX);
    html->language = language;
}

void html_free(struct html *html)
{
    buffer_free(&html->out);
}

void html_text(struct html *html, const char *text)
{
    struct buffer visible;

    buffer_init(&visible, HTML_OCTETS_MAX);
    append_visible(&visible, text);
    if (visible.failed)
        html->out.failed = 1;
    else
        xml_write_text(&html->out, buffer_text(&visible));
    buffer_free(&visible);
}

void html_foreign(struct html *html, const char *text)
{
    html_element(html, "bdi", NULL, text);
}

void html_open(struct html *html, const char *name, const char *style)
{
    xml_write_open(&html->out, name);
    if (style != NULL)
        xml_write_attribute(&html->out, "class", style);
    xml_write_begin(&html->out);
}

/* A line for each element: the files are read and compared by people too. */
void html_close(struct html *html, const char *name)
{
    xml_write_close(&html->out, name);
    if (strcmp(name, "bdi") != 0 && strcmp(name, "strong") != 0 && strcmp(name, "span") != 0)
        buffer_append(&html->out, "\n", 1);
}

void html_element(struct html *html, const char *name, const char *style, const char *text)
{
    html_open(html, name, style);
    html_text(html, text);
    html_close(html, name);
}

void html_pick(struct html *html, const char *name, const char *style, struct bilingual text)
{
    html_element(html, name, style, bilingual_pick(text, html->language));
}

void html_facts_begin(struct html *html)
{
    html_open(html, "table", "facts");
    html_open(html, "tbody", NULL);
}

void html_facts_end(struct html *html)
{
    html_close(html, "tbody");
    html_close(html, "table");
}

void html_fact(struct html *html, struct bilingual name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    html_open(html, "tr", NULL);
    xml_write_open(&html->out, "th");
    xml_write_attribute(&html->out, "scope", "row");
    xml_write_begin(&html->out);
    html_text(html, bilingual_pick(name, html->language));
    xml_write_close(&html->out, "th");
    html_open(html, "td", NULL);
    html_foreign(html, value);
    xml_write_close(&html->out, "td");
    html_close(html, "tr");
}

void html_fact_instant(struct html *html, struct bilingual name, int64_t seconds)
{
    char text[CLOCK_INSTANT_SIZE];

    clock_format_beijing(seconds, text);
    html_fact(html, name, text);
}

void html_fact_sentence(struct html *html, struct bilingual name, struct buffer *sentence)
{
    if (sentence->failed)
        html->out.failed = 1;
    html_fact(html, name, buffer_text(sentence));
    buffer_clear(sentence);
}

void html_columns(struct html *html, const struct bilingual *names, size_t count)
{
    html_open(html, "thead", NULL);
    html_open(html, "tr", NULL);
    for (size_t i = 0; i < count; i++) {
        xml_write_open(&html->out, "th");
        xml_write_attribute(&html->out, "scope", "col");
        xml_write_begin(&html->out);
        html_text(html, bilingual_pick(names[i], html->language));
        html_close(html, "th");
    }
    html_close(html, "tr");
    html_close(html, "thead");
}
