// The demo of examples/mnist.sh, with the generated types. It stores the same.
import createClient from "openapi-fetch";
import type { components, paths } from "./gateway.js";

type Schemas = components["schemas"];

declare const process: { argv: string[] };

// The lineage is to be had as text, too: this client reads JSON only.
const client = createClient<paths, `application/${string}json`>({ baseUrl: process.argv[2] ?? "http://localhost:8080" });
const workspace = "demo";
const now = new Date().toISOString().replace(/\.\d+/, "");

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Not true: ${what}.`);
}

/** The data of an answer, or the problem as an exception. */
async function dataOf<T>(call: Promise<{ data?: T; error?: Schemas["ProblemBody"] }>): Promise<T> {
  const { data, error } = await call;
  if (error) throw new Error(`${error.status} ${error.code}: ${error.detail} ${JSON.stringify(error.errors ?? {})}`);
  return data as T;
}

/** Artifacts come as what all kinds have in common; by kind they are told apart. */
type Artifact = Schemas["DatasetResource"] | Schemas["ModelResource"] | Schemas["MetricsResource"] | Schemas["CustomArtifactResource"];

await dataOf(client.POST("/api/v1/workspaces", {
  body: { name: workspace, description: "a workspace for testing", labels: { n1: "v1" } },
}));
const run = await dataOf(client.POST("/api/v1/workspaces/{workspace}/runs", {
  params: { path: { workspace } },
  body: { name: `run-${now}`, description: "a run of the MNIST workflow" },
}));
const train = await dataOf(client.POST("/api/v1/workspaces/{workspace}/executions", {
  params: { path: { workspace } },
  body: { name: "train", run: run.name, description: "execution example", state: "RUNNING" },
}));

const path = { executionId: train.id };
const dataSet = await dataOf(client.POST("/api/v1/executions/{executionId}/inputs", {
  params: { path },
  body: {
    key: "train_data", kind: "dataset",
    name: "mytable-dump", uri: "file://path/to/dataset", version: `data_set_version_${now}`,
    description: "an example data", owner: "owner@my-company.org", query: "SELECT * FROM mytable",
  },
}));
const model = await dataOf(client.POST("/api/v1/executions/{executionId}/outputs", {
  params: { path },
  body: {
    key: "model", kind: "model",
    name: "MNIST", uri: "gcs://my-bucket/mnist", version: `model_version_${now}`,
    description: "model to recognize handwritten digits", owner: "someone@kubeflow.org",
    modelType: "neural network",
    trainingFramework: { name: "tensorflow", version: "v1.0" },
    hyperparameters: { learning_rate: 0.5, layers: [10, 3, 1], early_stop: true },
    labels: { mylabel: "l1" },
  },
}));
const evaluation = await dataOf(client.POST("/api/v1/executions/{executionId}/outputs", {
  params: { path },
  body: {
    key: "evaluation", kind: "metrics",
    name: "MNIST-evaluation", uri: "gcs://my-bucket/mnist-eval.csv",
    description: "validating the MNIST model to recognize handwritten digits", owner: "someone@kubeflow.org",
    dataSetId: dataSet.artifact.id, modelId: model.artifact.id, metricsType: "validation",
    values: { accuracy: 0.95 }, labels: { mylabel: "l1" },
  },
}));
const metrics = evaluation.artifact as Artifact;
expect(metrics.kind === "metrics" && metrics.values["accuracy"] === 0.95, "the accuracy is a number");

const done = await dataOf(client.PATCH("/api/v1/executions/{executionId}", {
  params: { path, header: { "If-Match": train.etag } },
  body: { state: "COMPLETE" },
}));
expect(done.state === "COMPLETE" && done.description === "execution example", "the execution is complete, and still described");

const serving = await dataOf(client.POST("/api/v1/workspaces/{workspace}/executions", {
  params: { path: { workspace } },
  body: {
    name: "serving model", description: "an execution to represent model serving component",
    inputs: [{ key: "model", match: { kind: "model", name: "MNIST", version: `model_version_${now}` } }],
  },
}));
expect(serving.inputs?.[0]?.artifact.id === model.artifact.id, "the model is an input of the serving");

const models = await dataOf(client.GET("/api/v1/workspaces/{workspace}/models", {
  params: {
    path: { workspace },
    query: { filter: "hyperparameters.learning_rate < 1 AND labels.mylabel = 'l1' AND name LIKE 'MN%'", orderBy: "createTime desc", pageSize: 10 },
  },
}));
expect(models.items.some(item => item.id === model.artifact.id && item.hyperparameters["learning_rate"] === 0.5), "the filter finds the model");

const batch = await dataOf(client.GET("/api/v1/artifacts:batchGet", {
  params: { query: { ids: `${dataSet.artifact.id},${model.artifact.id},999999` } },
}));
expect(batch.items.length === 2 && batch.missing[0] === "999999", "two of three are there");

const lineage = await dataOf(client.GET("/api/v1/artifacts/{artifactId}/lineage", {
  params: { path: { artifactId: model.artifact.id }, query: { direction: "both", maxHops: 4 } },
}));
const references = lineage.nodes.map(node => node.ref).sort().join();
const expected = [`artifact/${dataSet.artifact.id}`, `execution/${train.id}`, `artifact/${model.artifact.id}`, `execution/${serving.id}`];
expect(references === expected.sort().join(), "the lineage joins both steps");

const missing = await client.GET("/api/v1/artifacts/{artifactId}", { params: { path: { artifactId: "999999" } } });
expect(missing.error?.status === 404 && missing.error.code === "NOT_FOUND", "an artifact that is not there is 404");
const invalid = await client.POST("/api/v1/executions/{executionId}/inputs", { params: { path }, body: { kind: "dataset", name: "no uri" } });
expect(invalid.error?.status === 400 && "uri" in (invalid.error.errors ?? {}), "a missing field is named");
const stale = await client.PATCH("/api/v1/executions/{executionId}", {
  params: { path, header: { "If-Match": train.etag } },
  body: { state: "FAILED" },
});
expect(stale.error?.status === 412, "a stale entity tag is 412");
