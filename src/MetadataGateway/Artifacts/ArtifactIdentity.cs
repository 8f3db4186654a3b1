using System.Security.Cryptography;
using System.Text.Json;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>What makes two datasets or models the same: the SDK's rule. Absent and empty are the same, the rest is compared with case.</summary>
internal sealed record ArtifactIdentity(string Workspace, string TypeName, string Uri, string Name, string? Version)
{
    /// <summary>Of a dataset or model to be recorded.</summary>
    public static ArtifactIdentity Of(ArtifactRequest request, ArtifactKind kind, string workspace) =>
        new(workspace, ArtifactKinds.WrittenType(kind)!.Name, request.Uri!, request.Name!, string.IsNullOrEmpty(request.Version) ? null : request.Version);

    /// <summary>Of a stored one; null when it cannot be reused: another kind, written as a custom type, or deleted.</summary>
    public static ArtifactIdentity? Of(Artifact node)
    {
        if (ArtifactKinds.WrittenKind(node.Type) is not (ArtifactKind.Dataset or ArtifactKind.Model) || IsDeleted(node)
            || node.CustomProperties.GetText(KubeflowPropertyNames.Workspace) is not { } workspace || ArtifactRecord.Of(node) is not SdkArtifactRecord)
        {
            return null;
        }

        return new(
            workspace, node.Type, node.Uri, node.Properties.GetText("name") ?? "", node.Properties.GetText("version"));
    }

    /// <summary>
    /// Makes the dedup key follow a change of the artifact: it goes where name, uri and version go, and away with a deletion. A client's own
    /// external id replaces it; an artifact that never had one gets none.
    /// </summary>
    public static void MoveKey(Artifact before, Artifact changed)
    {
        if (!before.HasExternalId || changed.ExternalId != before.ExternalId || Of(before)?.ToExternalId() != before.ExternalId)
        {
            return;
        }

        if (Of(changed) is { } identity)
        {
            changed.ExternalId = identity.ToExternalId();
        }
        else
        {
            changed.ClearExternalId();
        }
    }

    public static bool IsDeleted(Artifact node) => node.HasState && node.State is Artifact.Types.State.MarkedForDeletion or Artifact.Types.State.Deleted;

    /// <summary>
    /// The external id that makes MLMD itself refuse a second one, so that two callers at the same moment, on any two replicas, get the same
    /// artifact. Lower-case hex, since MySQL ignores case.
    /// </summary>
    public string ToExternalId()
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new[] { Workspace, TypeName, Uri, Name, Version });
        return KubeflowPropertyNames.ReservedPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
