"""One door for each dangerous library: libxml2 in xml/, OpenSSL in key/ and base/digest.c ..."""
import re

from style import check, folder_of, without_comments

DOORS = [
    (re.compile(r"^(libxml|libxslt|libexslt)/"), lambda n: folder_of(n) == "xml"),
    (re.compile(r"^openssl/"), lambda n: folder_of(n) == "key" or n == "base/digest.c"),
    (re.compile(r"^jansson\.h$"), lambda n: folder_of(n) == "report"),
    (re.compile(r"^popt\.h$"), lambda n: n == "cli/options.c"),
    (re.compile(r"^(sqlite3|libpq-fe)\.h$"),
     lambda n: n in ("registry/sqlite.c", "registry/postgres.c")),
    (re.compile(r"^microhttpd\.h$"), lambda n: n == "server/server.c"),
]
CLOCK = re.compile(r"\b(time|gettimeofday|clock_gettime)\s*\(")
PARSER = re.compile(r"\bxml(Read(File|Memory|Doc|Fd|IO)|CtxtRead\w+|Parse(File|Memory|Doc|Chunk)|"
                    r"CreatePushParserCtxt|CreateMemoryParserCtxt|NewTextReader\w*)\s*\(")


def doors(tree):
    complaints = []
    for name, text in tree.files.items():
        for _, target in tree.includes(name):
            for pattern, may in DOORS:
                if pattern.match(target) and not may(name):
                    complaints.append("%s must not include %s" % (name, target))
        code = without_comments(text)
        if CLOCK.search(code) and not name.startswith("base/clock"):
            complaints.append("%s reads the wall clock; ask base/clock.h" % name)
        if PARSER.search(code) and not name.startswith("xml/load"):
            complaints.append("%s parses XML; ask xml/load.h" % name)
    return complaints


check("doors", doors,
      bad=[{"rule/a.c": "#include <libxml/tree.h>\n"},
           {"signature/a.c": "#include <openssl/evp.h>\n"},
           {"base/file.c": "#include <openssl/evp.h>\n"},
           {"cli/a.c": "#include <jansson.h>\n"},
           {"cli/a.c": "int f(void)\n{\n    return time(NULL);\n}\n"},
           {"xml/schema.c": "void f(void)\n{\n    xmlReadFile(a, b, c);\n}\n"}],
      good=[{"xml/a.c": "#include <libxml/tree.h>\n"},
            {"key/a.c": "#include <openssl/evp.h>\n"},
            {"base/digest.c": "#include <openssl/evp.h>\n"},
            {"base/clock.c": "x = time(NULL);\n"},
            {"rule/a.c": "/* time(NULL) */ runtime(x);\n"}])
