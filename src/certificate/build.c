#include "certificate/certificate.h"

#include "certificate/form.h"
#include "signature/envelope.h"
#include "xml/write.h"

const char certificate_disclaimer_zh[] =
    "本证书说明：在所载评估时刻，依照所载规则包，所列各项书面条件经何种材料证明、结论如何。"
    "它只针对所载摘要的那一份记录和证据，不证明材料所述事实本身真实，不证明价格合理，"
    "也不构成免责决定。是否免除有关人员的决策责任，由有权机关依法认定。";

const char certificate_disclaimer_en[] =
    "This certificate states which documentary conditions were evidenced, on which date and under "
    "which rules. It speaks only of the record and evidence whose digests it holds; it does not "
    "prove that what the documents say is true or that the price is right, and it grants no "
    "exemption. Whether those who decided are relieved of liability is for the competent body to "
    "recognise.";

static int write_fields(struct buffer *out, const char *element, const struct form_field *fields,
                        const void *structure, struct error *err)
{
    int code = 0;

    xml_write_open(out, element);
    for (; code == 0 && fields->name != NULL; fields++) {
        const char *text = form_get(structure, fields);

        code = form_check(element, fields, text, err);
        if (code == 0 && text != NULL) {
            xml_write_attribute(out, fields->name, text);
        }
    }
    xml_write_begin(out);
    return code;
}

static int write_list(struct buffer *out, const struct claims *claims, const struct form_list *list,
                      struct error *err)
{
    size_t count = 0;
    const char *items = form_items(claims, list, &count);
    int code = 0;

    if (count < list->minimum || count > list->maximum) {
        return (int)error_set(err, ERROR_INPUT, "%s 有 %zu 项，应为 %zu 至 %zu 项",
                              "%s occurs %zu times; it must occur %zu to %zu times", list->name,
                              count, list->minimum, list->maximum);
    }
    for (size_t i = 0; code == 0 && i < count; i++) {
        buffer_append_text(out, "\n    ");
        code = write_fields(out, list->name, list->fields, items + i * list->item_size, err);
        xml_write_close(out, list->name);
    }
    if (count > 0) {
        buffer_append_text(out, "\n  ");
    }
    return code;
}

static int write_form(struct buffer *out, const struct claims *claims, const struct form *form,
                      struct error *err)
{
    int code;

    buffer_append_text(out, "\n  ");
    code = write_fields(out, form->name, form->fields, claims, err);
    if (code == 0 && form->list != NULL) {
        code = write_list(out, claims, form->list, err);
    }
    xml_write_close(out, form->name);
    return code;
}

static void write_disclaimer(struct buffer *out, const char *language, const char *text)
{
    buffer_append_text(out, "\n  ");
    xml_write_open(out, "Disclaimer");
    xml_write_attribute(out, "xml:lang", language);
    xml_write_begin(out);
    xml_write_text(out, text);
    xml_write_close(out, "Disclaimer");
}

int certificate_build(const struct claims *claims, struct buffer *out, struct error *err)
{
    const struct form *form;
    int code = 0;

    xml_write_open(out, "Statement");
    xml_write_attribute(out, "xmlns", ENVELOPE_URI);
    xml_write_attribute(out, "Id", ENVELOPE_STATEMENT_ID);
    xml_write_begin(out);
    for (size_t i = 0; code == 0 && (form = form_at(i)) != NULL; i++) {
        code = write_form(out, claims, form, err);
    }
    write_disclaimer(out, "zh", claims->disclaimer_zh);
    write_disclaimer(out, "en", claims->disclaimer_en);
    buffer_append_text(out, "\n");
    xml_write_close(out, "Statement");
    return code == 0 && out->failed ? (int)error_memory(err) : code;
}
