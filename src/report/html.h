#ifndef DINGJIA_REPORT_HTML_H
#define DINGJIA_REPORT_HTML_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/language.h"

/* A piece of HTML that is well-formed XML too. Failures stick to the buffer. */
struct html {
    struct buffer out;
    enum language language;
};

enum { HTML_OCTETS_MAX = 16 * 1024 * 1024 };

void html_init(struct html *html, enum language language);
void html_free(struct html *html);

/* Text from anywhere: escaped, and whatever could hide, steer a terminal or reorder a line is shown
 * by its number, "[U+202E]". */
void html_text(struct html *html, const char *text);

/* The same, kept apart from the direction of the text around it. */
void html_foreign(struct html *html, const char *text);

/* `style` is the value of the attribute class; NULL for none. */
void html_open(struct html *html, const char *name, const char *style);
void html_close(struct html *html, const char *name);
void html_element(struct html *html, const char *name, const char *style, const char *text);
void html_pick(struct html *html, const char *name, const char *style, struct bilingual text);

/* ---- tables of two columns: what it is, and what was found ---- */

void html_facts_begin(struct html *html);
void html_facts_end(struct html *html);

/* One row; nothing when there is no value. */
void html_fact(struct html *html, struct bilingual name, const char *value);
void html_fact_instant(struct html *html, struct bilingual name, int64_t seconds);

/* The row for a sentence, which is empty afterwards. */
void html_fact_sentence(struct html *html, struct bilingual name, struct buffer *sentence);

/* The head of a table: <thead> with these columns. */
void html_columns(struct html *html, const struct bilingual *names, size_t count);

#endif
