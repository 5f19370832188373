#include "cli/options.h"

#include <popt.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

bool options_has(const struct options *options, enum option_id id)
{
    return options->values[id] != NULL;
}

enum language options_language(int count, char *const *arguments)
{
    const char *value = NULL;

    for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++) {
        if (strcmp(arguments[i], "--lang") == 0 && i + 1 < count)
            value = arguments[i + 1];
        else if (strncmp(arguments[i], "--lang=", 7) == 0)
            value = arguments[i] + 7;
    }
    if (value != NULL && strcmp(value, "zh") == 0)
        return LANGUAGE_ZH;
    if (value != NULL && strcmp(value, "en") == 0)
        return LANGUAGE_EN;
    return language_from_environment();
}

static size_t minimum(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance of two short words; too long ones count as far apart. */
static size_t word_distance(const char *a, const char *b)
{
    enum { LONGEST = 32 };
    size_t row[LONGEST + 1];
    size_t width = strlen(b);

    if (strlen(a) > LONGEST || width > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            row[j] = minimum(change, minimum(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

const char *options_nearest(const char *word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t best = 4;

    for (size_t i = 0; i < count; i++) {
        size_t distance = word_distance(word, names[i]);
        if (distance < best && distance < strlen(names[i])) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

static int unknown_option(const char *word, const enum option_id *allowed, struct error *err)
{
    const char *names[OPTION_COUNT];
    const char *nearest;
    size_t count = 0;

    for (size_t i = 0; allowed[i] != OPTION_COUNT; i++)
        names[count++] = option_find(allowed[i])->name;
    nearest = options_nearest(word + strspn(word, "-"), names, count);
    if (nearest == NULL)
        return (int)error_set(err, ERROR_USAGE, "没有选项 %s", "there is no option %s", word);
    return (int)error_set(err, ERROR_USAGE, "没有选项 %s；是不是 --%s？",
                          "there is no option %s; did you mean --%s?", word, nearest);
}

static int parse_failure(int code, const char *word, const enum option_id *allowed,
                         struct error *err)
{
    switch (code) {
    case POPT_ERROR_BADOPT:
        return unknown_option(word, allowed, err);
    case POPT_ERROR_NOARG:
        return (int)error_set(err, ERROR_USAGE, "选项 %s 后面缺少参数",
                              "option %s wants an argument", word);
#ifdef POPT_ERROR_UNWANTEDARG
    case POPT_ERROR_UNWANTEDARG:
        return (int)error_set(err, ERROR_USAGE, "选项 %s 不带参数", "option %s takes no argument",
                              word);
#endif
    case POPT_ERROR_MALLOC:
        return (int)error_memory(err);
    default:
        return (int)error_set(err, ERROR_USAGE, "选项 %s 写法不对：%s",
                              "option %s is not well written: %s", word, poptStrerror(code));
    }
}

static int take_value(poptContext context, enum option_id id, struct options *options,
                      struct error *err)
{
    char *value = poptGetOptArg(context);

    if (options->values[id] != NULL) {
        free(value);
        return (int)error_set(err, ERROR_USAGE, "选项 --%s 写了两次", "option --%s is given twice",
                              option_find(id)->name);
    }
    options->values[id] = value != NULL ? value : strdup("");
    if (options->values[id] == NULL)
        return (int)error_memory(err);
    return 0;
}

static int take_paths(poptContext context, struct options *options, struct error *err)
{
    const char **rest = poptGetArgs(context);
    size_t count = 0;

    while (rest != NULL && rest[count] != NULL)
        count++;
    options->paths = calloc(count + 1, sizeof(*options->paths));
    if (options->paths == NULL)
        return (int)error_memory(err);
    for (size_t i = 0; i < count; i++) {
        options->paths[i] = strdup(rest[i]);
        if (options->paths[i] == NULL)
            return (int)error_memory(err);
        options->path_count++;
    }
    return 0;
}

static void fill_popt(const enum option_id *allowed, struct poptOption *popt)
{
    for (size_t i = 0; allowed[i] != OPTION_COUNT; i++) {
        const struct option_row *row = option_find(allowed[i]);
        popt[i].longName = row->name;
        popt[i].shortName = row->letter;
        popt[i].argInfo = row->argument.en[0] == '\0' ? POPT_ARG_NONE : POPT_ARG_STRING;
        popt[i].val = (int)row->id + 1;
    }
}

static int check_language(const struct options *options, struct error *err)
{
    const char *value = options->values[OPTION_LANG];

    if (value == NULL || strcmp(value, "zh") == 0 || strcmp(value, "en") == 0)
        return 0;
    return (int)error_set(err, ERROR_USAGE, "--lang 只能是 zh 或 en，不是“%s”",
                          "--lang is zh or en, not \"%s\"", value);
}

/* Runs popt over `words`, which are only read. */
static int read_words(int count, const char **words, const enum option_id *allowed,
                      struct options *options, struct error *err)
{
    struct poptOption popt[OPTION_COUNT + 1] = {{0}};
    poptContext context;
    int code = -1;
    int result = 0;

    fill_popt(allowed, popt);
    context = poptGetContext(NULL, count, words, popt, POPT_CONTEXT_KEEP_FIRST);
    if (context == NULL)
        return (int)error_memory(err);
    while (result == 0 && (code = poptGetNextOpt(context)) > 0)
        result = take_value(context, (enum option_id)(code - 1), options, err);
    if (result == 0 && code < -1)
        result = parse_failure(code, poptBadOption(context, POPT_BADOPTION_NOALIAS), allowed, err);
    if (result == 0)
        result = take_paths(context, options, err);
    poptFreeContext(context);
    return result;
}

int options_parse(int count, char **arguments, const enum option_id *allowed,
                  struct options *options, struct error *err)
{
    const char **words = calloc((size_t)count + 1, sizeof(*words));
    int result;

    memset(options, 0, sizeof(*options));
    options->language = options_language(count, arguments);
    if (words == NULL)
        return (int)error_memory(err);
    for (int i = 0; i < count; i++)
        words[i] = arguments[i];
    result = read_words(count, words, allowed, options, err);
    if (result == 0)
        result = check_language(options, err);
    free(words);
    return result;
}

void options_free(struct options *options)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        free(options->values[i]);
    for (size_t i = 0; i < options->path_count; i++)
        free(options->paths[i]);
    free(options->paths);
    memset(options, 0, sizeof(*options));
}

/* 1970-01-01T00:00:00Z would be taken for "not given", that is, for now. */
static int refuse_early(const char *text, struct error *err)
{
    return (int)error_set(err, ERROR_USAGE, "--at 须在1970年以后，不是“%s”",
                          "--at must be later than the beginning of 1970, not \"%s\"", text);
}

int options_instant(const struct options *options, int64_t *at, struct error *err)
{
    const char *text = options->values[OPTION_AT];

    *at = 0;
    if (text == NULL)
        return 0;
    if (clock_parse_instant(text, at) == 0)
        return *at > 0 ? 0 : refuse_early(text, err);
    return (int)error_set(
        err, ERROR_USAGE,
        "--at 要写日期（2025-08-20）或时刻（2025-08-20T09:00:00+08:00），不是“%s”",
        "--at wants a date (2025-08-20) or an instant "
        "(2025-08-20T09:00:00+08:00), not \"%s\"",
        text);
}
