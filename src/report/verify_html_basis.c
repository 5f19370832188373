#include "report/verify_html_basis.h"

#include <stdbool.h>

#include "base/clock.h"

enum { COMMAND_MAX = 16 * 1024 };

static void write_differences(struct html *html, const struct verification_result *result)
{
    static const struct bilingual names[] = {
        {"要件", "Condition"}, {"证书所载", "Stated"}, {"重新判断", "Now"}};

    if (result->difference_count == 0)
        return;
    html_pick(html, "h3", NULL, (struct bilingual){"重新判断与证书不一致", "Judged otherwise now"});
    html_open(html, "table", NULL);
    html_columns(html, names, sizeof(names) / sizeof(names[0]));
    html_open(html, "tbody", NULL);
    for (size_t i = 0; i < result->difference_count; i++) {
        const struct verification_difference *difference = &result->differences[i];
        html_open(html, "tr", NULL);
        html_element(html, "td", NULL, difference->label);
        html_element(html, "td", NULL, difference->stated);
        html_element(html, "td", NULL, difference->found);
        html_close(html, "tr");
    }
    html_close(html, "tbody");
    html_close(html, "table");
}

/* For a shell: in single quotes, and those inside of them escaped. */
static void append_quoted(struct buffer *out, const char *text)
{
    buffer_append_text(out, "'");
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buffer_append_text(out, "'\\''");
        else
            buffer_append(out, text, 1);
    }
    buffer_append_text(out, "'");
}

static bool has_timestamps(const struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->signatures[i].has_timestamp)
            return true;
    }
    return false;
}

static void append_command(struct buffer *out, const char *source,
                           const struct verification_result *result)
{
    char at[CLOCK_INSTANT_SIZE];

    clock_format_beijing(result->validated_at, at);
    buffer_append_format(out, "dingjia verify --at %s", at);
    if (result->from_facts) {
        buffer_append_text(out, " --facts ");
    } else {
        buffer_append_text(out, " --trust TRUST.pem");
        if (has_timestamps(&result->facts))
            buffer_append_text(out, " --tsa-trust TSA.pem");
        buffer_append_text(out, " ");
    }
    append_quoted(out, source);
}

static void write_basis(struct html *html, const char *source,
                        const struct verification_result *result)
{
    struct buffer command;

    html_pick(html, "h3", NULL, (struct bilingual){"验证所依据的", "What this rests on"});
    html_facts_begin(html);
    html_fact(html, (struct bilingual){"证书编号", "Serial"}, result->serial);
    html_fact(html, (struct bilingual){"记录", "Record"}, result->record_number);
    html_fact(html, (struct bilingual){"证书文件的 SHA-256", "SHA-256 of the certificate"},
              result->certificate_sha256);
    html_fact_instant(html, (struct bilingual){"验证时点", "Verified as of"}, result->validated_at);
    if (result->policy != NULL) {
        html_fact(html, (struct bilingual){"验证策略", "Policy"}, policy_name(result->policy));
        html_fact(html,
                  (struct bilingual){"验证策略摘要（SHA-256）", "Digest of the policy (SHA-256)"},
                  policy_digest(result->policy));
    }
    html_facts_end(html);
    html_pick(
        html, "p", NULL,
        (struct bilingual){"重新验证：用同样的文件、信任锚和验证策略（不是程序自带的策略时加 "
                           "--policy）运行",
                           "To repeat: with the same files, trust anchors and policy (--policy "
                           "unless it is the one inside the program) run"});
    buffer_init(&command, COMMAND_MAX);
    append_command(&command, source, result);
    html->out.failed |= command.failed;
    html_element(html, "pre", NULL, buffer_text(&command));
    buffer_free(&command);
}

void verify_html_basis(struct html *html, const char *source,
                       const struct verification_result *result)
{
    write_differences(html, result);
    write_basis(html, source, result);
}
