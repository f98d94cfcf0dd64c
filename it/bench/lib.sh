# What run and memory share: a folder, a registry and a user that leave no trace. Sourced by bash, not run.
# shellcheck shell=bash

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
launcher=${BENCH_JBUILDAH:-$here/../../bin/jbuildah}
user=${BENCH_USER:-jbench}
work=
registry_pid=
registry=
user_made=

fail() {
    echo "$(basename -- "$0"): $*" >&2
    exit 1
}

need() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || fail "$program is not installed"
    done
}

clean_up() {
    trap - EXIT INT TERM HUP
    if [[ -n $registry_pid ]]; then
        kill "$registry_pid" 2>/dev/null || true
        wait "$registry_pid" 2>/dev/null || true
    fi
    if [[ -n $user_made ]]; then
        userdel "$user" 2>/dev/null || true
    fi
    if [[ -n $work ]]; then
        if [[ -n ${BENCH_KEEP_LOGS:-} ]]; then
            mkdir -p "$BENCH_KEEP_LOGS" && cp -r "$work/logs/." "$BENCH_KEEP_LOGS"
        fi
        umount_below "$work"
        rm -rf --one-file-system -- "$work"
    fi
}

# buildah leaves its overlay home mounted on itself
umount_below() {
    local mount
    while read -r mount; do
        umount -l -- "$mount" 2>/dev/null || true
    done < <(awk -v top="$1/" 'index($5, top) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
}

set_up() {
    [[ $(id -u) == 0 ]] || fail "must be started by root: it measures both as root and as \"$user\""
    trap 'clean_up' EXIT
    trap 'exit 130' INT TERM HUP
    work=$(mktemp -d "${TMPDIR:-/var/tmp}/jbuildah-bench.XXXXXX")
    chmod 755 "$work"
    mkdir -p "$work/root" "$work/logs" "$work/contexts"
}

# A real ordinary user with subordinate ids, and a home below our folder.
make_user() {
    if ! id -- "$user" >/dev/null 2>&1; then
        useradd --no-create-home --home-dir /nonexistent --shell /bin/sh -- "$user"
        user_made=yes
    fi
    local file
    for file in subuid subgid; do
        grep -q "^$user:" "/etc/$file" || fail "\"$user\" has no range in /etc/$file; add one with usermod --add-${file}s"
    done
    mkdir -p "$work/$user"
    chown "$user:" "$work/$user"
    chmod 700 "$work/$user"
}

# as WHO COMMAND...: with a home, a store and nothing else of ours in the environment
as() {
    local who=$1 home=$work/$1 clean
    shift
    mkdir -p "$home/run" "$home/tmp"
    chmod 700 "$home/run"
    clean=(env -i "PATH=$PATH" "HOME=$home" "XDG_DATA_HOME=$home/data" "XDG_RUNTIME_DIR=$home/run" "TMPDIR=$home/tmp"
        LC_ALL=C.UTF-8 "JAVA_HOME=${JAVA_HOME:-}" "JBUILDAH_JAR=${JBUILDAH_JAR:-}"
        "JBUILDAH_JAVA_OPTS=${bench_java_options:-}")
    if [[ $who == root ]]; then
        (cd / && exec "${clean[@]}" "$@")
    else
        chown "$who:" "$home/run" "$home/tmp"
        (cd / && exec runuser -u "$who" -- "${clean[@]}" "$@")
    fi
}

free_port() {
    local port
    for port in $(shuf -i 20000-32000 -n 50); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "no free port found"
}

start_registry() {
    need docker-registry curl
    local port
    port=$(free_port)
    registry=127.0.0.1:$port
    cat >"$work/registry.yml" <<YML
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "$registry"}
YML
    docker-registry serve "$work/registry.yml" >"$work/logs/registry" 2>&1 &
    registry_pid=$!
    local try
    for try in $(seq 100); do
        curl -fsS "http://$registry/v2/" >/dev/null 2>&1 && return
        kill -0 "$registry_pid" 2>/dev/null || fail "docker-registry ended: $(tail -n 3 "$work/logs/registry")"
        sleep 0.1
    done
    fail "docker-registry does not answer on $registry after $try tries"
}

# push_blob REPOSITORY FILE: prints the digest
push_blob() {
    local digest location
    digest=sha256:$(sha256sum <"$2" | cut -d' ' -f1)
    location=$(curl -fsS -X POST -D - -o /dev/null "http://$registry/v2/$1/blobs/uploads/" |
        tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    curl -fsS -o /dev/null -X PUT -H 'Content-Type: application/octet-stream' -T "$2" "$location&digest=$digest"
    echo "$digest"
}

# One layer: busybox and a link for each of its commands. Neither of the two builders has a hand in it.
push_base() {
    local busybox=${BENCH_BUSYBOX:-/bin/busybox} root=$work/base command
    file_is_static "$busybox"
    mkdir -p "$root"/{bin,etc,tmp,root,proc,sys,dev}
    cp -- "$busybox" "$root/bin/busybox"
    for command in $("$busybox" --list); do
        [[ $command == busybox ]] || ln -s busybox "$root/bin/$command"
    done
    echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
    echo 'root:x:0:' >"$root/etc/group"
    chmod 1777 "$root/tmp"
    tar -C "$root" --owner=0 --group=0 --numeric-owner --sort=name -cf "$work/base.tar" .
    gzip -nk "$work/base.tar"
    local architecture
    case $(uname -m) in
        x86_64) architecture=amd64 ;;
        aarch64) architecture=arm64 ;;
        *) fail "no name for the architecture $(uname -m)" ;;
    esac
    printf '{"created":"2026-01-01T00:00:00Z","architecture":"%s","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"2026-01-01T00:00:00Z","created_by":"busybox"}]}' \
        "$architecture" "$(sha256sum <"$work/base.tar" | cut -d' ' -f1)" >"$work/config.json"
    local layer config
    layer=$(push_blob bench/base "$work/base.tar.gz")
    config=$(push_blob bench/base "$work/config.json")
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}]}' \
        "$config" "$(stat -c %s "$work/config.json")" "$layer" "$(stat -c %s "$work/base.tar.gz")" >"$work/manifest.json"
    curl -fsS -o /dev/null -X PUT -H 'Content-Type: application/vnd.oci.image.manifest.v1+json' \
        --data-binary "@$work/manifest.json" "http://$registry/v2/bench/base/manifests/1"
    base=$registry/bench/base:1
}

file_is_static() {
    [[ -x $1 ]] || fail "$1 is not there; install busybox-static, or name one with BENCH_BUSYBOX"
    if ldd "$1" >/dev/null 2>&1; then
        fail "$1 needs shared libraries; install busybox-static, or name one with BENCH_BUSYBOX"
    fi
}

# The last words of a failed command, fit for a table: the sentence with a failure code, else the last line.
last_words() {
    { grep -E '  \[[A-Z_]+\]$' "$1" || grep -v '^[[:space:]]*$' "$1" || echo nothing; } | tail -n 1 | tr '|\n' '/ ' | cut -c1-160
}

load() {
    cut -d' ' -f1-3 /proc/loadavg
}
