"""Calls nobody makes: unbounded copies, silent conversions, shells, hidden exits."""
import re

from style import check, folder_of, without_comments

EVERYWHERE = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|system|popen|"
                        r"alloca|tmpnam|mktemp|setjmp|longjmp|xmlReadFile|xmlParseFile)\s*\(")
LIBRARY = re.compile(r"\b(printf|puts|putchar|exit|_exit|abort|perror|err|errx|warn|warnx)\s*\(")
STREAMS = re.compile(r"\b(stdout|stderr)\b")
TYPEDEF = re.compile(r"\btypedef\s+(struct|enum|union)\b")


def banned(tree):
    complaints = []
    for name, text in tree.files.items():
        code = without_comments(text)
        patterns = [EVERYWHERE, TYPEDEF]
        if folder_of(name) not in ("cli", "server"):
            patterns += [LIBRARY, STREAMS]
        for pattern in patterns:
            for match in pattern.finditer(code):
                line = code.count("\n", 0, match.start()) + 1
                complaints.append("%s:%d: %s" % (name, line, match.group(0)))
    return complaints


check("banned", banned,
      bad=[{"xml/a.c": "strcpy(a, b);"}, {"cli/a.c": "system (x);"}, {"rule/a.c": "printf(x);"},
           {"key/a.c": "fputs(x, stderr);"}, {"xml/a.c": "exit(1);"},
           {"base/a.h": "typedef struct a a;"}, {"cli/a.c": "atoi(x)"}],
      good=[{"xml/a.c": "/* strcpy(a, b) */ snprintf(a, b); x = \"gets(\"; on_exit_do(1);"},
            {"cli/a.c": "printf(x); fputs(x, stderr);"}])
