using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;
using State = MlMetadata.Artifact.Types.State;

namespace MetadataGateway.Artifacts;

/// <summary>
/// Soft deletion as a change of a node. MLMD deletes nothing: it has a state for it. The state before is kept in a custom property, so that it can
/// come back; an artifact that never had one needs none. Pure.
/// </summary>
internal static class ArtifactDeletion
{
    public const string StateBeforeProperty = $"{KubeflowPropertyNames.ReservedPrefix}state-before-deletion";

    /// <summary>Marks the artifact as deleted; one that is deleted stays as it is, its dedup key included.</summary>
    public static void Delete(Artifact node)
    {
        if (ArtifactIdentity.IsDeleted(node))
        {
            return;
        }

        var before = node.Clone();
        node.State = State.MarkedForDeletion;
        Remember(before, node);
        // The key would keep an equal artifact from being recorded under it.
        if (node.HasExternalId && RecordProperties.PublicExternalId(node.ExternalId) is null)
        {
            node.ClearExternalId();
        }
    }

    /// <summary>
    /// Brings back the state before, none when it was never told, and the dedup key. One that is not marked stays as it is; what MLMD calls DELETED
    /// is gone for good and not to be given here.
    /// </summary>
    public static void Undelete(Artifact node)
    {
        if (!IsMarked(node))
        {
            return;
        }

        if (EnumNames.TryParse<State>(node.CustomProperties.GetText(StateBeforeProperty) ?? "", out var before))
        {
            node.State = before;
        }
        else
        {
            node.ClearState();
        }

        node.CustomProperties.Remove(StateBeforeProperty);
        if (!node.HasExternalId && ArtifactIdentity.Of(node) is { } identity)
        {
            node.ExternalId = identity.ToExternalId();
        }
    }

    /// <summary>Keeps the state of before in a node that was just marked, by whatever operation, and drops it from one that no longer is.</summary>
    public static void Remember(Artifact before, Artifact node)
    {
        if (!IsMarked(node))
        {
            node.CustomProperties.Remove(StateBeforeProperty);
        }
        else if (!IsMarked(before))
        {
            node.CustomProperties.SetText(StateBeforeProperty, before.HasState && !ArtifactIdentity.IsDeleted(before) ? EnumNames.Of(before.State) : null);
        }
    }

    private static bool IsMarked(Artifact node) => node.HasState && node.State == State.MarkedForDeletion;
}
