#include "xml/schema_message.h"

#include <stdbool.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "xml/internal.h"
#include "xml/location.h"
#include "xml/schema_lookup.h"

enum { NAME_MAX_OCTETS = 80, LIST_MAX_OCTETS = 400 };

/* One complaint of the validator, taken apart. */
struct complaint {
    const xmlError *error;
    const struct xml_document *schema;
    const struct xml_node *element; /* NULL where libxml2 does not say */
    const struct xml_node *declaration;
    char message[ERROR_TEXT_MAX]; /* libxml2's own, without namespaces */
    char attribute[NAME_MAX_OCTETS];
    const char *name; /* of the element */
};

/* Copies without "{namespace}", which nobody reads in a message. */
static void strip_namespaces(char *target, size_t size, const char *text)
{
    size_t length = 0;

    while (*text != '\0' && length + 1 < size) {
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        if (close != NULL && memchr(text, ':', (size_t)(close - text)) != NULL)
            text = close + 1;
        else
            target[length++] = *text++;
    }
    target[length] = '\0';
    while (length > 0 && (target[length - 1] == '\n' || target[length - 1] == ' '))
        target[--length] = '\0';
}

/* The text between `before` and `after` in the validator's message; "" when it is not there. */
static void between(const char *message, const char *before, const char *after, char *out,
                    size_t size)
{
    const char *start = strstr(message, before);
    const char *end = start == NULL ? NULL : strstr(start + strlen(before), after);

    out[0] = '\0';
    if (end == NULL)
        return;
    start += strlen(before);
    size_t length = (size_t)(end - start);
    if (length >= size)
        length = size - 1;
    memcpy(out, start, length);
    out[length] = '\0';
}

/* A text in parentheses, cut when it is long; "" when there is none. */
static void parenthesise(char out[NAME_MAX_OCTETS], const char *open, const char *text,
                         const char *close)
{
    char cut[NAME_MAX_OCTETS - 12];
    struct buffer label;

    buffer_init(&label, NAME_MAX_OCTETS);
    text_fit(cut, sizeof cut, text);
    buffer_append_format(&label, "%s%s%s%s", open, cut, strlen(text) > strlen(cut) ? "..." : "",
                         close);
    text_fit(out, NAME_MAX_OCTETS, cut[0] == '\0' ? "" : buffer_text(&label));
    buffer_free(&label);
}

/* The schema's documentation, to stand behind a name. */
static void label(const struct xml_node *declaration, char zh[NAME_MAX_OCTETS],
                  char en[NAME_MAX_OCTETS])
{
    struct bilingual text = schema_lookup_documentation(declaration);

    parenthesise(zh, "（", text.zh, "）");
    parenthesise(en, " (", text.en, ")");
}

/* What a simple type accepts: its documentation, and the values when they are listed. */
static void describe_type(const struct xml_node *type, struct buffer *zh, struct buffer *en)
{
    struct bilingual text = schema_lookup_documentation(type);
    const struct xml_node *restriction = type == NULL ? NULL : xml_node_first_element(type);
    const char *separator = "";

    buffer_append_text(zh, text.zh);
    buffer_append_text(en, text.en);
    while (restriction != NULL && strcmp(xml_node_name(restriction), "restriction") != 0)
        restriction = xml_node_next_element(restriction);
    if (restriction == NULL)
        return;
    for (const struct xml_node *at = xml_node_first_element(restriction); at != NULL;
         at = xml_node_next_element(at)) {
        const char *value = xml_node_attribute(at, "value");
        if (value == NULL || strcmp(xml_node_name(at), "enumeration") != 0)
            continue;
        struct bilingual meaning = schema_lookup_documentation(at);
        buffer_append_format(zh, "%s%s（%s）", separator[0] == '\0' ? "可填：" : "、", value,
                             meaning.zh);
        buffer_append_format(en, "%s%s (%s)", separator[0] == '\0' ? " One of: " : ", ", value,
                             meaning.en);
        separator = ",";
    }
}

static void set_value(struct error *err, const struct complaint *complaint)
{
    const struct xml_node *declaration = complaint->declaration;
    bool in_attribute = complaint->attribute[0] != '\0';
    char value[LIMIT_QUOTE_OCTETS];
    char zh_label[NAME_MAX_OCTETS];
    char en_label[NAME_MAX_OCTETS];
    struct buffer zh;
    struct buffer en;

    if (in_attribute)
        declaration = schema_lookup_attribute(complaint->schema, declaration, complaint->attribute);
    buffer_init(&zh, LIST_MAX_OCTETS);
    buffer_init(&en, LIST_MAX_OCTETS);
    describe_type(schema_lookup_type(complaint->schema, declaration), &zh, &en);
    text_fit(value, sizeof value, complaint->error->str1 == NULL ? "" : complaint->error->str1);
    label(declaration, zh_label, en_label);
    if (zh.length == 0)
        error_set(err, ERROR_INPUT, "%s%s%s的值“%s”不符合要求（%s）",
                  "the value of %s%s%s, '%s', is not accepted (%s)", complaint->name,
                  in_attribute ? "/@" : "", complaint->attribute, value, complaint->message);
    else
        error_set(err, ERROR_INPUT, "%s%s%s%s%.0s的值“%s”不符合要求。应填：%s%.0s",
                  "the value of %s%s%s%.0s%s, '%s', is not accepted. Expected:%.0s %s",
                  complaint->name, in_attribute ? "/@" : "", complaint->attribute, zh_label,
                  en_label, value, buffer_text(&zh), buffer_text(&en));
    buffer_free(&zh);
    buffer_free(&en);
}

/* "( holder, transferee )" with what the schema says of each. */
static void describe_expected(const struct complaint *complaint, bool inside, struct buffer *zh,
                              struct buffer *en)
{
    const struct xml_node *parent = complaint->declaration;
    char list[ERROR_TEXT_MAX];
    char *rest = NULL;

    between(complaint->message, strstr(complaint->message, "one of (") ? "one of (" : "is (", ")",
            list, sizeof list);
    if (!inside && complaint->element != NULL)
        parent = schema_lookup_element(complaint->schema, xml_node_parent(complaint->element));
    for (char *name = strtok_r(list, " ,", &rest); name != NULL;
         name = strtok_r(NULL, " ,", &rest)) {
        char zh_label[NAME_MAX_OCTETS];
        char en_label[NAME_MAX_OCTETS];
        label(schema_lookup_child(complaint->schema, parent, name), zh_label, en_label);
        buffer_append_format(zh, "%s%s%s", zh->length > 0 ? "、" : "", name, zh_label);
        buffer_append_format(en, "%s%s%s", en->length > 0 ? ", " : "", name, en_label);
    }
}

static void set_content(struct error *err, const struct complaint *complaint)
{
    bool inside = strstr(complaint->message, "Missing child") != NULL;
    struct buffer zh;
    struct buffer en;

    buffer_init(&zh, LIST_MAX_OCTETS);
    buffer_init(&en, LIST_MAX_OCTETS);
    describe_expected(complaint, inside, &zh, &en);
    if (inside)
        error_set(err, ERROR_INPUT, "元素 %s 里缺少子元素。应有：%s%.0s",
                  "the element %s lacks a child element. Expected:%.0s %s", complaint->name,
                  buffer_text(&zh), buffer_text(&en));
    else if (zh.length > 0)
        error_set(err, ERROR_INPUT,
                  "此处不应出现元素 %s（名称、命名空间或顺序不对）。此处应为：%s%.0s",
                  "the element %s is not expected here (its name, namespace or order is wrong). "
                  "Expected:%.0s %s",
                  complaint->name, buffer_text(&zh), buffer_text(&en));
    else
        error_set(err, ERROR_INPUT, "此处不应再出现元素 %s（名称不对，或者多写了）",
                  "the element %s is not expected here (wrong name, or one too many)",
                  complaint->name);
    buffer_free(&zh);
    buffer_free(&en);
}

static void set_attribute(struct error *err, const struct complaint *complaint)
{
    char zh_label[NAME_MAX_OCTETS];
    char en_label[NAME_MAX_OCTETS];
    const char *name = complaint->error->str1 == NULL ? "" : complaint->error->str1;

    if (complaint->error->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4) {
        label(schema_lookup_attribute(complaint->schema, complaint->declaration, name), zh_label,
              en_label);
        error_set(err, ERROR_INPUT, "元素 %s 缺少必填的属性 %s%s%.0s",
                  "the element %s lacks the required attribute %s%.0s%s", complaint->name, name,
                  zh_label, en_label);
        return;
    }
    error_set(err, ERROR_INPUT, "元素 %s 没有名为 %s 的属性（拼写不对，或者应写在别的元素上）",
              "the element %s has no attribute named %s (misspelt, or it belongs elsewhere)",
              complaint->name, complaint->attribute);
}

static void set_text(struct error *err, const struct complaint *complaint)
{
    error_set(err, ERROR_INPUT, "元素 %s 里不能直接写文字",
              "the element %s cannot hold text itself", complaint->name);
}

static void set_root(struct error *err, const struct complaint *complaint)
{
    error_set(err, ERROR_INPUT, "根元素 %s 不是此模式所定义的",
              "the schema knows no root element %s", complaint->name);
}

static void set_key(struct error *err, const struct complaint *complaint)
{
    char key[LIMIT_QUOTE_OCTETS];

    between(complaint->message, "['", "']", key, sizeof key);
    if (strstr(complaint->message, "No match found") != NULL)
        error_set(err, ERROR_INPUT, "%s%s%s 引用了“%s”，但没有以此为标识的项目",
                  "%s%s%s refers to '%s', but nothing has that identifier", complaint->name,
                  complaint->attribute[0] == '\0' ? "" : "/@", complaint->attribute, key);
    else if (key[0] != '\0')
        error_set(err, ERROR_INPUT, "元素 %s 的标识“%s”重复：同类项目的标识不能相同",
                  "the element %s has the identifier '%s', which another one has already",
                  complaint->name, key);
    else
        error_set(err, ERROR_INPUT, "元素 %s 缺少标识", "the element %s lacks its identifier",
                  complaint->name);
}

static void set_other(struct error *err, const struct complaint *complaint)
{
    error_set(err, ERROR_INPUT, "不符合模式（校验器的原话：%s）", "not valid: %s",
              complaint->message);
}

static const struct {
    int first;
    int last;
    void (*set)(struct error *err, const struct complaint *complaint);
} handlers[] = {
    {XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3, set_value},
    {XML_SCHEMAV_CVC_LENGTH_VALID, XML_SCHEMAV_CVC_ENUMERATION_VALID, set_value},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_4 - 1, set_text},
    {XML_SCHEMAV_ELEMENT_CONTENT, XML_SCHEMAV_ELEMENT_CONTENT, set_content},
    {XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_4, set_attribute},
    {XML_SCHEMAV_CVC_ELT_1, XML_SCHEMAV_CVC_ELT_1, set_root},
    {XML_SCHEMAV_CVC_IDC, XML_SCHEMAV_CVC_IDC, set_key},
};

static const struct xml_node *attribute_with(const struct xml_node *node, const char *value)
{
    const struct xml_node *at;

    for (size_t i = 0; (at = xml_node_attribute_at(node, i)) != NULL; i++) {
        if (strcmp(xml_attribute_value(at), value) == 0)
            return at;
    }
    return NULL;
}

/* libxml2 gives no node for a dangling reference: the attribute of that value on the first such
 * element. */
static const struct xml_node *find_reference(const struct xml_node *from, const char *name,
                                             const char *value)
{
    for (const struct xml_node *at = from; at != NULL; at = xml_node_next_element(at)) {
        const struct xml_node *found = NULL;
        if (strcmp(xml_node_name(at), name) == 0)
            found = attribute_with(at, value);
        if (found == NULL)
            found = find_reference(xml_node_first_element(at), name, value);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void locate_reference(struct complaint *complaint, const struct xml_document *document)
{
    char key[LIMIT_QUOTE_OCTETS];

    between(complaint->message, "['", "']", key, sizeof key);
    const struct xml_node *found =
        find_reference(xml_document_root(document), complaint->name, key);
    if (found == NULL)
        return;
    text_fit(complaint->attribute, sizeof complaint->attribute, xml_node_name(found));
    complaint->element = xml_node_parent(found);
}

static void take_apart(struct complaint *complaint, const struct xml_document *document,
                       char name[NAME_MAX_OCTETS])
{
    const char *text = complaint->error->message == NULL ? "" : complaint->error->message;

    strip_namespaces(complaint->message, sizeof complaint->message, text);
    between(complaint->message, "Element '", "'", name, NAME_MAX_OCTETS);
    between(complaint->message, "', attribute '", "':", complaint->attribute,
            sizeof complaint->attribute);
    complaint->name = name;
    complaint->element = xml_opaque(complaint->error->node);
    if (complaint->element == NULL && complaint->error->code == XML_SCHEMAV_CVC_IDC)
        locate_reference(complaint, document);
    complaint->declaration = schema_lookup_element(complaint->schema, complaint->element);
}

void schema_message_set(struct error *err, const xmlError *error, const struct xml_document *schema,
                        const struct xml_document *document)
{
    struct complaint complaint = {.error = error, .schema = schema};
    char name[NAME_MAX_OCTETS];
    void (*set)(struct error *, const struct complaint *) = set_other;

    take_apart(&complaint, document, name);
    for (size_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++) {
        if (error->code >= handlers[i].first && error->code <= handlers[i].last)
            set = handlers[i].set;
    }
    set(err, &complaint);
    if (complaint.element != NULL)
        error_place(err, NULL, xml_location_line(complaint.element),
                    xml_location_column(complaint.element));
    else
        error_place(err, NULL, error->line > 0 ? (unsigned)error->line : 0, 0);
}
