using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>Changes what a merge patch names and nothing else: the write carries a mask.</summary>
internal static class UpdateExecution
{
    private static readonly HashSet<string> Editable = ["name", "description", "state", "externalId", "properties", "customProperties"];
    private static readonly HashSet<string> Deep = ["properties", "customProperties"];

    public static async Task<ResourceResult<ExecutionResource>> Handle(
        string executionId, MergePatchBody<UpdateExecutionRequest> body, ReturnPreference preference, HttpRequest request,
        ExecutionReader reader, TypeCache types, KeyedLocks locks, MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken)
    {
        var id = ResourceId.ParsePath(executionId, "Execution");
        // MLMD checks versions for artifacts only; here the gateway itself keeps its writers apart.
        using var held = await locks.AcquireAsync($"execution/{executionId}", cancellationToken);
        var stored = await reader.GetAsync(id, cancellationToken);
        var resource = await reader.ToResourceAsync(stored, cancellationToken);
        var changed = Patch(stored, resource, body.Patch, await FindTypeAsync(types, stored, body, cancellationToken));
        EntityTag.RequireMatch(request, resource.Etag);
        var isChanged = await StoreAsync(client, stored, changed, cancellationToken);
        if (preference.IsMinimal)
        {
            return ResourceResult<ExecutionResource>.Minimal(MinimalResource.Of(id));
        }

        return isChanged
            ? ResourceResult<ExecutionResource>.Ok(await reader.ToResourceAsync(await reader.GetAsync(id, cancellationToken), cancellationToken))
            : ResourceResult<ExecutionResource>.Ok(resource);
    }

    // A patch of properties looks again: the type may have gained one since it was read.
    private static async Task<RegisteredType?> FindTypeAsync(
        TypeCache types, Execution stored, MergePatchBody<UpdateExecutionRequest> body, CancellationToken cancellationToken)
    {
        await types.LoadExecutionTypesAsync([stored.TypeId], cancellationToken);
        var type = types.Find(stored.TypeId);
        return type is not null && body.Patch.TryGetProperty("properties", out _)
            ? await types.FindExecutionTypeAsync(type.Name, type.Version, refresh: true, cancellationToken)
            : type;
    }

    // Only what the patch changes is judged: records of others may lack what we require.
    private static Execution Patch(Execution stored, ExecutionResource resource, JsonElement patch, RegisteredType? type)
    {
        var faults = new List<Fault>();
        var current = (JsonObject)JsonSerializer.SerializeToNode(resource, JsonConfiguration.Options)!;
        var changes = MergePatch.Changes(current, patch, Editable, Deep, faults);
        var given = Convert(changes, faults);
        faults.AddRange(new ExecutionValidator().Validate(given).Errors
            .Where(failure => changes.ContainsKey(failure.PropertyName.Split('.', '[')[0]))
            .Select(failure => new Fault(failure.PropertyName, failure.ErrorMessage)));

        var changed = stored.Clone();
        ExecutionMapping.Apply(changed, given, [.. changes.Select(field => field.Key)], type, faults, isPatch: true);
        return faults.Count == 0 ? changed : throw ProblemException.Invalid([.. faults.Distinct()]);
    }

    private static ExecutionRequest Convert(JsonObject changes, ICollection<Fault> faults) =>
        JsonBody.Convert<ExecutionRequest>(JsonSerializer.SerializeToElement(changes, JsonConfiguration.Options), faults)
        ?? throw ProblemException.Invalid([.. faults]);

    private static async Task<bool> StoreAsync(
        MetadataStoreService.MetadataStoreServiceClient client, Execution stored, Execution changed, CancellationToken cancellationToken)
    {
        var mask = NodeChanges.Between(stored.Properties, changed.Properties, "properties.");
        mask.AddRange(NodeChanges.Between(stored.CustomProperties, changed.CustomProperties, "custom_properties."));
        if (stored.HasLastKnownState != changed.HasLastKnownState || stored.LastKnownState != changed.LastKnownState)
        {
            mask.Add("last_known_state");
        }

        if (stored.HasExternalId != changed.HasExternalId || stored.ExternalId != changed.ExternalId)
        {
            mask.Add("external_id");
        }

        if (mask.Count == 0)
        {
            return false;
        }

        var shared = NodeChanges.TakeSharedNames(mask, stored.Properties, stored.CustomProperties, changed.Properties, changed.CustomProperties);
        var request = new PutExecutionsRequest { Executions = { changed }, UpdateMask = new() { Paths = { mask } } };
        if (shared.Count > 0)
        {
            var without = changed.Clone();
            without.Properties.Without(shared);
            without.CustomProperties.Without(shared);
            request.Executions.Insert(0, without);
        }

        try
        {
            await client.PutExecutionsAsync(request, cancellationToken: cancellationToken);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.AlreadyExists or StatusCode.Internal && mask.Contains("external_id"))
        {
            // Upstream answers INTERNAL to a collision on update (defect D1).
            throw new ProblemException(
                ProblemType.AlreadyExists, $"externalId: '{changed.ExternalId}' is taken by another execution.",
                [new Fault("externalId", $"'{changed.ExternalId}' is taken by another execution.")], exception);
        }
    }
}
