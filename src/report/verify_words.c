#include "report/verify_words.h"

#include <string.h>

#include "report/words.h"
#include "rule/judgement.h"

static const struct bilingual indications[] = {
    [INDICATION_NONE] = {"无法确认真伪", "could not be judged"},
    [INDICATION_TOTAL_PASSED] = {"验证通过", "genuine and unchanged"},
    [INDICATION_INDETERMINATE] = {"无法确认真伪", "could not be judged"},
    [INDICATION_TOTAL_FAILED] = {"验证不通过，不得采信", "not to be relied on"},
};

static const struct bilingual statuses[] = {
    [CHECK_NOT_RUN] = {"未检查", "not checked"},
    [CHECK_PASSED] = {"通过", "passed"},
    [CHECK_FAILED] = {"不通过", "failed"},
    [CHECK_INDETERMINATE] = {"不确定", "indeterminate"},
    [CHECK_WARNING] = {"注意", "warning"},
};

/* EN 319 102-1 section 5.2, in the order of a report; what is our own comes last. */
static const struct {
    const char *name;
    struct bilingual words;
} blocks[] = {
    {"FC", {"格式", "format"}},
    {"ISC", {"签名人证书", "signing certificate"}},
    {"VCI", {"验证策略", "validation policy"}},
    {"XCV", {"证书路径", "certificate path"}},
    {"RFC", {"吊销信息", "revocation freshness"}},
    {"CV", {"密码学验证", "cryptography"}},
    {"SAV", {"签名要求", "signature acceptance"}},
    {"POE", {"存在时间的证明", "proof of existence"}},
};

enum { BLOCK_COUNT = sizeof(blocks) / sizeof(blocks[0]) };

struct bilingual verify_words_indication(const struct verification_result *result)
{
    if (result->from_facts && result->indication == INDICATION_TOTAL_PASSED)
        return (struct bilingual){"依所存事实验证通过", "passed by the saved facts"};
    return indications[result->indication];
}

struct bilingual verify_words_status(enum check_status status)
{
    return statuses[status];
}

static size_t block_rank(const char *block)
{
    size_t rank = 0;

    while (rank < BLOCK_COUNT && strcmp(blocks[rank].name, block) != 0)
        rank++;
    return rank;
}

struct bilingual verify_words_block(const char *block)
{
    size_t rank = block_rank(block);

    return rank < BLOCK_COUNT ? blocks[rank].words : (struct bilingual){"", ""};
}

const char *verify_words_verdict(const char *stated, enum language language)
{
    for (int i = VERDICT_COMPLIANT; i <= VERDICT_OUT_OF_SCOPE && stated != NULL; i++) {
        if (strcmp(verdict_name((enum verdict)i), stated) == 0)
            return bilingual_pick(words_verdict((enum verdict)i), language);
    }
    return stated;
}

struct bilingual verify_words_from_facts(void)
{
    return (struct bilingual){"依据保存的事实文件判断，没有查看证书本身",
                              "judged from saved facts: the certificate itself was not looked at"};
}

unsigned verify_group(const struct check *check)
{
    if (check->signature != 0)
        return check->signature;
    return check_block(check->id)[0] != '\0' ? VERIFY_GROUP_FILE : VERIFY_GROUP_STATEMENT;
}

void verify_words_group(unsigned group, enum language language, struct buffer *out)
{
    bool zh = language == LANGUAGE_ZH;

    if (group == VERIFY_GROUP_FILE)
        buffer_append_text(out, zh ? "整份文件" : "The file");
    else if (group == VERIFY_GROUP_STATEMENT)
        buffer_append_text(out, zh ? "证书内容与比对" : "Statement and record");
    else
        buffer_append_format(out, zh ? "签名 %u" : "Signature %u", group);
}

static bool is_before(const struct check *a, const struct check *b)
{
    if (verify_group(a) != verify_group(b))
        return verify_group(a) < verify_group(b);
    return block_rank(check_block(a->id)) < block_rank(check_block(b->id));
}

/* By insertion: at most CHECK_LIST_MAX, and almost in order already. */
size_t verify_order(const struct check_list *checks, const struct check *order[CHECK_LIST_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < checks->count && count < CHECK_LIST_MAX; i++) {
        size_t at = count++;
        for (; at > 0 && is_before(&checks->items[i], order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = &checks->items[i];
    }
    return count;
}
