#include "cli/output.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/system.h"
#include "base/text.h"

/* Two inputs of the same name must not end in one file, not even with --force. */
static int refuse_twins(const struct outputs *outputs, struct error *err)
{
    for (size_t i = 0; i < outputs->count; i++) {
        for (size_t j = i + 1; j < outputs->count; j++) {
            const char *one = outputs->targets[i];
            const char *other = outputs->targets[j];

            if (one != NULL && other != NULL && strcmp(one, other) == 0)
                return (int)error_set(err, ERROR_USAGE, "两件会写入同一份证书 %s",
                                      "two inputs would become the same certificate %s", one);
        }
    }
    return 0;
}

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static char *make_target(const struct outputs *outputs, const struct input *input,
                         const char *ending)
{
    char *stem;
    char *target;

    if (outputs->folder == NULL)
        return strdup(outputs->options->values[OPTION_OUTPUT]);
    stem = input_stem(input);
    target = stem == NULL ? NULL : input_join(outputs->folder, stem, ending);
    free(stem);
    return target;
}

int outputs_choose(const struct options *options, const struct inputs *inputs, const char *ending,
                   struct outputs *out, struct error *err)
{
    const char *output = options->values[OPTION_OUTPUT];

    *out = (struct outputs){.options = options};
    out->targets = calloc(inputs->count + 1, sizeof(*out->targets));
    if (out->targets == NULL)
        return (int)error_memory(err);
    if (!inputs->single && strcmp(output, "-") == 0)
        return (int)error_set(err, ERROR_USAGE, "多件时 -o 应为文件夹",
                              "for several inputs -o must be a folder");
    if (!inputs->single || is_folder(output))
        out->folder = output;
    for (size_t i = 0; i < inputs->count; i++) {
        out->targets[i] = make_target(out, &inputs->items[i], ending);
        if (out->targets[i] == NULL)
            return (int)error_memory(err);
        out->count++;
    }
    return refuse_twins(out, err);
}

void outputs_free(struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->count; i++)
        free(outputs->targets[i]);
    free(outputs->targets);
    *outputs = (struct outputs){0};
}

int outputs_make_folder(const struct outputs *outputs, struct error *err)
{
    struct bilingual reason;

    if (outputs->folder == NULL || is_folder(outputs->folder) || mkdir(outputs->folder, 0777) == 0)
        return 0;
    reason = system_reason(errno);
    error_set(err, ERROR_WRITE, "存放证书的文件夹建不了：%s%.0s",
              "the folder for the certificates cannot be made: %.0s%s", reason.zh, reason.en);
    error_place(err, outputs->folder, 0, 0);
    return ERROR_WRITE;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one;
    struct stat other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

int output_refuse_read(const struct options *options, const char *input, const char *target,
                       struct error *err)
{
    static const enum option_id files[] = {OPTION_KEY,        OPTION_CERT,   OPTION_PASSWORD_FILE,
                                           OPTION_TRUST,      OPTION_RECORD, OPTION_TSA_TRUST,
                                           OPTION_REVOCATION, OPTION_POLICY};
    const char *source = is_same_file(input, target) ? input : NULL;

    for (size_t i = 0; source == NULL && i < sizeof(files) / sizeof(files[0]); i++) {
        const char *named = options->values[files[i]];

        if (named != NULL && is_same_file(named, target))
            source = named;
    }
    if (source == NULL)
        return 0;
    return (int)error_set(err, ERROR_USAGE, "%s 是本次读取的文件，不会覆盖它",
                          "%s is a file that is read in this run, and is not overwritten", source);
}

int outputs_check(const struct outputs *outputs, size_t index, const char *input, struct error *err)
{
    const char *target = outputs->targets[index];
    int result = output_refuse_read(outputs->options, input, target, err);

    if (result != 0 || options_has(outputs->options, OPTION_FORCE) || strcmp(target, "-") == 0 ||
        access(target, F_OK) != 0)
        return result;
    return (int)error_set(err, ERROR_WRITE, "证书文件 %s 已存在，未作改动；要覆盖请加 --force",
                          "the certificate %s exists already and was left as it is; --force "
                          "replaces it",
                          target);
}

/* The name of the file goes to a terminal, and so without what could steer one. */
static void say(const struct outputs *outputs, struct bilingual said, const char *target)
{
    char *name = text_copy(target);

    if (name != NULL)
        text_sanitise(name);
    fprintf(stderr, "%s%s\n", bilingual_pick(said, outputs->options->language),
            name == NULL ? "?" : name);
    free(name);
}

int outputs_write(const struct outputs *outputs, size_t index, const struct dingjia_octets *octets,
                  struct bilingual said, struct error *err)
{
    const char *target = outputs->targets[index];
    bool force = options_has(outputs->options, OPTION_FORCE);
    int result;

    if (strcmp(target, "-") == 0) {
        if (fwrite(octets->data, 1, octets->length, stdout) == octets->length &&
            fflush(stdout) == 0)
            return 0;
        return (int)error_set(err, ERROR_WRITE, "标准输出写不进去",
                              "cannot write to standard output");
    }
    result = file_write(target, octets->data, octets->length, force ? FILE_REPLACE : 0, err);
    if (result == 0)
        say(outputs, said, target);
    return result;
}
