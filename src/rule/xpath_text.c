#include "rule/xpath_text.h"

#include <string.h>

#include "rule/wording.h"

/* Bytes above 0x7f belong to names: a pack may use Chinese ones. */
static bool is_name_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || ((unsigned char)c & 0x80U) != 0;
}

/* Past the literal that begins at `at`; at the end of the text when it is not closed. */
static const char *skip_literal(const char *at)
{
    const char *end = strchr(at + 1, *at);
    return end == NULL ? at + strlen(at) : end + 1;
}

static size_t name_length(const char *at)
{
    size_t length = 0;
    while (is_name_char(at[length]) || (at[length] == ':' && length > 0))
        length++;
    return length;
}

const char *xpath_text_next_variable(const char *at, size_t *length)
{
    while (*at != '\0') {
        if (*at == '\'' || *at == '"') {
            at = skip_literal(at);
        } else if (*at == '$') {
            at++;
            while (wording_is_space(*at))
                at++;
            *length = name_length(at);
            return at;
        } else {
            at++;
        }
    }
    return NULL;
}

bool xpath_text_has_variable(const char *text)
{
    size_t length = 0;
    return xpath_text_next_variable(text, &length) != NULL;
}

const char *xpath_text_plain_name(const char *text, size_t *length)
{
    while (wording_is_space(*text))
        text++;
    if (*text != '$' && *text != '@')
        return NULL;
    text++;
    *length = name_length(text);
    const char *rest = text + *length;
    while (wording_is_space(*rest))
        rest++;
    return *length > 0 && *rest == '\0' ? text : NULL;
}

static bool is_one_of(const char *text, size_t length, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == length && memcmp(text, *words, length) == 0)
            return true;
    return false;
}

/* A name in a step of a pattern: only node tests may be called, only two axes named. */
static const char *check_name(const char *at)
{
    static const char *const tests[] = {"comment", "processing-instruction", "node", NULL};
    static const char *const axes[] = {"child", "attribute", NULL};
    size_t length = 0;
    while (is_name_char(at[length]))
        length++;
    const char *rest = at + length;
    if (*at == '.')
        return NULL;
    while (wording_is_space(*rest))
        rest++;
    if (*rest == '(') {
        const char *close = strchr(rest, ')');
        return close != NULL && is_one_of(at, length, tests) ? close + 1 : NULL;
    }
    if (rest[0] == ':' && rest[1] == ':')
        return is_one_of(at, length, axes) ? rest + 2 : NULL;
    if (rest[0] == ':')
        return rest + 1;
    return rest;
}

/* Past a predicate; NULL when it is not closed or uses a variable. */
static const char *skip_predicate(const char *at)
{
    size_t depth = 0;
    while (*at != '\0') {
        if (*at == '\'' || *at == '"') {
            at = skip_literal(at);
            continue;
        }
        if (*at == '$')
            return NULL;
        if (*at == '[')
            depth++;
        if (*at == ']' && --depth == 0)
            return at + 1;
        at++;
    }
    return NULL;
}

/* Past one alternative of a union (at '|' or the end); NULL when it is not a pattern. */
static const char *skip_alternative(const char *at)
{
    while (at != NULL && *at != '\0' && *at != '|') {
        if (*at == '[')
            at = skip_predicate(at);
        else if (*at == '/' || *at == '@' || *at == '*' || wording_is_space(*at))
            at++;
        else if (is_name_char(*at))
            at = check_name(at);
        else
            at = NULL;
    }
    return at;
}

int xpath_text_select_context(const char *context, struct buffer *out)
{
    const char *at = context;
    for (;;) {
        while (wording_is_space(*at))
            at++;
        const char *end = skip_alternative(at);
        if (end == NULL || end == at)
            return -1;
        if (*at != '/')
            buffer_append_text(out, "//");
        buffer_append(out, at, (size_t)(end - at));
        if (*end == '\0')
            return 0;
        buffer_append_text(out, "| ");
        at = end + 1;
    }
}

void xpath_text_substitute(const char *text, const char *name, const char *value,
                           struct buffer *out)
{
    size_t length = strlen(name);
    while (*text != '\0') {
        if (*text == '$' && strncmp(text + 1, name, length) == 0) {
            buffer_append_text(out, value);
            text += 1 + length;
        } else {
            buffer_append(out, text++, 1);
        }
    }
}
