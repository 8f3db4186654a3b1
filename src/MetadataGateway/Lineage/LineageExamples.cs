namespace MetadataGateway.Lineage;

/// <summary>Texts for the OpenAPI document.</summary>
internal static class LineageExamples
{
    public const string Description =
        "Walks MLMD's events breadth-first. Edges point the way data flows; one hop is one edge. 'both' is upstream and downstream together, siblings are "
        + "not followed. When a limit cuts the graph, truncated is true and frontier lists the nodes that have more behind them.";

    public const string Lineage = """
        {"root": "artifact/2",
         "nodes": [{"ref": "artifact/2", "kind": "model", "type": "kubeflow.org/alpha/model", "name": "MNIST", "uri": "gcs://my-bucket/mnist",
                    "version": "v1", "hops": 0, "state": null, "workspace": "demo"},
                   {"ref": "execution/7", "kind": "execution", "type": "kubeflow.org/alpha/execution", "name": "train", "hops": 1,
                    "state": "COMPLETE", "workspace": "demo"}],
         "edges": [{"from": "execution/7", "to": "artifact/2", "event": "OUTPUT", "key": "model"}],
         "truncated": false, "truncatedBy": null, "frontier": []}
        """;
}
