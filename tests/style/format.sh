#!/usr/bin/env bash
# Every C file is as clang-format writes it. Exit 77 (skipped) where the tool is absent.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v clang-format >/dev/null || exit 77

if printf 'int  a( void );\n' | clang-format --dry-run -Werror --assume-filename=src/a.c >/dev/null 2>&1; then
    echo "format: the check does not notice its bad example"
    exit 1
fi
find src tests -name '*.[ch]' -print0 | sort -z | xargs -0 clang-format --dry-run -Werror
