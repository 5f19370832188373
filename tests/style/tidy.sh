#!/usr/bin/env bash
# tidy.sh BUILD: clang-tidy over every source file of ours, two at a time. A file whose text, headers
# and settings have not changed since it last passed is not looked at again.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
command -v clang-tidy >/dev/null || exit 77
mkdir -p "$build/tidy"

common=$( (cat .clang-tidy "$build/compile_commands.json"; clang-tidy --version
    find src -name '*.h' -print0 | sort -z | xargs -0 cat) | sha256sum)

look() {
    local file=$1 stamp log
    stamp=$3/tidy/$(printf '%s' "$2 $(sha256sum "$file")" | sha256sum | cut -c1-40)
    [ ! -e "$stamp" ] || return 0
    log=$(clang-tidy --quiet -p "$3" "$file" 2>/dev/null) || {
        printf '%s\n' "$log"
        return 1
    }
    touch "$stamp"
}
export -f look

find src -name '*.c' -print0 | sort -z |
    xargs -0 -P 2 -I{} bash -c 'look "$@"' look {} "$common" "$build"
