#!/usr/bin/env bash
# Generates and compiles the TypeScript client, for GeneratedClientTests, and runs the examples of docs/clients.md, each against a fresh gateway.
# Needs a built gateway. The C# client is a project of the solution, and its example a test.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "clients: $*" >&2; exit 1; }

work=$(mktemp -d)
gateway_pid=
trap '[ -z "$gateway_pid" ] || kill "$gateway_pid"; rm -rf "$work"' EXIT

client=tests/clients/typescript
if ! cmp -s $client/package-lock.json $client/node_modules/.installed; then
  (cd $client && npm ci --silent)
  cp $client/package-lock.json $client/node_modules/.installed
fi

example() { awk -v start="\`\`\`$1" '$0 == "```" { on = 0 } on { print } $0 == start { on = 1; found++ } END { exit found != 1 }' docs/clients.md; }

# Compiled with the rest, so that the strictest settings hold for it too.
example typescript >$client/src/snippet.ts || fail "docs/clients.md should have one example in TypeScript"
(cd $client && npm run --silent build)

start_gateway() {
  dotnet artifacts/bin/MetadataGateway/debug/MetadataGateway.dll --urls http://127.0.0.1:0 --contentRoot "$work" \
    --EmbeddedStore:DatabasePath :memory: --EmbeddedStore:GrpcUrl '' >"$work/gateway.log" 2>&1 &
  gateway_pid=$!
  gateway=
  for _ in $(seq 300); do
    gateway=$(sed -n 's/.*Now listening on: \(http:.*\)/\1/p' "$work/gateway.log" | head -1)
    if [ -n "$gateway" ] && curl -sf "$gateway/readyz" >/dev/null; then return; fi
    kill -0 "$gateway_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/gateway.log" >&2
  fail "the gateway did not start"
}

# Compiled already; among the compiled modules it finds theirs.
run_typescript() {
  sed "s|http://localhost:8080|$gateway|" $client/build/snippet.js >$client/build/example.js
  node $client/build/example.js
}

run_example() { # language file-name command…
  local language=$1 file=$work/$2 output
  shift 2
  start_gateway
  { example "$language" || fail "docs/clients.md should have one example in $language"; } | sed "s|http://localhost:8080|$gateway|" >"$file"
  output=$("$@") || fail "the example in $language failed: $output"
  [[ $output == *MNIST*train*mnist*404:*Artifact\ 999\ does\ not\ exist.* ]] || fail "the example in $language printed: $output"
  [ "$(curl -sS "$gateway/api/v1/executions/1" | jq -r .state)" = COMPLETE ] || fail "the example in $language did not complete the execution"
  kill "$gateway_pid"
  wait "$gateway_pid" || true
  gateway_pid=
  echo "clients: the example in $language runs"
}

run_example bash example.sh bash -euo pipefail "$work/example.sh"
run_example typescript example.ts run_typescript
if python3 -c 'import requests' 2>/dev/null; then
  run_example python example.py python3 "$work/example.py"
else
  echo "clients: SKIPPED the example in Python: no python3 with requests"
fi
if command -v javac >/dev/null; then
  run_example java QuickStart.java java "$work/QuickStart.java"
else
  echo "clients: SKIPPED the example in Java: no JDK"
fi
