#!/usr/bin/env bash
# The second half of image.sh, inside namespaces of its own: starts the image's entry point and uses the service.
set -euo pipefail

fail() { echo "image: $*" >&2; exit 1; }

mapfile -d '' -t environment <"$IMAGE_WORK/environment"
mapfile -d '' -t healthcheck <"$IMAGE_WORK/healthcheck"
mapfile -d '' -t entrypoint <"$IMAGE_WORK/entrypoint"

ip link set lo up

# The base image's part of the file system: system libraries and the runtime, all read-only.
mkdir -p "$IMAGE_ROOT"/{usr,etc,proc,dev,tmp,usr/share/dotnet,data}
for link in bin lib lib64; do
  if [ -L "/$link" ]; then ln -sfn "usr/$link" "$IMAGE_ROOT/$link"; fi
done
mount --bind "$IMAGE_ROOT" "$IMAGE_ROOT"
for shared in usr dev; do
  mount --rbind "/$shared" "$IMAGE_ROOT/$shared"
  mount -o remount,bind,ro "$IMAGE_ROOT/$shared"
done
if [ "$IMAGE_DOTNET" != /usr/share/dotnet ]; then
  # Only a link target is needed where the machine keeps its SDK elsewhere.
  [ -d /usr/share/dotnet ] || fail "no /usr/share/dotnet to mount the runtime at"
  mount --bind "$IMAGE_DOTNET" "$IMAGE_ROOT/usr/share/dotnet"
fi
mount -t proc proc "$IMAGE_ROOT/proc"
mount --bind "$IMAGE_ROOT/data" "$IMAGE_ROOT/data"
mount -o remount,bind,ro "$IMAGE_ROOT"

in_image() {
  exec chroot "$IMAGE_ROOT" /usr/bin/setpriv --reuid "${IMAGE_USER%:*}" --regid "${IMAGE_USER#*:}" --clear-groups \
    --inh-caps=-all --bounding-set=-all --no-new-privs \
    /usr/bin/env -i --chdir="$IMAGE_WORKDIR" PATH=/usr/share/dotnet:/usr/bin "${environment[@]}" "$@"
}

if (in_image /usr/bin/touch /app/written /tmp/written /etc/written) 2>/dev/null; then fail "the file system is not read-only"; fi
(in_image /usr/bin/touch /data/written) || fail "/data cannot be written"
rm "$IMAGE_ROOT/data/written"

# Bounded, as an engine does.
healthy() { (in_image /usr/bin/timeout --kill-after=1 10 "${healthcheck[@]}") 2>"$IMAGE_WORK/health"; }

log=$IMAGE_WORK/service.log
service=

start() {
  in_image "${entrypoint[@]}" >>"$log" 2>&1 &
  service=$!
  for _ in $(seq 60); do
    if healthy; then return; fi
    kill -0 "$service" 2>/dev/null || break
    sleep 0.5
  done
  cat "$log" "$IMAGE_WORK/health" >&2
  fail "the service did not become healthy"
}

stop() {
  local status=0
  kill -TERM "$service"
  wait "$service" || status=$?
  [ "$status" = 0 ] || { cat "$log" >&2; fail "the service ended with $status at SIGTERM"; }
}

start
cat "$IMAGE_WORK/health"
curl -sS --fail-with-body -o /dev/null --json '{"name": "kept", "description": "survives a restart"}' http://127.0.0.1:8080/api/v1/workspaces
(exec 3<>/dev/tcp/127.0.0.1/9090) || fail "no MLMD service on port 9090"
stop

start
curl -sS --fail-with-body http://127.0.0.1:8080/api/v1/workspaces/kept | grep -q 'survives a restart' || fail "the record did not survive a restart"
stop
if healthy; then fail "healthy although it was stopped"; fi

[ -s "$IMAGE_ROOT/data/metadata.db" ] || fail "no database in /data"
stray=$(find "$IMAGE_ROOT/data" -mindepth 1 ! -name 'metadata.db*')
[ -z "$stray" ] || fail "left in /data besides the database: $stray"
if grep -iE '^(warn|fail|crit)|read-only|denied' "$log"; then fail "the service complained (see above)"; fi
echo "image: started twice as $IMAGE_USER on a read-only file system; wrote only $(cd "$IMAGE_ROOT/data" && echo *)"
