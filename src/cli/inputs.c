#include "cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/system.h"

static int add_input(struct inputs *inputs, const char *path, const struct error *failure,
                     struct error *err)
{
    struct input *item;

    if (inputs->count == inputs->capacity) {
        size_t capacity = inputs->capacity == 0 ? 16 : inputs->capacity * 2;
        struct input *items = realloc(inputs->items, capacity * sizeof(*items));
        if (items == NULL)
            return (int)error_memory(err);
        inputs->items = items;
        inputs->capacity = capacity;
    }
    item = &inputs->items[inputs->count];
    memset(item, 0, sizeof(*item));
    item->path = strdup(path);
    if (item->path == NULL)
        return (int)error_memory(err);
    inputs->count++;
    if (failure == NULL)
        return 0;
    item->failure = malloc(sizeof(*item->failure));
    if (item->failure == NULL)
        return (int)error_memory(err);
    *item->failure = *failure;
    return 0;
}

static int add_unreadable(struct inputs *inputs, const char *path, struct error *err)
{
    struct bilingual reason = system_reason(errno);
    struct error failure = {0};

    error_set(&failure, ERROR_OPEN, "打不开：%s%.0s", "cannot be opened: %.0s%s", reason.zh,
              reason.en);
    error_place(&failure, path, 0, 0);
    return add_input(inputs, path, &failure, err);
}

static int add_too_deep(struct inputs *inputs, const char *path, struct error *err)
{
    struct error failure = {0};

    error_set(&failure, ERROR_OPEN, "文件夹嵌套超过 %d 层，未再深入",
              "folders are nested more than %d deep; this one was not entered", LIMIT_FOLDER_DEPTH);
    error_place(&failure, path, 0, 0);
    return add_input(inputs, path, &failure, err);
}

static int add_empty(struct inputs *inputs, const char *path, struct error *err)
{
    struct error failure = {0};

    error_set(&failure, ERROR_OPEN, "文件夹里没有 .xml 文件",
              "there is no .xml file in the folder");
    error_place(&failure, path, 0, 0);
    return add_input(inputs, path, &failure, err);
}

static int compare_names(const void *a, const void *b)
{
    char *const *left = a;
    char *const *right = b;

    return strcmp(*left, *right);
}

static void free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

/* Names in a folder, hidden ones left out, sorted. The caller frees them; -1 with errno set: a
 * listing that broke off must not pass for the whole folder. */
static int list_folder(const char *path, char ***names, size_t *count)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char **list = NULL;
    size_t used = 0;
    int failed = 0; /* errno */

    if (folder == NULL)
        return -1;
    while (failed == 0 && (errno = 0, entry = readdir(folder)) != NULL) {
        char **longer;
        if (entry->d_name[0] == '.')
            continue;
        longer = realloc(list, (used + 1) * sizeof(*list));
        list = longer == NULL ? list : longer;
        if (longer == NULL || (list[used] = strdup(entry->d_name)) == NULL)
            failed = ENOMEM;
        else
            used++;
    }
    failed = failed != 0 ? failed : errno;
    closedir(folder);
    if (failed != 0) {
        free_names(list, used);
        errno = failed;
        return -1;
    }
    if (used > 0)
        qsort(list, used, sizeof(*list), compare_names);
    *names = list;
    *count = used;
    return 0;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t tail = strlen(end);

    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int add_folder(struct inputs *inputs, const char *path, unsigned depth, struct error *err);

/* Symbolic links are followed to files but not to folders, so that no loop is walked. */
static int add_entry(struct inputs *inputs, const char *folder, const char *name, unsigned depth,
                     struct error *err)
{
    char *path = input_join(folder, name, "");
    struct stat status;
    int result = 0;

    if (path == NULL)
        return (int)error_memory(err);
    if (lstat(path, &status) != 0)
        result = add_unreadable(inputs, path, err);
    else if (S_ISDIR(status.st_mode))
        result = add_folder(inputs, path, depth + 1, err);
    else if (ends_with(name, ".xml"))
        result = add_input(inputs, path, NULL, err);
    free(path);
    return result;
}

static int add_folder(struct inputs *inputs, const char *path, unsigned depth, struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    int result = 0;

    if (depth > LIMIT_FOLDER_DEPTH)
        return add_too_deep(inputs, path, err);
    if (list_folder(path, &names, &count) != 0)
        return add_unreadable(inputs, path, err);
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_entry(inputs, path, names[i], depth, err);
    free_names(names, count);
    return result;
}

static int add_path(struct inputs *inputs, const char *path, struct error *err)
{
    size_t before = inputs->count;
    struct stat status;
    int result;

    if (strcmp(path, "-") == 0)
        return add_input(inputs, path, NULL, err);
    if (stat(path, &status) != 0)
        return add_unreadable(inputs, path, err);
    if (!S_ISDIR(status.st_mode))
        return add_input(inputs, path, NULL, err);
    inputs->single = false;
    result = add_folder(inputs, path, 0, err);
    if (result == 0 && inputs->count == before)
        result = add_empty(inputs, path, err);
    return result;
}

int inputs_collect(char *const *paths, size_t count, struct inputs *inputs, struct error *err)
{
    int result = 0;

    memset(inputs, 0, sizeof(*inputs));
    inputs->single = count == 1;
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_path(inputs, paths[i], err);
    return result;
}

void inputs_free(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].path);
        free(inputs->items[i].failure);
    }
    free(inputs->items);
    memset(inputs, 0, sizeof(*inputs));
}

char *input_stem(const struct input *input)
{
    const char *slash = strrchr(input->path, '/');
    const char *name = slash == NULL ? input->path : slash + 1;
    char *stem = strdup(strcmp(input->path, "-") == 0 ? "stdin" : name);

    if (stem != NULL && ends_with(stem, ".xml") && strlen(stem) > 4)
        stem[strlen(stem) - 4] = '\0';
    return stem;
}

char *input_join(const char *folder, const char *name, const char *suffix)
{
    size_t size = strlen(folder) + strlen(name) + strlen(suffix) + 2;
    const char *slash = ends_with(folder, "/") ? "" : "/";
    char *path = malloc(size);

    if (path != NULL)
        snprintf(path, size, "%s%s%s%s", folder, slash, name, suffix);
    return path;
}
