#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/verify.h"
#include "base/system.h"

/* What comparing the files of a certificate came to, and the first file that decided it. */
struct tally {
    size_t compared;
    size_t differing;
    size_t missing;
    const struct claims_file *first_differing;
    const struct claims_file *first_missing;
};

enum answer { ANSWER_SAME, ANSWER_DIFFERS, ANSWER_MISSING };

static int compare_digest(enum digest_algorithm algorithm, const char *stated, int file,
                          enum answer *answer, struct error *err)
{
    char found[DIGEST_HEX_SIZE];
    int code;

    if (stated == NULL || *answer != ANSWER_SAME) {
        return 0;
    }
    if (lseek(file, 0, SEEK_SET) != 0) {
        *answer = ANSWER_MISSING;
        return 0;
    }
    code = digest_descriptor_hex(algorithm, file, found, err);
    if (code == 0 && strcasecmp(found, stated) != 0) {
        *answer = ANSWER_DIFFERS;
    }
    return code;
}

static int compare_file(int folder, const struct claims_file *stated, enum answer *answer,
                        struct error *err)
{
    int file = record_path_is_inside(stated->path) ? evidence_open(folder, stated->path) : -1;
    struct stat status;
    int code;

    *answer = ANSWER_MISSING;
    if (file < 0) {
        return 0;
    }
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
        (stated->sha256 == NULL && stated->sm3 == NULL)) {
        close(file);
        return 0;
    }
    *answer = ANSWER_SAME;
    code = compare_digest(DIGEST_SHA256, stated->sha256, file, answer, err);
    code = code == 0 ? compare_digest(DIGEST_SM3, stated->sm3, file, answer, err) : code;
    close(file);
    return code;
}

static int compare_all(int folder, const struct claims *claims, struct tally *tally,
                       struct error *err)
{
    int code = 0;

    for (size_t i = 0; code == 0 && i < claims->file_count; i++) {
        const struct claims_file *file = &claims->files[i];
        enum answer answer = ANSWER_MISSING;

        code = compare_file(folder, file, &answer, err);
        tally->compared += answer == ANSWER_SAME;
        if (answer == ANSWER_DIFFERS && tally->differing++ == 0) {
            tally->first_differing = file;
        }
        if (answer == ANSWER_MISSING && tally->missing++ == 0) {
            tally->first_missing = file;
        }
    }
    return code;
}

static void report(struct check_list *checks, const struct tally *tally, bool was_compared)
{
    const char *note_zh = was_compared ? "" : "（签发时未核对证据文件）";
    const char *note_en = was_compared ? "" : " (they were not examined at issue)";
    struct check_mark mark = {.id = "evidence"};

    if (tally->differing > 0) {
        mark.subindication = SUBINDICATION_HASH_FAILURE;
        check_add(
            checks, mark, "%zu 份证据文件与证书所载不同，第一份是 %s（%s）%s%.0s",
            "evidence files that differ from the certificate: %zu, the first is %s (%s)%.0s%s",
            tally->differing, tally->first_differing->path, tally->first_differing->label, note_zh,
            note_en);
    } else if (tally->missing > 0) {
        mark.subindication = SUBINDICATION_SIGNED_DATA_NOT_FOUND;
        check_add(
            checks, mark, "%zu 份证据文件不在所给文件夹中或无从比对，第一份是 %s（%s）%s%.0s",
            "evidence files that are not in the folder or cannot be compared: %zu, the first is "
            "%s (%s)%.0s%s",
            tally->missing, tally->first_missing->path, tally->first_missing->label, note_zh,
            note_en);
    } else {
        check_add(checks, mark, "%zu 份证据文件与证书所载摘要逐一相符%s%.0s",
                  "evidence files that match the digests in the certificate: all %zu%.0s%s",
                  tally->compared, note_zh, note_en);
    }
}

int verify_evidence(struct verify_job *job, struct error *err)
{
    const struct claims *claims = &job->result->claims;
    struct tally tally = {0};
    int folder;
    int code;

    if (job->options->evidence == NULL) {
        check_add_not_run(
            &job->result->checks, "evidence",
            (struct bilingual){"未提供证据文件夹，未比对（--evidence）",
                               "no evidence folder was given to compare (--evidence)"});
        return 0;
    }
    folder = open(job->options->evidence, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        struct bilingual reason = system_reason(errno);

        error_set(err, ERROR_OPEN, "无法打开证据文件夹：%s%.0s",
                  "cannot open the evidence folder: %.0s%s", reason.zh, reason.en);
        error_place(err, job->options->evidence, 0, 0);
        return ERROR_OPEN;
    }
    code = compare_all(folder, claims, &tally, err);
    close(folder);
    if (code == 0) {
        report(&job->result->checks, &tally, claims->examination[0] == 'c');
    }
    return code;
}
