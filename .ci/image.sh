#!/usr/bin/env bash
# Tests the Dockerfile without a container engine: plays its instructions on plain directories, then starts the
# result the way a strict cluster would. The file system is read-only but for /data, the user is the image's, there
# are no capabilities, no network but loopback, and nothing of the build.
# Needs root (for namespaces) and the installed .NET SDK, which stands in for both base images.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "image: $*" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- The build context, as .dockerignore leaves it: nothing, but for the "!" lines. Git tells what a fresh clone has.
context=$work/context
mkdir -p "$context"
[ "$(grep -v '^#' .dockerignore | head -1)" = '*' ] || fail ".dockerignore must begin with '*'"
grep '^!' .dockerignore | cut -c2- | while read -r entry; do
  git ls-files -z --cached --others --exclude-standard -- "$entry" | xargs -0 -r cp --parents -t "$context"
done

# --- The instructions. Each stage is a directory; WORKDIR, ENV and ARG are kept as a builder keeps them.
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "no image for $(uname -m)" ;;
esac

stage= workdir=/ user= healthcheck=() entrypoint=() environment=() arguments=() volumes=()

begin_stage() { # --platform=… image [AS name]
  [[ ${1:-} == --* ]] && shift
  stage=$work/stages/${3:-final}
  workdir=/ environment=() arguments=()
  mkdir -p "$stage"
}

copy() { # [--from=stage] [--chown=uid:gid] source… destination
  local from=$context owner= base
  while [[ ${1:-} == --* ]]; do
    case $1 in
      --from=*) from=$work/stages/${1#--from=} ;;
      --chown=*) owner=${1#--chown=} ;;
      *) fail "COPY $1 is not known here" ;;
    esac
    shift
  done
  local destination=${*: -1} sources=("${@:1:$#-1}") source
  [[ $destination == /* ]] && base=$stage || base=$stage$workdir
  destination=$base/$destination
  for source in "${sources[@]}"; do
    [ -e "$from/$source" ] || fail "COPY: no $source in ${from#"$work"/}"
    mkdir -p "$destination"
    if [ -d "$from/$source" ]; then cp -a "$from/$source/." "$destination"; else cp -a "$from/$source" "$destination"; fi
  done
  [ -z "$owner" ] || chown -R "$owner" "$destination"
}

run() {
  [[ $1 =~ (^|[[:space:]=])/ ]] && fail "RUN with an absolute path: $1"
  (cd "$stage$workdir" && env "${arguments[@]}" "${environment[@]}" bash -euc "$1") || fail "RUN failed: $1"
}

json_words() { jq -er '.[]' <<<"$1" || fail "not the exec form: $1"; }

while read -r instruction rest; do
  case $instruction in
    FROM | COPY | ENV | ARG | VOLUME | EXPOSE) echo "$instruction $rest" ;;
    RUN) echo "RUN $rest" ;;
  esac
  set -f
  case $instruction in
    FROM) begin_stage $rest ;;
    # Only the platform's arguments have a value at a build; the others stand for labels.
    ARG) case $rest in TARGETARCH) arguments+=("TARGETARCH=$architecture") ;; *=*) ;; *) fail "ARG $rest has no value here" ;; esac ;;
    WORKDIR) workdir=$rest; mkdir -p "$stage$workdir" ;;
    COPY) copy $rest ;;
    RUN) run "$rest" ;;
    ENV) eval "environment+=($rest)" ;;
    VOLUME) mapfile -t volumes < <(json_words "$rest") ;;
    USER) user=$rest ;;
    HEALTHCHECK) mapfile -t healthcheck < <(json_words "${rest#*CMD }") ;;
    ENTRYPOINT) mapfile -t entrypoint < <(json_words "$rest") ;;
    LABEL | EXPOSE) ;;
    *) fail "$instruction is not known here" ;;
  esac
  set +f
done < <(sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' -e ':join' -e '/\\$/{N;s/[[:space:]]*\\\n[[:space:]]*/ /;b join' -e '}' Dockerfile)

[[ $user =~ ^[1-9][0-9]*:[1-9][0-9]*$ ]] || fail "USER must be numeric and not root, not '$user'"
[ "${volumes[*]}" = /data ] || fail "VOLUME must be /data"
[ "$(stat -c %u "$stage/data")" = "${user%:*}" ] || fail "/data must belong to the image's user"
if find "$stage/app" \( -name '*.cs' -o -name '*.csproj' -o -name appsettings.Development.json \) | grep .; then
  fail "files of the build are in the image"
fi

# --- The run.
export IMAGE_ROOT=$stage IMAGE_USER=$user IMAGE_WORKDIR=$workdir
printf '%s\0' "${environment[@]}" >"$work/environment"
printf '%s\0' "${healthcheck[@]}" >"$work/healthcheck"
printf '%s\0' "${entrypoint[@]}" >"$work/entrypoint"
IMAGE_DOTNET=$(dirname "$(readlink -f "$(command -v dotnet)")") IMAGE_WORK=$work \
  unshare --mount --net --pid --fork --mount-proc --kill-child bash .ci/image-run.sh
