using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>
/// Stores a changed artifact: the write carries a mask, so that other writers' properties survive, and MLMD refuses it when the artifact was
/// changed since it was read, by whatever client or replica.
/// </summary>
internal sealed class ArtifactUpdater(MetadataStoreService.MetadataStoreServiceClient client)
{
    /// <returns>False when nothing differs, and so nothing was written.</returns>
    /// <exception cref="LostRaceException">The artifact was changed since it was read.</exception>
    public async Task<bool> StoreAsync(Artifact stored, Artifact changed, CancellationToken cancellationToken)
    {
        var mask = MaskOf(stored, changed);
        if (mask.Count == 0)
        {
            return false;
        }

        var request = new PutArtifactsRequest
        {
            Artifacts = { changed },
            Options = new() { AbortIfLatestUpdatedTimeChanged = true },
        };
        var shared = NodeChanges.TakeSharedNames(mask, stored.Properties, stored.CustomProperties, changed.Properties, changed.CustomProperties);
        request.UpdateMask = new() { Paths = { mask } };
        if (shared.Count > 0)
        {
            var without = changed.Clone();
            without.Properties.Without(shared);
            without.CustomProperties.Without(shared);
            request.Artifacts.Insert(0, without);
            // The first of the two moves the time that MLMD would compare for the second; the mask still spares what others changed.
            request.Options = null;
        }

        try
        {
            await PutAsync(request, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.AlreadyExists or StatusCode.Internal && mask.Contains("external_id"))
        {
            // Upstream answers INTERNAL to a collision on update (defect D1 (docs/mlmd-compatibility.md)).
            if (RecordProperties.PublicExternalId(changed.ExternalId) is { } own)
            {
                throw new ProblemException(
                    ProblemType.AlreadyExists, $"externalId: '{own}' is taken by another artifact.", [new Fault("externalId", $"'{own}' is taken by another artifact.")], exception);
            }

            // Another artifact has the identity already: both stay, this one without key.
            changed.ClearExternalId();
            await PutAsync(request, cancellationToken);
        }

        return true;
    }

    private async Task PutAsync(PutArtifactsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutArtifactsAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.FailedPrecondition)
        {
            throw new LostRaceException(exception);
        }
    }

    private static List<string> MaskOf(Artifact stored, Artifact changed)
    {
        var mask = NodeChanges.Between(stored.Properties, changed.Properties, "properties.");
        mask.AddRange(NodeChanges.Between(stored.CustomProperties, changed.CustomProperties, "custom_properties."));
        if (stored.Uri != changed.Uri)
        {
            mask.Add("uri");
        }

        if (stored.HasState != changed.HasState || stored.State != changed.State)
        {
            mask.Add("state");
        }

        if (stored.HasExternalId != changed.HasExternalId || stored.ExternalId != changed.ExternalId)
        {
            mask.Add("external_id");
        }

        return mask;
    }
}
