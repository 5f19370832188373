#include "xml/load_message.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

static const struct {
    int code;
    struct bilingual text;
} parser_texts[] = {
    {XML_ERR_DOCUMENT_EMPTY, {"文件中没有 XML 元素", "there is no XML element in the file"}},
    {XML_ERR_DOCUMENT_END, {"根元素之后还有多余的内容", "there is more after the root element"}},
    {XML_ERR_TAG_NOT_FINISHED, {"元素没有结束标签", "an element has no end tag"}},
    {XML_ERR_GT_REQUIRED, {"标签没有以“>”结束", "the tag is not ended by '>'"}},
    {XML_ERR_LTSLASH_REQUIRED, {"此处应有结束标签", "an end tag is missing here"}},
    {XML_ERR_NAME_REQUIRED, {"此处应有名称", "a name is missing here"}},
    {XML_ERR_SPACE_REQUIRED, {"属性之间应有空格", "a space is missing between attributes"}},
    {XML_ERR_EQUAL_REQUIRED, {"属性名之后应有“=”", "'=' is missing after the attribute name"}},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, {"属性没有值", "the attribute has no value"}},
    {XML_ERR_ATTRIBUTE_NOT_STARTED,
     {"属性值应放在引号里", "the attribute value must stand in quotation marks"}},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, {"属性值的引号没有配对", "the attribute value is not closed"}},
    {XML_ERR_ATTRIBUTE_REDEFINED, {"同一元素上属性重复", "an attribute is given twice"}},
    {XML_ERR_LT_IN_ATTRIBUTE,
     {"属性值中不能有“<”，应写作 &lt;", "'<' is not allowed in an attribute value, write &lt;"}},
    {XML_ERR_UNDECLARED_ENTITY, {"实体未定义", "the entity is not defined"}},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, {"“&”之后缺少“;”", "';' is missing after '&...'"}},
    {XML_ERR_INVALID_CHARREF, {"字符编号无效", "the character number is not valid"}},
    {XML_ERR_INVALID_HEX_CHARREF, {"字符编号无效", "the character number is not valid"}},
    {XML_ERR_INVALID_DEC_CHARREF, {"字符编号无效", "the character number is not valid"}},
    {XML_ERR_INVALID_CHAR, {"含有 XML 不允许的字符", "contains a character XML does not allow"}},
    {XML_ERR_MISPLACED_CDATA_END, {"正文中不能有“]]>”", "']]>' is not allowed in text"}},
    {XML_ERR_HYPHEN_IN_COMMENT, {"注释中不能有“--”", "'--' is not allowed in a comment"}},
    {XML_ERR_COMMENT_NOT_FINISHED, {"注释没有结束", "the comment is not ended"}},
    {XML_ERR_CDATA_NOT_FINISHED, {"CDATA 没有结束", "the CDATA section is not ended"}},
    {XML_ERR_PI_NOT_FINISHED, {"处理指令没有结束", "the processing instruction is not ended"}},
    {XML_ERR_RESERVED_XML_NAME,
     {"XML 声明只能放在文件最前面", "an XML declaration may stand only at the very beginning"}},
    {XML_ERR_XMLDECL_NOT_FINISHED, {"XML 声明没有结束", "the XML declaration is not ended"}},
    {XML_ERR_STANDALONE_VALUE, {"standalone 的值无效", "the value of standalone is not valid"}},
    {XML_NS_ERR_UNDEFINED_NAMESPACE,
     {"命名空间前缀没有声明", "the namespace prefix is not declared"}},
    {XML_NS_ERR_XML_NAMESPACE, {"命名空间声明无效", "the namespace declaration is not valid"}},
    {XML_NS_ERR_QNAME, {"名称中的冒号用得不对", "a colon is misplaced in a name"}},
    {XML_NS_ERR_ATTRIBUTE_REDEFINED, {"同一元素上属性重复", "an attribute is given twice"}},
    {XML_NS_ERR_EMPTY, {"命名空间前缀不能绑定为空", "a prefix cannot be bound to nothing"}},
    {XML_WAR_NS_URI, {"命名空间不是有效的 URI", "the namespace is not a valid URI"}},
    {XML_WAR_NS_URI_RELATIVE,
     {"命名空间是相对地址，不被接受", "a relative namespace address is not accepted"}},
    {XML_DTD_ID_REDEFINED, {"xml:id 重复", "an xml:id is given twice"}},
    {XML_DTD_XMLID_VALUE, {"xml:id 的值无效", "the xml:id is not valid"}},
    {XML_ERR_NO_MEMORY, {"内存不足", "out of memory"}},
};

static struct bilingual text_of(int code)
{
    for (size_t i = 0; i < sizeof parser_texts / sizeof parser_texts[0]; i++) {
        if (parser_texts[i].code == code)
            return parser_texts[i].text;
    }
    return (struct bilingual){NULL, NULL};
}

static void set_generic(struct error *err, const xmlError *error)
{
    char text[ERROR_TEXT_MAX];

    text_fit(text, sizeof text, error->message == NULL ? "" : error->message);
    text[strcspn(text, "\n")] = '\0';
    error_set(err, ERROR_INPUT, "XML 格式不正确（解析器的原话：%s）", "not well-formed XML: %s",
              text);
}

static void set_mismatch(struct error *err, const xmlError *error)
{
    error_set(err, ERROR_INPUT, "标签不配对：第 %d 行开始的“%s”在这里以“%s”结束",
              "tags do not match: the element opened in line %d as '%s' is ended here as '%s'",
              error->int1, error->str1, error->str2);
}

void load_message_set(struct error *err, const xmlError *error)
{
    struct bilingual text = text_of(error->code);
    char quote[LIMIT_QUOTE_OCTETS];

    text_fit(quote, sizeof quote, error->str1 == NULL ? "" : error->str1);
    if (error->code == XML_ERR_NO_MEMORY)
        error_memory(err);
    else if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL && error->str2 != NULL)
        set_mismatch(err, error);
    else if (text.zh == NULL)
        set_generic(err, error);
    else if (quote[0] != '\0')
        error_set(err, ERROR_INPUT, "%s%.0s：%s", "%.0s%s: %s", text.zh, text.en, quote);
    else
        error_set(err, ERROR_INPUT, "%s%.0s", "%.0s%s", text.zh, text.en);
    error_place(err, NULL, error->line > 0 ? (unsigned)error->line : 0,
                error->int2 > 0 ? (unsigned)error->int2 : 0);
}
