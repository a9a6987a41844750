# Sourced by ./kfunc-lsp, ./test and .ci/run, with $root set: installs what is missing, builds what is stale.
# Everything that is said goes to standard error; standard output belongs to the program.

# The libclang that is preferred where there is a choice, and the oldest that will do.
libclang_preferred=19
libclang_oldest=17

say() { printf 'kfunc-lsp: %s\n' "$*" >&2; }

have_libclang() {
    if [ -n "${KFUNC_LSP_LIBCLANG-}" ]; then return 0; fi
    for library in /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*-linux-*/libclang[-.]*.so* /usr/lib64/libclang[-.]*so* /usr/lib/libclang[-.]*so* \
        /usr/lib64/llvm*/lib*/libclang.so* /usr/local/lib/libclang.so* /opt/homebrew/opt/llvm*/lib/libclang.dylib /usr/local/opt/llvm*/lib/libclang.dylib \
        /Library/Developer/CommandLineTools/usr/lib/libclang.dylib; do
        [ -e "$library" ] || continue
        name=${library##*/libclang}
        case $name in -cpp*) continue ;; esac
        version=$(printf '%s' "$name" | sed -n 's/^-\([0-9][0-9]*\)[^0-9].*/\1/p; s/^-\([0-9][0-9]*\)$/\1/p; s/^\.so\.\([0-9][0-9]*\).*/\1/p')
        case $library in
            */llvm-*/lib/libclang*) version=${library#*/llvm-}; version=${version%%/*} ;;
            *.dylib) version=$libclang_oldest ;;
        esac
        # A bare libclang.so is the distribution's current one; the program says so itself if it is too old.
        case ${version:-$libclang_oldest} in *[!0-9]*) continue ;; esac
        if [ "${version:-$libclang_oldest}" -ge "$libclang_oldest" ]; then return 0; fi
    done
    return 1
}

have_libbpf() {
    [ "$(uname -s)" != Linux ] || [ -e /usr/include/bpf/bpf_helpers.h ] || [ -e /usr/local/include/bpf/bpf_helpers.h ]
}

# The packages of apt: the preferred version, else the newest that will do.
apt_libclang() {
    versions=$(apt-cache search --names-only '^libclang1-[0-9]+(t64)?$' | sed -n 's/^libclang1-\([0-9]*\).*/\1/p' | sort -un)
    chosen=
    for version in $versions; do
        if [ "$version" -eq "$libclang_preferred" ]; then chosen=$version; break; fi
        if [ "$version" -ge "$libclang_oldest" ]; then chosen=$version; fi
    done
    if [ -z "$chosen" ]; then return 1; fi
    name=libclang1-$chosen
    if ! apt-cache show "$name" >/dev/null 2>&1; then name=libclang1-${chosen}t64; fi
    printf '%s libclang-common-%s-dev' "$name" "$chosen"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@" >&2
    else sudo "$@" >&2
    fi
}

may_install() {
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }
}

# install_missing EXTRA…: libclang and libbpf's headers where they are missing, and EXTRA packages (apt's names) in any case.
install_missing() {
    wants_libclang=; wants_libbpf=
    have_libclang || wants_libclang=1
    have_libbpf || wants_libbpf=1
    if [ -z "$wants_libclang$wants_libbpf$*" ]; then return 0; fi

    if command -v apt-get >/dev/null 2>&1; then
        if [ -n "$wants_libclang" ]; then
            packages=$(apt_libclang) || packages=
            if [ -z "$packages" ]; then
                if may_install; then as_root apt-get update -qq || true; fi
                packages=$(apt_libclang) || packages="libclang1-$libclang_preferred libclang-common-$libclang_preferred-dev"
            fi
        else packages=
        fi
        if [ -n "$wants_libbpf" ]; then packages="$packages libbpf-dev"; fi
        packages=$(echo $packages "$@")
        installer="apt-get install -y --no-install-recommends"
    elif command -v dnf >/dev/null 2>&1; then
        packages=$(echo ${wants_libclang:+clang-libs clang-resource-filesystem} ${wants_libbpf:+libbpf-devel})
        installer="dnf install -y"
    elif command -v zypper >/dev/null 2>&1; then
        packages=$(echo ${wants_libclang:+libclang13 clang} ${wants_libbpf:+libbpf-devel})
        installer="zypper --non-interactive install"
    elif command -v pacman >/dev/null 2>&1; then
        packages=$(echo ${wants_libclang:+clang} ${wants_libbpf:+libbpf})
        installer="pacman -S --needed --noconfirm"
    elif command -v brew >/dev/null 2>&1; then
        say "libclang $libclang_oldest or newer is missing. Install it with: brew install llvm"
        return 1
    else
        say "libclang $libclang_oldest or newer and libbpf's headers are needed; install them with the system's package manager"
        return 1
    fi

    if [ -z "$packages" ]; then return 0; fi
    if ! may_install; then
        say "missing: $packages. Install with: sudo $installer $packages"
        return 1
    fi
    say "installing what is missing: $packages ($installer)"
    case $installer in
        apt-get*)
            export DEBIAN_FRONTEND=noninteractive
            # A fresh machine has no package lists, an old one stale ones: both show as a failed first try.
            as_root env DEBIAN_FRONTEND=noninteractive $installer -qq $packages </dev/null ||
                { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive $installer -qq $packages </dev/null; } ;;
        *) as_root $installer $packages ;;
    esac || { say "the installation failed; try it by hand: $installer $packages"; return 1; }
}

need_dotnet() {
    if command -v dotnet >/dev/null 2>&1; then return 0; fi
    if [ -x "$HOME/.dotnet/dotnet" ]; then PATH=$HOME/.dotnet:$PATH; export PATH; return 0; fi
    say "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download"
    return 1
}

# The source files below the given paths, one a line; only those newer than STAMP where there is a second word.
sources_of() { (cd "$root" && find $1 \( -name bin -o -name obj \) -prune -o -type f ${2:+-newer "$2"} -print); }

# build_if_stale PROJECT STAMP "SOURCES…": builds in Release where a source is newer than the last good build, or files came or went.
# The stamp holds a checksum of the list of files.
build_if_stale() {
    project=$1; stamp=$2; paths=$3
    list=$(sources_of "$paths" | LC_ALL=C sort | cksum)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$list" ] && [ -z "$(sources_of "$paths" "$stamp" | head -n 1)" ]; then return 0; fi
    need_dotnet || return 1
    mkdir -p "${stamp%/*}"
    (
        # Two launchers at once (an editor and a terminal) must not build into each other.
        if command -v flock >/dev/null 2>&1; then flock 9; fi
        say "building ${project##*/} …"
        printf '%s\n' "$list" >"$stamp.new"
        if ! DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 dotnet build "$root/$project" -c Release -v q -nologo >"$stamp.log" 2>&1; then
            cat "$stamp.log" >&2
            say "the build failed"
            exit 1
        fi
        mv "$stamp.new" "$stamp"
    ) 9>"$root/artifacts/build.lock"
}
