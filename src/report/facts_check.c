#include "report/facts_check.h"

#include <stdbool.h>
#include <string.h>

enum { SHA256_HEX = DIGEST_HEX_SIZE - 1 };

static int refuse(struct field_reader *reader, const char *member, const char *zh, const char *en)
{
    size_t before = field_enter(reader, member);
    int code = field_refuse(reader, zh, en);

    field_leave(reader, before);
    return code;
}

/* ---- paths ---- */

/* A complete path ends with its anchor, and has none before. */
static bool is_complete(const struct path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        if (path->certificates[i].anchor != (i + 1 == path->count))
            return false;
    }
    return path->count > 0;
}

static int check_path(struct field_reader *reader, const struct path *path)
{
    bool explained = path->reason.code != ERROR_NONE;

    if (path->status == PATH_COMPLETE && !is_complete(path))
        return refuse(reader, "certificates", " 不是一条以信任锚结尾的完整路径",
                      "are no complete path that ends with its anchor");
    if (path->status == PATH_COMPLETE && explained)
        return refuse(reader, "reason", " 与状态矛盾", "contradicts the status");
    if (path->status != PATH_COMPLETE && path->status != PATH_NOT_JUDGED && !explained)
        return refuse(reader, "reason", " 缺失", "is missing");
    return 0;
}

/* ---- signatures ---- */

static int check_timestamp(struct field_reader *reader, const struct timestamp_facts *timestamp)
{
    bool good = timestamp->status == TIMESTAMP_GOOD;
    bool explained = timestamp->reason.code != ERROR_NONE;
    size_t before;
    int code;

    if (good && explained)
        return refuse(reader, "reason", " 与状态矛盾", "contradicts the status");
    if (!good && timestamp->status != TIMESTAMP_NOT_JUDGED && !explained)
        return refuse(reader, "reason", " 缺失", "is missing");
    if (good && timestamp->digest[0] == '\0')
        return refuse(reader, "digest", " 缺失", "is missing");
    before = field_enter(reader, "path");
    code = check_path(reader, &timestamp->path);
    field_leave(reader, before);
    return code;
}

/* Whatever could be read has a suite, a time and a signer. */
static int check_read(struct field_reader *reader, const struct signature_facts *facts)
{
    if (facts->unreadable != NULL)
        return 0;
    if (facts->suite == NULL)
        return refuse(reader, "suite", " 缺失", "is missing");
    if (!facts->has_signing_time)
        return refuse(reader, "signingTime", " 缺失", "is missing");
    if (facts->path.count == 0)
        return refuse(reader, "path.certificates", " 是空的", "are none");
    return 0;
}

static int check_signature(struct field_reader *reader, const struct signature_facts *facts)
{
    int code = check_read(reader, facts);
    size_t before = field_enter(reader, "path");

    code = code == 0 ? check_path(reader, &facts->path) : code;
    field_leave(reader, before);
    before = field_enter(reader, "timestamp");
    code = code == 0 && facts->has_timestamp ? check_timestamp(reader, &facts->timestamp) : code;
    field_leave(reader, before);
    return code;
}

static int check_signatures(struct field_reader *reader, const struct facts *facts)
{
    size_t before = field_enter(reader, "signatures");
    int code = 0;

    if ((facts->format.code == ERROR_NONE) != (facts->count > 0))
        code = field_refuse(reader, " 与 refusal 矛盾：格式正确的证书至少有一个签名，否则没有",
                            "contradicts refusal: a certificate of the right form has at least one "
                            "signature, any other has none");
    for (size_t i = 0; i < facts->count && code == 0; i++) {
        size_t item = field_enter_item(reader, i);
        code = check_signature(reader, &facts->signatures[i]);
        field_leave(reader, item);
    }
    field_leave(reader, before);
    return code;
}

/* ---- checks ---- */

static bool is_consistent(const struct check *check)
{
    enum indication means = subindication_indication(check->subindication);

    switch (check->status) {
    case CHECK_PASSED:
        return means == INDICATION_TOTAL_PASSED;
    case CHECK_FAILED:
        return means == INDICATION_TOTAL_FAILED;
    case CHECK_INDETERMINATE:
        return means == INDICATION_INDETERMINATE;
    case CHECK_NOT_RUN:
    case CHECK_WARNING:
        break;
    }
    return true;
}

static int check_one(struct field_reader *reader, const struct check *check)
{
    if (check->id == NULL)
        return refuse(reader, "id", " 缺失", "is missing");
    if (check_block(check->id)[0] != '\0')
        return refuse(reader, "id", " 是关于签名的检查，应从事实重新得出",
                      "is of a check about signatures, which follows from the facts");
    if (!is_consistent(check))
        return refuse(reader, "subindication", " 与状态矛盾", "contradicts the status");
    return 0;
}

static int check_checks(struct field_reader *reader, const struct check_list *checks)
{
    size_t before = field_enter(reader, "checks");
    int code = 0;

    for (size_t i = 0; i < checks->count && code == 0; i++) {
        size_t item = field_enter_item(reader, i);
        code = check_one(reader, &checks->items[i]);
        field_leave(reader, item);
    }
    field_leave(reader, before);
    return code;
}

int facts_check(struct field_reader *reader, const struct facts_document *document)
{
    const char *digest = document->certificate_sha256;
    int code = 0;

    if (strlen(digest) != SHA256_HEX || strspn(digest, "0123456789abcdef") != SHA256_HEX)
        code = refuse(reader, "certificateSha256", " 应为 64 位十六进制数（小写）",
                      "should be 64 hexadecimal digits in lower case");
    code = code == 0 ? check_signatures(reader, &document->facts) : code;
    return code == 0 ? check_checks(reader, &document->checks) : code;
}
