using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Lineage;

internal static class LineageMapping
{
    public static LineageNode ToNode(Artifact artifact, NodeRef node, int hops, string? workspace)
    {
        var record = ArtifactRecord.Of(artifact);
        return new LineageNode
        {
            Ref = node.ToString(),
            Kind = ArtifactKinds.OfType(artifact.Type).ToApiName(),
            Type = artifact.HasType ? artifact.Type : null,
            Name = record.GetText("name"),
            Uri = record.Uri,
            Version = record.GetText("version"),
            Hops = hops,
            State = artifact.HasState ? EnumNames.Of(artifact.State) : null,
            Workspace = workspace,
        };
    }

    public static LineageNode ToNode(Execution execution, NodeRef node, int hops, string? workspace) => new()
    {
        Ref = node.ToString(),
        Kind = "execution",
        Type = execution.HasType ? execution.Type : null,
        Name = execution.NameOf(),
        Hops = hops,
        State = execution.HasLastKnownState ? EnumNames.Of(execution.LastKnownState) : null,
        Workspace = workspace,
    };

    public static LineageEdge ToEdge(Event linkEvent)
    {
        var artifact = NodeRef.Artifact(linkEvent.ArtifactId).ToString();
        var execution = NodeRef.Execution(linkEvent.ExecutionId).ToString();
        var flowsIntoExecution = LineageGraph.FlowsIntoExecution(linkEvent.Type) == true;
        return new LineageEdge
        {
            From = flowsIntoExecution ? artifact : execution,
            To = flowsIntoExecution ? execution : artifact,
            Event = EnumNames.Of(linkEvent.Type),
            Key = linkEvent.KeyOf(),
        };
    }
}
