#include "xml/expression_names.h"

#include <stdbool.h>
#include <string.h>

struct tokens {
    const char *at;
    bool after_operand; /* then a name is an operator and '*' multiplies */
    name_visitor visit;
    void *context;
};

static bool begins_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           ((unsigned char)c & 0x80) != 0;
}

static size_t name_length(const char *text)
{
    size_t length = 0;

    if (!begins_name(text[0]))
        return 0;
    while (begins_name(text[length]) || (text[length] >= '0' && text[length] <= '9') ||
           text[length] == '-' || text[length] == '.')
        length++;
    return length;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* Length of a QName or "prefix:*" at `text`, telling of its prefix. */
static int qualified(struct tokens *tokens, const char *text, size_t *length)
{
    size_t first = name_length(text);

    *length = first;
    if (first == 0 || text[first] != ':' || text[first + 1] == ':')
        return 0;
    size_t second = text[first + 1] == '*' ? 1 : name_length(text + first + 1);
    if (second == 0)
        return 0;
    *length = first + 1 + second;
    return tokens->visit(tokens->context, NAME_PREFIX, text, first);
}

static bool is_node_type(const char *text, size_t length)
{
    static const char *const types[] = {"comment", "text", "processing-instruction", "node"};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strlen(types[i]) == length && memcmp(types[i], text, length) == 0)
            return true;
    }
    return false;
}

static int take_name(struct tokens *tokens)
{
    const char *text = tokens->at;
    size_t length;

    if (tokens->after_operand) {
        tokens->at += name_length(text);
        tokens->after_operand = false;
        return 0;
    }
    int result = qualified(tokens, text, &length);
    if (result != 0)
        return result;
    tokens->at += length;
    const char *next = skip_blanks(tokens->at);
    if (next[0] == ':' && next[1] == ':') {
        tokens->at = next + 2;
        return 0;
    }
    tokens->after_operand = true;
    if (next[0] != '(')
        return 0;
    tokens->after_operand = false;
    if (is_node_type(text, length))
        return 0;
    return tokens->visit(tokens->context, NAME_FUNCTION, text, length);
}

static int take_variable(struct tokens *tokens)
{
    const char *text = skip_blanks(tokens->at + 1);
    size_t length;
    int result = qualified(tokens, text, &length);

    if (result == 0 && length > 0)
        result = tokens->visit(tokens->context, NAME_VARIABLE, text, length);
    tokens->at = text + length;
    tokens->after_operand = true;
    return result;
}

static void take_symbol(struct tokens *tokens)
{
    char c = *tokens->at++;

    if (c == '"' || c == '\'') {
        const char *end = strchr(tokens->at, c);
        tokens->at = end == NULL ? tokens->at + strlen(tokens->at) : end + 1;
        tokens->after_operand = true;
    } else if (c == '*') {
        tokens->after_operand = !tokens->after_operand;
    } else if (strchr(" \t\r\n", c) == NULL) {
        tokens->after_operand = strchr(").]0123456789", c) != NULL;
    }
}

int expression_names(const char *text, name_visitor visit, void *context)
{
    struct tokens tokens = {.at = text, .visit = visit, .context = context};
    int result = 0;

    while (*tokens.at != '\0' && result == 0) {
        if (begins_name(*tokens.at))
            result = take_name(&tokens);
        else if (*tokens.at == '$')
            result = take_variable(&tokens);
        else
            take_symbol(&tokens);
    }
    return result;
}
