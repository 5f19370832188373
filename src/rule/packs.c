#include "rule/packs.h"

#include <stdlib.h>
#include <string.h>

#include "base/resource.h"

#define PACKS_PREFIX "packs/"
#define TESTS_FOLDER "tests/"

struct packs {
    struct pack **items;
    size_t count;
};

int packs_new(struct packs **out, struct error *err)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? (int)error_memory(err) : 0;
}

void packs_free(struct packs *packs)
{
    if (packs == NULL)
        return;
    for (size_t i = 0; i < packs->count; i++)
        pack_free(packs->items[i]);
    free(packs->items);
    free(packs);
}

/* Two packs of one id and version could not be told apart in a certificate. */
static bool is_known(const struct packs *packs, const struct pack *pack)
{
    for (size_t i = 0; i < packs->count; i++)
        if (strcmp(pack_id(packs->items[i]), pack_id(pack)) == 0 &&
            strcmp(pack_version(packs->items[i]), pack_version(pack)) == 0)
            return true;
    return false;
}

int packs_take(struct packs *packs, struct pack *pack, struct error *err)
{
    if (is_known(packs, pack)) {
        int code =
            (int)error_set(err, ERROR_CONFIG, "规则包 %s %s 重复", "the pack %s %s is there twice",
                           pack_id(pack), pack_version(pack));
        pack_free(pack);
        return code;
    }
    struct pack **items = realloc(packs->items, (packs->count + 1) * sizeof(struct pack *));
    if (items == NULL) {
        pack_free(pack);
        return (int)error_memory(err);
    }
    packs->items = items;
    packs->items[packs->count++] = pack;
    return 0;
}

size_t packs_count(const struct packs *packs)
{
    return packs->count;
}

const struct pack *packs_at(const struct packs *packs, size_t index)
{
    return index < packs->count ? packs->items[index] : NULL;
}

/* Length of "packs/<id>/<version>/" at the head of a resource name, 0 when it is not in a pack. */
static size_t folder_length(const char *name)
{
    if (strncmp(name, PACKS_PREFIX, strlen(PACKS_PREFIX)) != 0)
        return 0;
    const char *version = strchr(name + strlen(PACKS_PREFIX), '/');
    const char *file = version == NULL ? NULL : strchr(version + 1, '/');
    return file == NULL ? 0 : (size_t)(file - name) + 1;
}

/* The files of the folder that the resource at `index` lies in; its tests are not part of it. */
static size_t gather_files(size_t index, size_t length, struct pack_file *files)
{
    const char *folder = resource_at(index)->name;
    size_t count = 0;
    const struct resource *resource = resource_at(index);
    for (; resource != NULL; resource = resource_at(++index)) {
        const char *name = resource->name + length;
        if (strncmp(resource->name, folder, length) != 0)
            break;
        if (strncmp(name, TESTS_FOLDER, strlen(TESTS_FOLDER)) == 0)
            continue;
        if (files != NULL)
            files[count] = (struct pack_file){name, resource->octets, resource->length};
        count++;
    }
    return count;
}

static int load_folder(struct packs *packs, size_t index, size_t length, struct error *err)
{
    size_t count = gather_files(index, length, NULL);
    struct pack_file *files = calloc(count + 1, sizeof *files);
    char *place = calloc(length + 1, 1);
    struct pack *pack = NULL;
    int code = ERROR_MEMORY;
    if (files == NULL || place == NULL) {
        error_memory(err);
        goto out;
    }
    memcpy(place, resource_at(index)->name, length);
    gather_files(index, length, files);
    code = pack_load(place, files, count, &pack, err);
out:
    free(files);
    free(place);
    return code == 0 ? packs_take(packs, pack, err) : code;
}

static bool is_folder_start(size_t index, size_t length)
{
    return index == 0 ||
           strncmp(resource_at(index - 1)->name, resource_at(index)->name, length) != 0;
}

int packs_builtin(struct packs **out, struct error *err)
{
    *out = NULL;
    struct packs *packs = NULL;
    int code = packs_new(&packs, err);
    for (size_t i = 0; code == 0 && resource_at(i) != NULL; i++) {
        size_t length = folder_length(resource_at(i)->name);
        if (length > 0 && is_folder_start(i, length))
            code = load_folder(packs, i, length, err);
    }
    if (code != 0) {
        packs_free(packs);
        return code;
    }
    *out = packs;
    return 0;
}
