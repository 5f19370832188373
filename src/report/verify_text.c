#include "report/verify_text.h"

#include <string.h>

#include "report/verify_text_signature.h"
#include "report/verify_words.h"

static const enum print_colour indication_colours[] = {
    [INDICATION_NONE] = PRINT_YELLOW,
    [INDICATION_TOTAL_PASSED] = PRINT_GREEN,
    [INDICATION_INDETERMINATE] = PRINT_YELLOW,
    [INDICATION_TOTAL_FAILED] = PRINT_RED,
};

static const enum print_colour status_colours[] = {
    [CHECK_NOT_RUN] = PRINT_PLAIN,  [CHECK_PASSED] = PRINT_GREEN,
    [CHECK_FAILED] = PRINT_RED,     [CHECK_INDETERMINATE] = PRINT_YELLOW,
    [CHECK_WARNING] = PRINT_YELLOW,
};

/* The widest status in either language, in columns of a terminal. */
enum { STATUS_WIDTH_ZH = 6, STATUS_WIDTH_EN = 13, GROUP_TITLE_MAX = 64, DIGEST_SHOWN = 16 };

static void print_indication(const struct print *print, const struct verification_result *result)
{
    print_coloured(print, indication_colours[result->indication],
                   indication_name(result->indication));
    if (result->subindication != SUBINDICATION_NONE)
        fprintf(print->out, " / %s", subindication_name(result->subindication));
    print_own(print, "：", ": ");
    print_pick(print, verify_words_indication(result));
    fputs("\n", print->out);
}

static void print_from_facts(const struct print *print, const struct verification_result *result)
{
    if (!result->from_facts)
        return;
    print_field(print, (struct bilingual){"注意", "Note"},
                bilingual_pick(verify_words_from_facts(), print->language));
    print_field(print, (struct bilingual){"证书编号", "Serial"}, result->serial);
    print_field(print, (struct bilingual){"记录", "Record"}, result->record_number);
    print_field(print, (struct bilingual){"证书文件的 SHA-256", "SHA-256 of the certificate"},
                result->certificate_sha256);
}

static void print_decisive(const struct print *print, const struct check *check)
{
    if (check == NULL)
        return;
    print_own(print, "  原因：", "  Reason: ");
    print_pick(print, (struct bilingual){check->zh, check->en});
    fputs("\n", print->out);
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
    print_field(print, (struct bilingual){"尽职免责定价程序", "Safe harbour for pricing"},
                verify_words_verdict(claims->safe_harbour, print->language));
    print_field(print, (struct bilingual){"合法定价", "Lawful pricing"},
                verify_words_verdict(claims->lawful_pricing, print->language));
    print_pack_named(print, claims);
    print_evidence(print, claims);
}

/* "passed         " */
static void print_status(const struct print *print, enum check_status status)
{
    const char *words = bilingual_pick(verify_words_status(status), print->language);
    bool zh = print->language == LANGUAGE_ZH;
    size_t width = zh ? strlen(words) / 3 * 2 : strlen(words);
    size_t wanted = zh ? STATUS_WIDTH_ZH : STATUS_WIDTH_EN;

    fputs("    ", print->out);
    print_coloured(print, status_colours[status], words);
    fprintf(print->out, "%*s", (int)(wanted - width) + 2, "");
}

static void print_check(const struct print *print, const struct check *check)
{
    const char *block = check_block(check->id);

    print_status(print, check->status);
    if (block[0] != '\0') {
        print_pick(print, verify_words_block(block));
        fprintf(print->out, print->language == LANGUAGE_ZH ? "（%s）：" : " (%s): ", block);
    }
    print_pick(print, (struct bilingual){check->zh, check->en});
    fputs("\n", print->out);
}

static void print_group(const struct print *print, unsigned group)
{
    struct buffer title;

    buffer_init(&title, GROUP_TITLE_MAX);
    verify_words_group(group, print->language, &title);
    fprintf(print->out, "  %s\n", buffer_text(&title));
    buffer_free(&title);
}

static void print_checks(const struct print *print, const struct check_list *checks)
{
    const struct check *order[CHECK_LIST_MAX];
    size_t count = verify_order(checks, order);

    print_own(print, "\n逐项检查\n", "\nChecks\n");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || verify_group(order[i]) != verify_group(order[i - 1]))
            print_group(print, verify_group(order[i]));
        print_check(print, order[i]);
    }
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

/* Under which rules and as of when: without these two a result means nothing. */
static void print_basis(const struct report_writer *writer,
                        const struct verification_result *result)
{
    const struct print *print = &writer->print;

    if (result->policy != NULL) {
        print_own(print, "  验证策略：", "  Policy: ");
        print_foreign(print, policy_name(result->policy));
        print_own(print, "（摘要 ", " (digest ");
        if (writer->options.verbose)
            fputs(policy_digest(result->policy), print->out);
        else
            fprintf(print->out, "%.*s…", (int)DIGEST_SHOWN, policy_digest(result->policy));
        print_own(print, "）\n", ")\n");
    }
    print_instant(print, (struct bilingual){"验证时点", "Verified as of"}, result->validated_at);
}

int verify_text_certificate(struct report_writer *writer, const char *source,
                            const struct verification_result *result, struct error *err)
{
    const struct print *print = &writer->print;
    int code;

    print_foreign(print, source);
    print_own(print, "：", ": ");
    print_indication(print, result);
    if (writer->options.quiet)
        return 0;
    print_decisive(print, result->decisive);
    print_from_facts(print, result);
    if (result->has_claims)
        print_claims(print, &result->claims, result->indication == INDICATION_TOTAL_PASSED);
    code = verify_text_signatures(writer, result, err);
    print_checks(print, &result->checks);
    print_differences(print, result);
    fputs("\n", print->out);
    print_basis(writer, result);
    fputs("\n", print->out);
    return code;
}
