#ifndef DINGJIA_BASE_LANGUAGE_H
#define DINGJIA_BASE_LANGUAGE_H

/* The two languages every text of the program exists in. */
enum language { LANGUAGE_ZH, LANGUAGE_EN };

/* One text in both languages; the strings are borrowed. */
struct bilingual {
    const char *zh;
    const char *en;
};

/* The member of `text` in `language`; never NULL, "" where a text is missing. */
const char *bilingual_pick(struct bilingual text, enum language language);

/* Chinese when LC_ALL, LC_MESSAGES or LANG (first one set) begins with "zh", else English. */
enum language language_from_environment(void);

#endif
