using MetadataGateway.OpenApi;

namespace MetadataGateway.Lineage;

/// <summary>Texts for the OpenAPI document.</summary>
internal static class LineageExamples
{
    public const string Description =
        "Walks MLMD's events breadth-first. Edges point the way data flows; one hop is one edge. 'both' is upstream and downstream together, siblings are "
        + "not followed. When a limit cuts the graph, truncated is true and frontier lists the nodes that have more behind them.";

    private const string Lineage = """
        {"root": "artifact/2",
         "nodes": [{"ref": "artifact/2", "kind": "model", "type": "kubeflow.org/alpha/model", "name": "MNIST", "uri": "gcs://my-bucket/mnist",
                    "version": "v1", "hops": 0, "state": null, "workspace": "demo"},
                   {"ref": "execution/7", "kind": "execution", "type": "kubeflow.org/alpha/execution", "name": "train", "hops": 1,
                    "state": "COMPLETE", "workspace": "demo"}],
         "edges": [{"from": "execution/7", "to": "artifact/2", "event": "OUTPUT", "key": "model"}],
         "truncated": false, "truncatedBy": null, "frontier": []}
        """;

    private const string Dot = """
        digraph lineage {
          rankdir=LR;
          "artifact/2" [shape=ellipse, label="MNIST\nmodel"];
          "execution/7" [shape=box, label="train\nexecution"];
          "execution/7" -> "artifact/2" [label="model"];
        }
        """;

    private const string Mermaid = """
        flowchart LR
          artifact_2(["MNIST<br/>model"])
          execution_7["train<br/>execution"]
          execution_7 -->|"model"| artifact_2
        """;

    /// <summary>The answer of a lineage, in its three formats.</summary>
    public static RouteHandlerBuilder AnswersLineage(this RouteHandlerBuilder route) =>
        route.Produces<LineageResource>().Problems(404).Examples(null, Lineage).AlsoAs("text/vnd.graphviz", Dot).AlsoAs("text/vnd.mermaid", Mermaid);
}
