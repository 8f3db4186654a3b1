#!/usr/bin/env bash
# Lints the Helm chart, renders it for each value set of charts/metadata-gateway/ci and compares the results with the
# golden files that ChartTests reads. `.ci/chart.sh --update` writes the golden files instead.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/tools.sh

fail() { echo "chart: $*" >&2; exit 1; }

chart=charts/metadata-gateway
golden=tests/MetadataGateway.Tests/Chart/Rendered
rendered=$(mktemp -d)
trap 'rm -rf "$rendered"' EXIT

version_of() { sed -n "s|$1|\1|p" "$2"; }
version=$(version_of '.*<Version>\(.*\)</Version>.*' Directory.Build.props)
[ "$(version_of '^appVersion: "\(.*\)"$' $chart/Chart.yaml)" = "$version" ] || fail "appVersion in Chart.yaml is not $version"
[ "$(version_of '^ARG VERSION=\(.*\)$' Dockerfile)" = "$version" ] || fail "ARG VERSION in the Dockerfile is not $version"

for values in "$chart"/ci/*-values.yaml; do
  name=$(basename "$values" -values.yaml)
  helm lint --strict --quiet "$chart" --values "$values"
  helm template demo "$chart" --namespace metadata --values "$values" >"$rendered/$name.yaml"
  # The notes are no manifest, but must render too.
  helm install demo "$chart" --namespace metadata --values "$values" --dry-run=client | grep -q '^REST API: ' || fail "no notes for $name"
done

# What must not install, and the words that say why.
refused() {
  local reason=$1 output
  shift
  if output=$(helm template demo "$chart" "$@" 2>&1); then fail "accepted: $*"; fi
  grep -qF -- "$reason" <<<"$output" || fail "refused for another reason than '$reason': $* gave: $output"
}
refused 'replicaCount is 2, but the embedded store runs as one replica only' --set replicaCount=2
refused 'is not an https:// address' --set metadataStore.tls.secretName=certificates
refused 'is not an https:// address' --set metadataStore.tls.secretName=certificates,metadataStore.address=http://mlmd:8080
refused 'set together or not at all' --set metadataStore.tls.secretName=certificates,metadataStore.address=https://mlmd:8080,metadataStore.tls.privateKey=tls.key
refused 'set metadataStore.tls.secretName' --set metadataStore.address=https://mlmd:8080,metadataStore.tls.certificateChain=tls.crt,metadataStore.tls.privateKey=tls.key
refused 'metadataStore' --set metadataStore.address=mlmd:8080
refused 'deadline' --set metadataStore.deadline=10s
refused 'replicas' --set replicas=1
refused 'persistance' --set embeddedStore.persistance.size=1Gi

if [ "${1:-}" = --update ]; then
  mkdir -p "$golden"
  rm -f "$golden"/*.yaml
  cp "$rendered"/*.yaml "$golden"
else
  diff -ru "$golden" "$rendered" || fail "the chart renders something else than the golden files; see it is meant, then run .ci/chart.sh --update"
fi
echo "chart: $(ls "$rendered" | wc -l) value sets linted and rendered"
