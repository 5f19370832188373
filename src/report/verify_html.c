#include "report/verify_html.h"

#include <string.h>

#include "report/verify_html_basis.h"
#include "report/verify_html_signature.h"
#include "report/verify_words.h"

enum { TITLE_MAX = 64 };

/* How each is marked, for those who see no colours. */
static const struct {
    const char *style;
    const char *mark;
} statuses[] = {
    [CHECK_NOT_RUN] = {"status not-run", "– "},
    [CHECK_PASSED] = {"status passed", "✓ "},
    [CHECK_FAILED] = {"status failed", "✗ "},
    [CHECK_INDETERMINATE] = {"status indeterminate", "? "},
    [CHECK_WARNING] = {"status warning", "! "},
};

static const char *const verdicts[] = {
    [INDICATION_NONE] = "verdict indeterminate",
    [INDICATION_TOTAL_PASSED] = "verdict passed",
    [INDICATION_INDETERMINATE] = "verdict indeterminate",
    [INDICATION_TOTAL_FAILED] = "verdict failed",
};

static const char *colon(const struct html *html)
{
    return html->language == LANGUAGE_ZH ? "：" : ": ";
}

static void write_verdict(struct html *html, const struct verification_result *result)
{
    html_open(html, "p", verdicts[result->indication]);
    html_open(html, "strong", NULL);
    html_text(html, indication_name(result->indication));
    if (result->subindication != SUBINDICATION_NONE) {
        html_text(html, " / ");
        html_text(html, subindication_name(result->subindication));
    }
    html_close(html, "strong");
    html_text(html, colon(html));
    html_text(html, bilingual_pick(verify_words_indication(result), html->language));
    html_close(html, "p");
    if (result->decisive != NULL) {
        html_open(html, "p", NULL);
        html_pick(html, "strong", NULL, (struct bilingual){"原因", "Reason"});
        html_text(html, colon(html));
        html_text(html,
                  bilingual_pick((struct bilingual){result->decisive->zh, result->decisive->en},
                                 html->language));
        html_close(html, "p");
    }
    if (result->from_facts)
        html_pick(html, "p", "note", verify_words_from_facts());
}

/* ---- what the certificate states ---- */

static void write_deal(struct html *html, const struct claims *claims)
{
    html_fact(html, (struct bilingual){"证书编号", "Serial"}, claims->serial);
    html_fact(html, (struct bilingual){"签发人", "Issuer"}, claims->issuer);
    html_fact(html, (struct bilingual){"判断时点", "Judged as of"}, claims->evaluated_at);
    html_fact(html, (struct bilingual){"记录", "Record"}, claims->record_number);
    html_fact(html, (struct bilingual){"成果持有人", "Holder"}, claims->holder.name);
    for (size_t i = 0; i < claims->transferee_count; i++)
        html_fact(html, (struct bilingual){"受让人", "Transferee"}, claims->transferees[i].name);
    html_fact(html, (struct bilingual){"科技成果", "Achievement"}, claims->achievement);
}

static void write_claims(struct html *html, const struct verification_result *result)
{
    const struct claims *claims = &result->claims;
    bool compared = strcmp(claims->examination, "compared") == 0;

    if (result->indication == INDICATION_TOTAL_PASSED)
        html_pick(html, "h3", NULL, (struct bilingual){"证书载明", "The certificate states"});
    else
        html_pick(html, "h3", "failed",
                  (struct bilingual){"证书所载（验证没有通过，不能据以采信）",
                                     "The certificate states (it did not pass: do not rely on "
                                     "this)"});
    html_facts_begin(html);
    write_deal(html, claims);
    html_fact(html, (struct bilingual){"尽职免责定价程序", "Safe harbour for pricing"},
              verify_words_verdict(claims->safe_harbour, html->language));
    html_fact(html, (struct bilingual){"合法定价", "Lawful pricing"},
              verify_words_verdict(claims->lawful_pricing, html->language));
    html_fact(html, (struct bilingual){"规则包", "Rule pack"}, claims->pack_name);
    html_fact(html, (struct bilingual){"规则包版本", "Version of the pack"}, claims->pack_version);
    html_fact(html, (struct bilingual){"规则包摘要", "Digest of the pack"}, claims->pack_sha256);
    html_fact(html, (struct bilingual){"证据文件", "Evidence files"},
              bilingual_pick(compared ? (struct bilingual){"签发时已比对", "compared when issued"}
                                      : (struct bilingual){"签发时未比对，只按记录所载",
                                                           "not compared when issued, only as the "
                                                           "record states"},
                             html->language));
    html_facts_end(html);
}

/* ---- checks ---- */

static const struct bilingual columns[] = {
    {"结果", "Result"},
    {"环节（ETSI EN 319 102-1）", "Building block (ETSI EN 319 102-1)"},
    {"查明", "Found"},
};

static void write_check(struct html *html, const struct check *check)
{
    const char *block = check_block(check->id);

    html_open(html, "tr", NULL);
    html_open(html, "td", statuses[check->status].style);
    html_text(html, statuses[check->status].mark);
    html_text(html, bilingual_pick(verify_words_status(check->status), html->language));
    html_close(html, "td");
    html_open(html, "td", NULL);
    if (block[0] != '\0') {
        html_text(html, bilingual_pick(verify_words_block(block), html->language));
        buffer_append_format(&html->out, html->language == LANGUAGE_ZH ? "（%s）" : " (%s)", block);
    }
    html_close(html, "td");
    html_open(html, "td", NULL);
    html_text(html, bilingual_pick((struct bilingual){check->zh, check->en}, html->language));
    html_close(html, "td");
    html_close(html, "tr");
}

/* The checks of one group; nothing when there are none. */
static void write_checks(struct html *html, const struct check_list *checks, unsigned group)
{
    const struct check *order[CHECK_LIST_MAX];
    size_t count = verify_order(checks, order);
    bool open = false;

    for (size_t i = 0; i < count; i++) {
        if (verify_group(order[i]) != group)
            continue;
        if (!open) {
            html_open(html, "table", "checks");
            html_columns(html, columns, sizeof(columns) / sizeof(columns[0]));
            html_open(html, "tbody", NULL);
        }
        open = true;
        write_check(html, order[i]);
    }
    if (open) {
        html_close(html, "tbody");
        html_close(html, "table");
    }
}

static void write_group(struct html *html, const struct verification_result *result, unsigned group)
{
    struct buffer title;

    buffer_init(&title, TITLE_MAX);
    verify_words_group(group, html->language, &title);
    html->out.failed |= title.failed;
    html_element(html, "h3", NULL, buffer_text(&title));
    buffer_free(&title);
    if (group != VERIFY_GROUP_FILE && group <= result->facts.count)
        verify_html_signature(html, result, group - 1);
    write_checks(html, &result->checks, group);
}

static bool has_group(const struct check_list *checks, unsigned group)
{
    for (size_t i = 0; i < checks->count; i++) {
        if (verify_group(&checks->items[i]) == group)
            return true;
    }
    return false;
}

static void write_groups(struct html *html, const struct verification_result *result)
{
    if (has_group(&result->checks, VERIFY_GROUP_FILE))
        write_group(html, result, VERIFY_GROUP_FILE);
    for (unsigned i = 1; i <= FACTS_SIGNATURES_MAX; i++) {
        if (i <= result->facts.count || has_group(&result->checks, i))
            write_group(html, result, i);
    }
    if (has_group(&result->checks, VERIFY_GROUP_STATEMENT))
        write_group(html, result, VERIFY_GROUP_STATEMENT);
}

void verify_html_certificate(struct html *html, const char *source,
                             const struct verification_result *result)
{
    html_open(html, "article", NULL);
    html_open(html, "h2", NULL);
    html_foreign(html, source);
    html_close(html, "h2");
    write_verdict(html, result);
    if (result->has_claims)
        write_claims(html, result);
    write_groups(html, result);
    verify_html_basis(html, source, result);
    html_close(html, "article");
}
