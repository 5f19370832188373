#include "report/verify_text.h"

#include <string.h>

#include "base/clock.h"
#include "report/words.h"

static const struct {
    enum check_status status;
    enum print_colour colour;
    struct bilingual words;
} statuses[] = {
    {CHECK_PASSED, PRINT_GREEN, {"通过  ", "passed       "}},
    {CHECK_FAILED, PRINT_RED, {"不通过", "failed       "}},
    {CHECK_INDETERMINATE, PRINT_YELLOW, {"不确定", "indeterminate"}},
    {CHECK_NOT_RUN, PRINT_PLAIN, {"未检查", "not checked  "}},
};

static void print_indication(const struct print *print, const struct verification_result *result)
{
    enum print_colour colour = PRINT_YELLOW;
    struct bilingual words = {"无法确认真伪", "could not be judged"};

    if (result->indication == INDICATION_TOTAL_PASSED) {
        colour = PRINT_GREEN;
        words = (struct bilingual){"验证通过", "genuine and unchanged"};
    } else if (result->indication == INDICATION_TOTAL_FAILED) {
        colour = PRINT_RED;
        words = (struct bilingual){"验证不通过，不得采信", "not to be relied on"};
    }
    print_coloured(print, colour, indication_name(result->indication));
    if (result->subindication != SUBINDICATION_NONE)
        fprintf(print->out, " / %s", subindication_name(result->subindication));
    print_own(print, "：", ": ");
    print_pick(print, words);
    fputs("\n", print->out);
}

static void print_decisive(const struct print *print, const struct check *check)
{
    if (check == NULL)
        return;
    print_own(print, "  原因：", "  Reason: ");
    print_pick(print, (struct bilingual){check->zh, check->en});
    fputs("\n", print->out);
}

static void print_field(const struct print *print, struct bilingual name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fputs("  ", print->out);
    print_pick(print, name);
    print_own(print, "：", ": ");
    print_foreign(print, value);
    fputs("\n", print->out);
}

static void print_stated_verdict(const struct print *print, struct bilingual name,
                                 const char *stated)
{
    const char *words = stated;

    for (int i = VERDICT_COMPLIANT; i <= VERDICT_OUT_OF_SCOPE && stated != NULL; i++) {
        if (strcmp(verdict_name((enum verdict)i), stated) == 0)
            words = bilingual_pick(words_verdict((enum verdict)i), print->language);
    }
    print_field(print, name, words);
}

static void print_pack_named(const struct print *print, const struct claims *claims)
{
    print_own(print, "  规则包：", "  Rule pack: ");
    print_foreign(print, claims->pack_name);
    fputs(" ", print->out);
    print_foreign(print, claims->pack_version);
    print_own(print, "（摘要 ", " (digest ");
    fprintf(print->out, "%.16s…", claims->pack_sha256);
    print_own(print, "）\n", ")\n");
}

static void print_evidence(const struct print *print, const struct claims *claims)
{
    bool compared = strcmp(claims->examination, "compared") == 0;
    bool zh = print->language == LANGUAGE_ZH;

    if (compared)
        fprintf(print->out,
                zh ? "  证据文件：签发时已比对，共 %zu 个\n"
                   : "  Evidence files: compared when issued, %zu in all\n",
                claims->file_count);
    else
        print_own(print, "  证据文件：签发时未比对，只按记录所载\n",
                  "  Evidence files: not compared when issued, only as the record states\n");
}

static void print_claims(const struct print *print, const struct claims *claims, bool genuine)
{
    if (genuine)
        print_own(print, "\n证书载明\n", "\nThe certificate states\n");
    else
        print_own(print, "\n证书所载（验证没有通过，不能据以采信）\n",
                  "\nThe certificate states (it did not pass: do not rely on this)\n");
    print_field(print, (struct bilingual){"证书编号", "Serial"}, claims->serial);
    print_field(print, (struct bilingual){"签发人", "Issuer"}, claims->issuer);
    print_field(print, (struct bilingual){"判断时点", "Judged as of"}, claims->evaluated_at);
    print_field(print, (struct bilingual){"记录", "Record"}, claims->record_number);
    print_field(print, (struct bilingual){"成果持有人", "Holder"}, claims->holder.name);
    for (size_t i = 0; i < claims->transferee_count; i++)
        print_field(print, (struct bilingual){"受让人", "Transferee"}, claims->transferees[i].name);
    print_field(print, (struct bilingual){"科技成果", "Achievement"}, claims->achievement);
    print_stated_verdict(print, (struct bilingual){"尽职免责定价程序", "Safe harbour for pricing"},
                         claims->safe_harbour);
    print_stated_verdict(print, (struct bilingual){"合法定价", "Lawful pricing"},
                         claims->lawful_pricing);
    print_pack_named(print, claims);
    print_evidence(print, claims);
}

static void print_instant(const struct print *print, struct bilingual name, int64_t seconds)
{
    char text[CLOCK_INSTANT_SIZE];

    clock_format_beijing(seconds, text);
    print_field(print, name, text);
}

static void print_signature(const struct print *print, const struct signature_facts *facts)
{
    print_own(print, "\n签名\n", "\nSignature\n");
    print_field(print, (struct bilingual){"签名人证书", "Signer"}, facts->subject);
    print_field(print, (struct bilingual){"颁发者", "Certified by"}, facts->issuer);
    print_field(print, (struct bilingual){"算法", "Algorithm"}, facts->suite);
    if (facts->has_validity) {
        print_instant(print, (struct bilingual){"有效期自", "Valid from"}, facts->valid_from);
        print_instant(print, (struct bilingual){"有效期至", "Valid to"}, facts->valid_to);
    }
    if (facts->has_signing_time)
        print_instant(print, (struct bilingual){"签名时间（签名人自称）", "Signed at (claimed)"},
                      facts->signing_time);
}

static void print_check(const struct print *print, const struct check *check)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        if (statuses[i].status != check->status)
            continue;
        fputs("  ", print->out);
        print_coloured(print, statuses[i].colour,
                       bilingual_pick(statuses[i].words, print->language));
    }
    fputs("  ", print->out);
    print_pick(print, (struct bilingual){check->zh, check->en});
    fputs("\n", print->out);
}

static void print_checks(const struct print *print, const struct check_list *checks)
{
    print_own(print, "\n逐项检查\n", "\nChecks\n");
    for (size_t i = 0; i < checks->count; i++)
        print_check(print, &checks->items[i]);
}

static void print_differences(const struct print *print, const struct verification_result *result)
{
    if (result->difference_count == 0)
        return;
    print_own(print, "\n重新判断与证书不一致\n", "\nJudged otherwise now\n");
    for (size_t i = 0; i < result->difference_count; i++) {
        const struct verification_difference *difference = &result->differences[i];
        fputs("  ", print->out);
        print_foreign(print, difference->label);
        print_own(print, "：", ": ");
        print_foreign(print, difference->stated);
        fputs(" -> ", print->out);
        print_foreign(print, difference->found);
        fputs("\n", print->out);
    }
}

int verify_text_certificate(struct report_writer *writer, const char *source,
                            const struct verification_result *result, struct error *err)
{
    const struct print *print = &writer->print;

    (void)err;
    print_foreign(print, source);
    print_own(print, "：", ": ");
    print_indication(print, result);
    if (writer->options.quiet)
        return 0;
    print_decisive(print, result->decisive);
    if (result->has_claims)
        print_claims(print, &result->claims, result->indication == INDICATION_TOTAL_PASSED);
    for (size_t i = 0; i < result->signatures.count; i++)
        print_signature(print, &result->signatures.facts[i]);
    print_checks(print, &result->checks);
    print_differences(print, result);
    fputs("\n", print->out);
    print_instant(print, (struct bilingual){"验证时点", "Verified as of"}, result->validated_at);
    fputs("\n", print->out);
    return 0;
}
