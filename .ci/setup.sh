# Sourced by ./demo and ./test (POSIX tools only until the packages are there): installs what is
# missing from the distribution's packages and builds presets.

say() { printf '\n== %s\n' "$*"; }

# missing PACKAGE... : those that are not installed.
missing() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            printf '%s ' "$package"
    done
}

# known PACKAGE... : those the distribution has; nothing where its lists were never fetched.
known() {
    local package
    for package in "$@"; do
        apt-cache show "$package" >/dev/null 2>&1 && printf '%s ' "$package"
    done
    return 0
}

# need PACKAGE... : installs what is missing; says what to do where it cannot.
need() {
    local wanted
    if ! command -v dpkg-query >/dev/null; then
        echo "This set-up knows Debian 12, Debian 13 and Ubuntu 24.04. Elsewhere install the" >&2
        echo "equivalents of: $*" >&2
        exit 1
    fi
    wanted=$(missing "$@")
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Packages are missing. As root:" >&2
        echo "    apt-get install --no-install-recommends $wanted" >&2
        exit 1
    fi
    say "Installing packages: $wanted"
    # shellcheck disable=SC2086
    install_packages $wanted || { apt-get update -q && install_packages $wanted; } || {
        echo "The packages could not be installed; see the messages above." >&2
        exit 1
    }
}

install_packages() {
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# build PRESET: configures once, then builds; quick when nothing changed.
build() {
    say "Building: preset $1"
    # A build folder remembers where it was made; one that came along with a copied tree is no use.
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "build/$1/CMakeCache.txt" 2>/dev/null ||
        rm -rf "build/$1"
    [ -f "build/$1/build.ninja" ] || cmake --preset "$1" >"build-$1.log" 2>&1 || {
        cat "build-$1.log" >&2
        rm -f "build-$1.log"
        exit 1
    }
    rm -f "build-$1.log"
    cmake --build --preset "$1"
}

build_packages="gcc libc6-dev cmake ninja-build pkg-config libxml2-dev libssl-dev libjansson-dev libpopt-dev"
