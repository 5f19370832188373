#include "report/check_text.h"

#include <string.h>

#include "base/limits.h"
#include "report/words.h"

/* The parts of a report in the order they matter to someone who has to act. */
static const struct section {
    enum outcome outcome;
    enum print_colour colour;
    bool verbose_only;
    struct bilingual title;
} sections[] = {
    {OUTCOME_ERROR, PRINT_RED, false, {"无法判断", "Cannot be judged"}},
    {OUTCOME_VIOLATED, PRINT_RED, false, {"违反的要件", "Violated"}},
    {OUTCOME_NOT_EVIDENCED, PRINT_YELLOW, false, {"没有证据的要件", "Not evidenced"}},
    {OUTCOME_WARNING, PRINT_YELLOW, false, {"提示（不影响结论）", "Warnings (do not block)"}},
    {OUTCOME_ATTESTED,
     PRINT_PLAIN,
     false,
     {"以声明为据（内容真实由声明人负责）", "Attested (the signatories answer for the content)"}},
    {OUTCOME_SATISFIED, PRINT_GREEN, true, {"满足的要件", "Satisfied"}},
    {OUTCOME_NOT_APPLICABLE, PRINT_PLAIN, true, {"不适用的要件", "Does not apply"}},
};

static size_t count_outcome(const struct judgement *judgement, enum outcome outcome)
{
    size_t count = 0;

    for (size_t i = 0; i < judgement->result_count; i++)
        count += judgement->results[i].outcome == outcome;
    return count;
}

static enum print_colour verdict_colour(enum verdict verdict)
{
    if (verdict == VERDICT_COMPLIANT)
        return PRINT_GREEN;
    return verdict == VERDICT_NON_COMPLIANT || verdict == VERDICT_INDETERMINATE ? PRINT_RED
                                                                                : PRINT_YELLOW;
}

static void print_verdict(const struct print *print, enum verdict verdict)
{
    print_coloured(print, verdict_colour(verdict),
                   bilingual_pick(words_verdict(verdict), print->language));
}

/* "（违反 1 项，没有证据 2 项）": why the verdict is what it is. */
static void print_tally(const struct print *print, const struct judgement *judgement)
{
    static const enum outcome grave[] = {OUTCOME_ERROR, OUTCOME_VIOLATED, OUTCOME_NOT_EVIDENCED};
    bool zh = print->language == LANGUAGE_ZH;
    size_t kinds = 0;

    for (size_t i = 0; i < sizeof(grave) / sizeof(grave[0]); i++) {
        size_t count = count_outcome(judgement, grave[i]);
        if (count == 0)
            continue;
        if (kinds++ == 0)
            fputs(zh ? "（" : " (", print->out);
        else
            fputs(zh ? "，" : ", ", print->out);
        fprintf(print->out, zh ? "%s %zu 项" : "%s: %zu",
                bilingual_pick(words_outcome(grave[i]), print->language), count);
    }
    if (kinds > 0)
        print_own(print, "）", ")");
}

static void print_heading(const struct print *print, const struct report_record *record)
{
    print_foreign(print, record->source);
    if (record->record_id != NULL && record->record_id[0] != '\0') {
        print_own(print, "（记录 ", " (record ");
        print_foreign(print, record->record_id);
        print_own(print, "）", ")");
    }
}

static void print_verdicts(const struct print *print, const struct judgement *judgement)
{
    print_own(print, "  尽职免责定价程序：                        ",
              "  Safe harbour for pricing (Tianjin guide):             ");
    print_verdict(print, judgement->verdict);
    print_tally(print, judgement);
    print_own(print, "\n  合法定价（促进科技成果转化法第18条）：    ",
              "\n  Lawful pricing (tech-transfer promotion law art. 18): ");
    print_verdict(print, judgement->lawful_pricing);
    fputs("\n", print->out);
}

static void print_place(const struct print *print, const struct finding *finding)
{
    /* The root element is everywhere and nowhere. */
    if (finding->path[0] == '\0' || strrchr(finding->path, '/') == finding->path)
        return;
    print_own(print, "（", " (");
    if (finding->line != 0)
        fprintf(print->out, print->language == LANGUAGE_ZH ? "第 %u 行" : "line %u", finding->line);
    if (finding->line != 0)
        fputs(" ", print->out);
    print_foreign(print, finding->path);
    print_own(print, "）", ")");
}

/* Repeats of finding `i` that were counted but not listed; told once, at the last listed one. */
static size_t unlisted(const struct condition_result *result, size_t i)
{
    const char *assertion = result->findings[i]->assertion;
    size_t listed = 0;

    for (size_t j = 0; j < result->finding_count; j++) {
        if (strcmp(result->findings[j]->assertion, assertion) != 0)
            continue;
        if (j > i)
            return 0;
        listed++;
    }
    return result->findings[i]->total > listed ? result->findings[i]->total - listed : 0;
}

static void print_found(const struct print *print, const struct condition_result *result,
                        bool places)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct finding *finding = result->findings[i];
        if (i > 0 && finding->outcome != result->outcome)
            break;
        fputs("      ", print->out);
        print_label(print, "查明", "found:");
        print_pick(print, (struct bilingual){finding->zh, finding->en});
        if (places)
            print_place(print, finding);
        if (unlisted(result, i) > 0)
            fprintf(print->out,
                    print->language == LANGUAGE_ZH ? "（另有 %zu 处同样情形）" : " (and %zu more)",
                    unlisted(result, i));
        if (finding->safe_harbour_only && result->condition->lawful_line)
            print_own(print, "（只影响尽职免责一栏）", " (counts for the safe harbour only)");
        fputs("\n", print->out);
    }
    if (result->finding_count > 0 || bilingual_pick(result->message, print->language)[0] == '\0')
        return;
    fputs("      ", print->out);
    print_label(print, "查明", "found:");
    print_pick(print, result->message);
    fputs("\n", print->out);
}

static void print_line(const struct print *print, const char *zh, const char *en,
                       struct bilingual text)
{
    if (bilingual_pick(text, print->language)[0] == '\0')
        return;
    fputs("      ", print->out);
    print_label(print, zh, en);
    print_pick(print, text);
    fputs("\n", print->out);
}

static void print_clause(const struct print *print, const struct condition *condition)
{
    struct buffer text;

    if (condition->citation_count == 0)
        return;
    buffer_init(&text, LIMIT_MESSAGE_OCTETS);
    words_citation(condition, print->language, true, &text);
    fputs("      ", print->out);
    print_label(print, "依据", "clause:");
    print_foreign(print, buffer_text(&text));
    fputs("\n", print->out);
    buffer_free(&text);
}

static bool is_open_matter(enum outcome outcome)
{
    return outcome == OUTCOME_ERROR || outcome == OUTCOME_VIOLATED ||
           outcome == OUTCOME_NOT_EVIDENCED || outcome == OUTCOME_WARNING;
}

static void print_condition(const struct report_writer *writer, const struct section *section,
                            const struct condition_result *result)
{
    const struct print *print = &writer->print;
    bool at_length = is_open_matter(result->outcome) || writer->options.verbose;

    fputs("  ", print->out);
    print_coloured(print, section->colour, result->condition->id);
    fputs(strlen(result->condition->id) < 3 ? "  " : " ", print->out);
    print_pick(print, result->condition->title);
    fputs("\n", print->out);
    print_found(print, result, at_length);
    if (!at_length)
        return;
    print_line(print, "要求", "required:", result->condition->statement);
    print_clause(print, result->condition);
    print_line(print, "办法", "to do:", result->remedy);
}

static void print_section(const struct report_writer *writer, const struct section *section,
                          const struct judgement *judgement)
{
    size_t count = count_outcome(judgement, section->outcome);
    const struct print *print = &writer->print;

    if (count == 0 || (section->verbose_only && !writer->options.verbose))
        return;
    fputs("\n", print->out);
    print_coloured(print, PRINT_BOLD, bilingual_pick(section->title, print->language));
    fprintf(print->out, print->language == LANGUAGE_ZH ? "：%zu 项\n" : ": %zu\n", count);
    for (size_t i = 0; i < judgement->result_count; i++) {
        if (judgement->results[i].outcome == section->outcome)
            print_condition(writer, section, &judgement->results[i]);
    }
}

static void print_rest(const struct report_writer *writer, const struct judgement *judgement)
{
    const struct print *print = &writer->print;
    size_t satisfied = count_outcome(judgement, OUTCOME_SATISFIED);
    size_t elsewhere = count_outcome(judgement, OUTCOME_NOT_APPLICABLE);

    fputs("\n", print->out);
    if (!writer->options.verbose)
        fprintf(print->out,
                print->language == LANGUAGE_ZH
                    ? "满足 %zu 项，不适用 %zu 项（用 --verbose 逐项列出）\n"
                    : "Satisfied: %zu, not applicable: %zu (--verbose lists them)\n",
                satisfied, elsewhere);
}

static void print_signing(const struct print *print, const struct judgement *judgement)
{
    bool known = judgement->earliest_signing[0] != '\0';

    if (!known && bilingual_pick(judgement->earliest_reason, print->language)[0] == '\0')
        return;
    print_own(print, "最早可签约日：", "Earliest safe signing day: ");
    if (known)
        print_coloured(print, PRINT_BOLD, judgement->earliest_signing);
    else
        print_own(print, "无", "none");
    print_own(print, "。", ". ");
    print_pick(print, judgement->earliest_reason);
    fputs("\n", print->out);
}

static void print_pack(const struct print *print, const struct judgement *judgement)
{
    const struct pack *pack = judgement->pack;
    bool zh = print->language == LANGUAGE_ZH;

    print_own(print, "规则包：", "Rule pack: ");
    if (pack == NULL) {
        print_own(print, "没有可用的规则包", "none in force");
    } else {
        fprintf(print->out, zh ? "%s %s，自 %s 起施行" : "%s %s, in force from %s", pack_id(pack),
                pack_version(pack), pack_valid_from(pack));
        if (pack_valid_to(pack)[0] != '\0')
            fprintf(print->out, zh ? "至 %s 止" : " to %s", pack_valid_to(pack));
        fprintf(print->out, zh ? "（摘要 %.16s…）" : " (digest %.16s…)", pack_digest(pack));
    }
    fputs("\n", print->out);
    print_line(print, "选用理由", "chosen:", judgement->reason);
}

static void print_basis(const struct print *print, const struct report_record *record)
{
    char at[CLOCK_INSTANT_SIZE];

    print_pack(print, record->judgement);
    clock_format_beijing(record->judgement->evaluated_at, at);
    print_own(print, "判断时点：", "Judged as of: ");
    fputs(at, print->out);
    if (record->evidence_compared)
        print_own(print, "；证据文件：已逐个比对摘要\n", "; evidence files: compared by digest\n");
    else
        print_own(print, "；证据文件：未比对，按记录所载（用 --evidence 比对）\n",
                  "; evidence files: not compared, as the record states (--evidence compares)\n");
}

static void print_short(const struct print *print, const struct report_record *record)
{
    print_foreign(print, record->source);
    print_own(print, "：", ": ");
    print_verdict(print, record->judgement->verdict);
    print_tally(print, record->judgement);
    fputs("\n", print->out);
}

int check_text_record(struct report_writer *writer, const struct report_record *record,
                      struct error *err)
{
    const struct print *print = &writer->print;

    (void)err;
    if (writer->options.quiet) {
        print_short(print, record);
        return 0;
    }
    print_heading(print, record);
    fputs("\n", print->out);
    print_verdicts(print, record->judgement);
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        print_section(writer, &sections[i], record->judgement);
    print_rest(writer, record->judgement);
    print_signing(print, record->judgement);
    print_basis(print, record);
    fputs("\n", print->out);
    return 0;
}
