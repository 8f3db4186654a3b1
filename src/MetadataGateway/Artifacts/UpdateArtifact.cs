using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>
/// Changes what a merge patch names and nothing else: the write carries a mask, and MLMD refuses it when the artifact was changed in between,
/// by whatever client or replica.
/// </summary>
internal static class UpdateArtifact
{
    private const int MaxAttempts = 10;

    public static async Task<ResourceResult<ArtifactResource>> Handle(
        string artifactId, MergePatchBody<UpdateArtifactRequest> body, HttpRequest request,
        ArtifactReader reader, TypeCache types, ArtifactPlanner planner,
        MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken)
    {
        var id = ResourceId.ParsePath(artifactId, "Artifact");
        for (var attempt = 1; ; attempt++)
        {
            var stored = await reader.GetAsync(id, cancellationToken);
            var resource = await reader.ToResourceAsync(stored, cancellationToken);
            await types.LoadArtifactTypesAsync([stored.TypeId], cancellationToken);
            var (changed, references) = Patch(stored, resource, body.Patch, types.Find(stored.TypeId));
            await planner.CheckReferencesAsync(references, cancellationToken);
            EntityTag.RequireMatch(request, resource.Etag);
            try
            {
                return await StoreAsync(client, stored, changed, cancellationToken)
                    ? ResourceResult<ArtifactResource>.Ok(await reader.ToResourceAsync(await reader.GetAsync(id, cancellationToken), cancellationToken))
                    : ResourceResult<ArtifactResource>.Ok(resource);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition && attempt < MaxAttempts)
            {
                // Changed since it was read. With If-Match the next round says 412; without, the patch applies to the new state just as well.
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
            {
                throw new ProblemException(ProblemType.Aborted, $"Artifact {id} is being changed by others all the time. Send the request again.", cause: exception);
            }
        }
    }

    private static (Artifact Changed, GivenArtifact References) Patch(Artifact stored, ArtifactResource resource, JsonElement patch, RegisteredType? type)
    {
        var kind = ArtifactKinds.OfType(stored.Type);
        var editable = new HashSet<string>(ArtifactFields.Of(kind));
        if (resource is DatasetResource { Properties: not null } or ModelResource { Properties: not null } or MetricsResource { Properties: not null })
        {
            editable.Add("properties");
        }

        var current = (JsonObject)JsonSerializer.SerializeToNode(resource, JsonConfiguration.Options)!;
        var faults = new List<Fault>();
        var merged = MergePatch.Apply(current, patch, editable, ArtifactFields.Deep, faults);
        var request = JsonBody.Convert<ArtifactRequest>(JsonSerializer.SerializeToElement(merged), faults) ?? throw ProblemException.Invalid(faults);

        var named = patch.EnumerateObject().Select(member => member.Name).Where(editable.Contains).ToHashSet();
        var isSdkRecord = ArtifactRecord.Of(stored) is SdkArtifactRecord;
        AddValidationFaults(request, isSdkRecord ? kind : ArtifactKind.Artifact, stored, named, faults);

        var changed = stored.Clone();
        var identity = ArtifactIdentity.Of(stored);
        ArtifactWriting.Apply(ArtifactRecord.Of(changed, type), request, named, type, "", faults);
        MoveDedupKey(identity, stored, changed);
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        var references = new ArtifactRequest { DataSetId = named.Contains("dataSetId") ? request.DataSetId : null, ModelId = named.Contains("modelId") ? request.ModelId : null };
        return (changed, new GivenArtifact(references, kind, ""));
    }

    // Records of others may lack what we require; only what the patch names is judged.
    private static void AddValidationFaults(ArtifactRequest request, ArtifactKind kind, Artifact stored, HashSet<string> named, List<Fault> faults)
    {
        var complete = request with { Kind = kind.ToApiName(), Type = kind == ArtifactKind.Artifact ? stored.Type : null };
        var failures = new ArtifactValidator(kind == ArtifactKind.Artifact ? ArtifactKind.Artifact : kind).Validate(complete).Errors;
        faults.AddRange(failures.Where(failure => named.Contains(RootOf(failure.PropertyName))).Select(failure => new Fault(failure.PropertyName, failure.ErrorMessage)));
    }

    private static string RootOf(string path) => path.Split('.', '[')[0];

    // The key goes where name, uri and version go, and away with a deletion; a client's own external id replaces it.
    private static void MoveDedupKey(ArtifactIdentity? before, Artifact stored, Artifact changed)
    {
        if (stored.HasExternalId && before is not null && stored.ExternalId == before.ToExternalId() && changed.ExternalId == stored.ExternalId)
        {
            if (ArtifactIdentity.Of(changed) is { } after)
            {
                changed.ExternalId = after.ToExternalId();
            }
            else
            {
                changed.ClearExternalId();
            }
        }
    }

    private static async Task<bool> StoreAsync(
        MetadataStoreService.MetadataStoreServiceClient client, Artifact stored, Artifact changed, CancellationToken cancellationToken)
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
            UpdateMask = new() { Paths = { mask } },
        };
        try
        {
            await client.PutArtifactsAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.AlreadyExists or StatusCode.Internal && mask.Contains("external_id"))
        {
            // Upstream answers INTERNAL to a collision on update (defect D1). Another artifact has the identity already: both stay, this one without key.
            if (changed.HasExternalId && RecordProperties.PublicExternalId(changed.ExternalId) is { } own)
            {
                throw new ProblemException(
                    ProblemType.AlreadyExists, $"externalId: '{own}' is taken by another artifact.", [new Fault("externalId", $"'{own}' is taken by another artifact.")], exception);
            }

            changed.ClearExternalId();
            await client.PutArtifactsAsync(request, cancellationToken: cancellationToken);
        }

        return true;
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
