#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/internal.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "base/system.h"

/* Condition D12 with the files at hand: each is hashed and compared with what the record says. */

enum { VALUES_PER_FINDING = 4, NAME_OCTETS = 1024 };

static const struct {
    enum digest_algorithm algorithm;
    const char *name;
} algorithms[] = {{DIGEST_SHA256, "SHA-256"}, {DIGEST_SM3, "SM3"}};

enum { ALGORITHM_COUNT = sizeof algorithms / sizeof algorithms[0] };

/* One comparison under way. */
struct comparison {
    struct evidence_findings *findings;
    struct error *err;
    int folder;
};

void evidence_findings_free(struct evidence_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].values);
    for (size_t i = 0; i < findings->text_count; i++)
        free(findings->texts[i]);
    free(findings->items);
    free(findings->texts);
    *findings = (struct evidence_findings){0};
}

/* Keeps a text for as long as the findings live; NULL when memory ran out. */
static const char *keep(struct comparison *comparison, struct buffer *buffer)
{
    struct evidence_findings *findings = comparison->findings;
    char **texts = realloc(findings->texts, (findings->text_count + 1) * sizeof(char *));
    char *text = texts == NULL ? NULL : buffer_take(buffer, NULL);
    if (texts != NULL)
        findings->texts = texts;
    if (text == NULL) {
        buffer_free(buffer);
        error_memory(comparison->err);
        return NULL;
    }
    findings->texts[findings->text_count++] = text;
    return text;
}

static const char *keep_text(struct comparison *comparison, const char *text)
{
    struct buffer buffer;
    buffer_init(&buffer, LIMIT_MESSAGE_OCTETS);
    buffer_append_text(&buffer, text);
    return keep(comparison, &buffer);
}

/* A new finding about `file`; NULL when memory ran out. */
static struct finding *add_finding(struct comparison *comparison,
                                   const struct record_evidence *file, enum outcome outcome)
{
    struct evidence_findings *findings = comparison->findings;
    struct finding *items = realloc(findings->items, (findings->count + 1) * sizeof *items);
    if (items == NULL) {
        error_memory(comparison->err);
        return NULL;
    }
    findings->items = items;
    struct finding *finding = &items[findings->count++];
    *finding = (struct finding){.outcome = outcome, .line = file->line, .total = 1};
    finding->assertion = outcome == OUTCOME_VIOLATED ? "D12.differs" : "D12.missing";
    finding->values = calloc(VALUES_PER_FINDING, sizeof *finding->values);
    struct buffer path;
    buffer_init(&path, LIMIT_MESSAGE_OCTETS);
    buffer_append_format(&path, "/record/evidence/file[@id='%s']", file->id);
    finding->path = keep(comparison, &path);
    if (finding->values == NULL || finding->path == NULL) {
        error_memory(comparison->err);
        return NULL;
    }
    return finding;
}

static void add_value(struct finding *finding, const char *name, const char *text)
{
    finding->values[finding->value_count++] = (struct finding_value){name, text};
}

static int word_missing(struct comparison *comparison, struct finding *finding,
                        const struct record_evidence *file, struct bilingual reason)
{
    struct buffer zh;
    struct buffer en;
    buffer_init(&zh, LIMIT_MESSAGE_OCTETS);
    buffer_init(&en, LIMIT_MESSAGE_OCTETS);
    buffer_append_format(&zh, "证据文件 %s（%s）不能读取：%s。请将该文件放入证据文件夹。",
                         file->path, file->id, reason.zh);
    buffer_append_format(&en,
                         "The evidence file %s (%s) cannot be read: %s. Put it into the evidence "
                         "folder.",
                         file->path, file->id, reason.en);
    finding->zh = keep(comparison, &zh);
    finding->en = keep(comparison, &en);
    add_value(finding, "file", file->path);
    return finding->zh == NULL || finding->en == NULL ? ERROR_MEMORY : 0;
}

static int report_missing(struct comparison *comparison, const struct record_evidence *file,
                          struct bilingual reason)
{
    struct finding *finding = add_finding(comparison, file, OUTCOME_NOT_EVIDENCED);
    return finding == NULL ? ERROR_MEMORY : word_missing(comparison, finding, file, reason);
}

static int word_differs(struct comparison *comparison, struct finding *finding, const char *path,
                        const char *algorithm)
{
    struct buffer zh;
    struct buffer en;
    const char *declared = finding->values[1].text;
    const char *actual = finding->values[2].text;
    buffer_init(&zh, LIMIT_MESSAGE_OCTETS);
    buffer_init(&en, LIMIT_MESSAGE_OCTETS);
    buffer_append_format(&zh, "证据文件 %s 与记录所载不同：记录的 %s 摘要为 %s，该文件实际为 %s。",
                         path, algorithm, declared, actual);
    buffer_append_format(&en,
                         "The evidence file %s is not the one recorded: the record gives the %s "
                         "digest %s, the file has %s.",
                         path, algorithm, declared, actual);
    finding->zh = keep(comparison, &zh);
    finding->en = keep(comparison, &en);
    return finding->zh == NULL || finding->en == NULL ? ERROR_MEMORY : 0;
}

static int report_differs(struct comparison *comparison, const struct record_evidence *file,
                          size_t algorithm, const char *actual)
{
    struct finding *finding = add_finding(comparison, file, OUTCOME_VIOLATED);
    if (finding == NULL)
        return ERROR_MEMORY;
    const char *declared = algorithm == 0 ? file->sha256 : file->sm3;
    const char *kept = keep_text(comparison, actual);
    if (kept == NULL)
        return ERROR_MEMORY;
    add_value(finding, "file", file->path);
    add_value(finding, "declared", declared);
    add_value(finding, "actual", kept);
    return word_differs(comparison, finding, file->path, algorithms[algorithm].name);
}

int evidence_open(int folder, const char *path)
{
    char name[NAME_OCTETS];
    int at = dup(folder);
    while (at >= 0) {
        size_t length = strcspn(path, "/");
        bool is_last = path[length] == '\0';
        if (length >= sizeof name) {
            close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(name, path, length);
        name[length] = '\0';
        int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (is_last ? 0 : O_DIRECTORY);
        int next = openat(at, name, flags);
        int reason = errno;
        close(at);
        errno = reason;
        at = next;
        if (is_last)
            return at;
        path += length + 1;
    }
    return -1;
}

static int compare_digest(struct comparison *comparison, const struct record_evidence *file,
                          size_t algorithm, int descriptor)
{
    const char *declared = algorithm == 0 ? file->sha256 : file->sm3;
    char actual[DIGEST_HEX_SIZE];
    struct error detail = {0};
    if (declared == NULL)
        return 0;
    if (lseek(descriptor, 0, SEEK_SET) != 0)
        return report_missing(comparison, file, system_reason(errno));
    int code = digest_descriptor_hex(algorithms[algorithm].algorithm, descriptor, actual, &detail);
    if (code == ERROR_OPEN)
        return report_missing(comparison, file, (struct bilingual){detail.zh, detail.en});
    if (code != 0)
        return (int)error_set(comparison->err, (enum error_code)code, "%s%.0s", "%.0s%s", detail.zh,
                              detail.en);
    if (strcasecmp(declared, actual) == 0)
        return 0;
    return report_differs(comparison, file, algorithm, actual);
}

static int compare_file(struct comparison *comparison, const struct record_evidence *file)
{
    static const struct bilingual irregular = {"不是普通文件", "it is not a regular file"};
    static const struct bilingual linked = {"它是符号链接，不予跟随",
                                            "it is a symbolic link, which is not followed"};
    static const struct bilingual outside = {"路径超出证据文件夹",
                                             "its path leaves the evidence folder"};
    if (!record_path_is_inside(file->path))
        return report_missing(comparison, file, outside);
    int descriptor = evidence_open(comparison->folder, file->path);
    if (descriptor < 0)
        return report_missing(comparison, file, errno == ELOOP ? linked : system_reason(errno));
    struct stat status;
    int code = 0;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        code = report_missing(comparison, file, irregular);
    else
        for (size_t i = 0; code == 0 && i < ALGORITHM_COUNT; i++)
            code = compare_digest(comparison, file, i, descriptor);
    close(descriptor);
    return code;
}

int evidence_compare(const struct record *record, const char *folder,
                     struct evidence_findings *findings, struct error *err)
{
    struct comparison comparison = {findings, err,
                                    open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (comparison.folder < 0) {
        struct bilingual reason = system_reason(errno);
        int code = (int)error_set(err, ERROR_OPEN, "无法打开证据文件夹：%s%.0s",
                                  "cannot open the evidence folder: %.0s%s", reason.zh, reason.en);
        error_place(err, folder, 0, 0);
        return code;
    }
    struct record_evidence file;
    int code = 0;
    for (size_t i = 0; code == 0 && record_evidence_at(record, i, &file); i++)
        code = compare_file(&comparison, &file);
    close(comparison.folder);
    return code;
}
