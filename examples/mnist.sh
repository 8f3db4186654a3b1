#!/usr/bin/env bash
# The demo of the Kubeflow Metadata SDK with curl alone: a training and a serving step, what they read and wrote, and
# the lineage between them. Against a running gateway:
#
#   dotnet run --project src/MetadataGateway
#   examples/mnist.sh
#   GATEWAY=http://metadata.example.com examples/mnist.sh
set -euo pipefail

GATEWAY=${GATEWAY:-http://localhost:8080}
api=${GATEWAY%/}/api/v1
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

# What a person reads goes to descriptor 3; standard output of a call is its answer, for the next step.
exec 3>&1

say() { printf '\n# %s\n' "$*" >&3; }

# Indents JSON. Strings are copied as they are.
pretty() {
  awk '
    function line(depth) { printf "\n%*s", depth * 2, "" }
    {
      for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        if (quoted) {
          printf "%s", c
          if (escaped) escaped = 0
          else if (c == "\\") escaped = 1
          else if (c == "\"") quoted = 0
        } else if (c == "\"") { if (opened) line(depth); opened = 0; quoted = 1; printf "%s", c }
        else if (c == "{" || c == "[") { if (opened) line(depth); opened = 1; depth++; printf "%s", c }
        else if (c == "}" || c == "]") { depth--; if (!opened) line(depth); opened = 0; printf "%s", c }
        else if (c == ",") { printf ","; line(depth) }
        else if (c == ":") printf ": "
        else if (c !~ /[ \t\r]/) { if (opened) line(depth); opened = 0; printf "%s", c }
      }
    }
    END { print "" }'
}

call() { # method path [body] [curl option…]
  local method=$1 path=$2 body=${3:-} answer
  shift $(($# < 3 ? $# : 3))
  printf '$ curl -X %s %s%s\n' "$method" "$api$path" "${body:+ --json '$body'}" >&3
  if ! answer=$(curl -sS --fail-with-body -X "$method" ${body:+--json "$body"} "$@" "$api$path"); then
    printf '%s\n' "$answer" | pretty >&2
    exit 1
  fi
  printf '%s\n' "$answer" | pretty >&3
  printf '%s\n' "$answer"
}

# The first member called "id": that of the resource, or of the artifact of a link.
id_of() { tr ',{' '\n\n' | sed -n 's/^[[:space:]]*"id"[[:space:]]*:[[:space:]]*"\([0-9][0-9]*\)".*/\1/p' | sed -n 1p; }

expect() { # text answer
  case $2 in
    *"$1"*) ;;
    *) printf 'expected %s in: %s\n' "$1" "$2" >&2; exit 1 ;;
  esac
}

workspace=demo
run=run-$now

say "A workspace. It is there already after the first time: then the call answers the stored one."
call POST /workspaces '{"name": "'$workspace'", "description": "a workspace for testing", "labels": {"n1": "v1"}}' >/dev/null

say "A run in it."
call POST /workspaces/$workspace/runs '{"name": "'"$run"'", "description": "a run of the MNIST workflow"}' >/dev/null

say "An execution in the run. It has begun."
train=$(call POST /workspaces/$workspace/executions '{
  "name": "train", "run": "'"$run"'", "description": "execution example", "state": "RUNNING"}' | id_of)

say "What it reads: a data set, recorded and linked in one call."
data_set=$(call POST "/executions/$train/inputs" '{
  "key": "train_data", "kind": "dataset",
  "name": "mytable-dump", "uri": "file://path/to/dataset", "version": "data_set_version_'"$now"'",
  "description": "an example data", "owner": "owner@my-company.org", "query": "SELECT * FROM mytable"}' | id_of)

say "What it writes: a model."
model=$(call POST "/executions/$train/outputs" '{
  "key": "model", "kind": "model",
  "name": "MNIST", "uri": "gcs://my-bucket/mnist", "version": "model_version_'"$now"'",
  "description": "model to recognize handwritten digits", "owner": "someone@kubeflow.org",
  "modelType": "neural network",
  "trainingFramework": {"name": "tensorflow", "version": "v1.0"},
  "hyperparameters": {"learning_rate": 0.5, "layers": [10, 3, 1], "early_stop": true},
  "labels": {"mylabel": "l1"}}' | id_of)

say "And metrics, which name the data set and the model."
metrics=$(call POST "/executions/$train/outputs" '{
  "key": "evaluation", "kind": "metrics",
  "name": "MNIST-evaluation", "uri": "gcs://my-bucket/mnist-eval.csv",
  "description": "validating the MNIST model to recognize handwritten digits", "owner": "someone@kubeflow.org",
  "dataSetId": "'"$data_set"'", "modelId": "'"$model"'", "metricsType": "validation",
  "values": {"accuracy": 0.95}, "labels": {"mylabel": "l1"}}' | id_of)

say "The training is done."
answer=$(call PATCH "/executions/$train" '{"state": "COMPLETE"}')
expect COMPLETE "$answer"

say "Another step serves the model. It knows name and version, not the id, and records itself with its input at once."
serving=$(call POST /workspaces/$workspace/executions '{
  "name": "serving model", "description": "an execution to represent model serving component",
  "inputs": [{"key": "model", "match": {"kind": "model", "name": "MNIST", "version": "model_version_'"$now"'"}}]}' | id_of)

say "All models of the workspace."
answer=$(call GET /workspaces/$workspace/models)
expect '"MNIST"' "$answer"

say "Where does the model come from, and who uses it?"
answer=$(call GET "/artifacts/$model/lineage")
for reference in "artifact/$data_set" "execution/$train" "artifact/$model" "execution/$serving"; do
  expect "\"$reference\"" "$answer"
done

say "Recorded: data set $data_set, model $model, metrics $metrics, executions $train and $serving."
