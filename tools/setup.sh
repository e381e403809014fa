# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by ./run and ./check: installs missing Debian packages, configures and builds presets. Every step says what it
# does and keeps a log; a failing step shows the end of its log and names it.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LOGS=$ROOT/build/logs
# Compiles through ccache where it is installed, and shares its cache between checkouts.
export PATH=/usr/lib/ccache:$PATH CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros

BUILD_PACKAGES="ca-certificates ccache cmake ninja-build g++ libtbb-dev nlohmann-json3-dev libsimdjson-dev libssl-dev zlib1g-dev
    libsnappy-dev libsqlite3-dev libxxhash-dev libisal-dev libcli11-dev libre2-dev libboost-dev libnghttp2-dev
    qt6-base-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev qt6-qpa-plugins libgl-dev libopengl-dev libvulkan-dev fonts-dejavu-core"
TEST_PACKAGES="libgtest-dev librapidcheck-dev libbenchmark-dev clang-14 clang-format-14 libclang-rt-14-dev python3 python3-jsonschema gzip unzip
    awscli python3-boto3 python3-venv wrk"
# Another node than Debian's brings its npm and excludes Debian's.
command -v npm >/dev/null || TEST_PACKAGES+=" nodejs npm"
PEER_PACKAGES=maven
command -v javac >/dev/null || PEER_PACKAGES+=" default-jdk-headless"

# step NAME COMMAND...: runs it with its output in a log; on a terminal the log's newest line is shown meanwhile.
step() {
    local name=$1 log started pid status=0
    shift
    mkdir -p "$LOGS"
    log=$LOGS/$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '-').log
    started=$SECONDS
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    if [ -t 1 ]; then
        while kill -0 "$pid" 2>/dev/null; do
            printf '\r\033[K%s: %.100s' "$name" "$(tail -c 300 "$log" | tr '\r' '\n' | tail -n 1)"
            sleep 0.3
        done
        printf '\r\033[K'
    else
        printf '%s ...\n' "$name"
    fi
    wait "$pid" || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log"
        printf '%s: failed (exit %s). The whole log: %s\n' "$name" "$status" "$log" >&2
        exit "$status"
    fi
    [ $((SECONDS - started)) -lt 2 ] || printf '%s: done in %s s\n' "$name" $((SECONDS - started))
}

install_packages() {
    local missing=() package sudo=()
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "These packages are missing, and there is no sudo to install them: ${missing[*]}" >&2; exit 2; }
        sudo -v && sudo=(sudo)
    fi
    step "Updating the package lists" "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=120 update
    step "Installing ${#missing[@]} packages" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}"
}

# compile ARGUMENT...: cmake --build. gcc 12 rarely writes a precompiled header that it cannot map afterwards, and ccache would
# keep it: such a one is written again.
compile() {
    cmake --build "$@" && return
    grep -q 'PCH allocation failure' "$log" || return
    find "$ROOT/build" -name '*.gch' -delete
    CCACHE_RECACHE=1 cmake --build "$@"
}

# build_preset PRESET with-tests|without-tests [TARGET...]; a folder once configured with tests keeps them.
build_preset() {
    local preset=$1 testing=OFF cache=$ROOT/build/$1/CMakeCache.txt
    [ "$2" = without-tests ] || testing=ON
    shift 2
    if [ ! -f "$ROOT/build/$preset/build.ninja" ] || { [ $testing = ON ] && ! grep -q '^BUILD_TESTING:BOOL=ON' "$cache"; }; then
        step "Configuring $preset" cmake --preset "$preset" -DBUILD_TESTING=$testing
    fi
    step "Building $preset" compile --preset "$preset" ${*:+--target "$@"}
}
