using Grpc.Core;
using MetadataGateway.Artifacts;
using MetadataGateway.KubeflowRecords;
using MlMetadata;

namespace MetadataGateway.Adoption;

/// <summary>
/// Gives artifacts of the SDK the custom properties that MLMD can select on. Nothing else of them is sent, let alone changed, and MLMD refuses the
/// write when somebody changed the artifact since it was read.
/// </summary>
internal sealed partial class MemberAdopter(
    MetadataStoreService.MetadataStoreServiceClient client, ArtifactReader reader, ILogger<MemberAdopter> logger)
{
    private const int Attempts = 5;
    private static readonly string[] Fields = [SearchableMembers.Labels, SearchableMembers.Hyperparameters, SearchableMembers.Values];

    /// <param name="artifacts">As they were read, at most a page of them.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Whether all of them have their members now; those of one that MLMD refuses are left out.</returns>
    public async Task<bool> AdoptAsync(IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        var changes = artifacts.Select(artifact => new Change(artifact, MissingIn(artifact))).Where(change => change.Missing.Count > 0).ToList();
        var isRefused = false;
        if (changes.Count > 0)
        {
            await StoreRefusal.WriteAsync(
                changes, some => some.Count == 1 ? PutOneAsync(some[0], cancellationToken) : PutAsync(some, cancellationToken),
                (change, exception) =>
                {
                    isRefused = true;
                    LogRefused(exception, change.Artifact.Id);
                });
        }

        return !isRefused;
    }

    /// <summary>The searchable members that the artifact lacks or has otherwise. Those of others under such a name are not looked at.</summary>
    internal static IReadOnlyDictionary<string, Value> MissingIn(Artifact artifact)
    {
        var missing = new Dictionary<string, Value>();
        if (ArtifactRecord.Of(artifact) is not SdkArtifactRecord record)
        {
            return missing;
        }

        foreach (var (name, value) in Fields.SelectMany(field => SearchableMembers.Write(field, record.GetObject(field) as System.Text.Json.Nodes.JsonObject)))
        {
            if (!artifact.CustomProperties.TryGetValue(name, out var stored) || !IsSame(stored, value))
            {
                missing[name] = value;
            }
        }

        return missing;
    }

    // One mask for all: a name in it that a node of the request lacks is taken away from that artifact. So each node carries what it has under the
    // names that the others need.
    internal static PutArtifactsRequest RequestOf(IReadOnlyList<Change> changes)
    {
        var names = changes.SelectMany(change => change.Missing.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var request = new PutArtifactsRequest { Options = new() { AbortIfLatestUpdatedTimeChanged = true }, UpdateMask = new() };
        request.UpdateMask.Paths.AddRange(names.Select(name => $"custom_properties.{name}"));
        foreach (var (artifact, missing) in changes)
        {
            var node = new Artifact
            {
                Id = artifact.Id,
                TypeId = artifact.TypeId,
                Type = artifact.Type,
                LastUpdateTimeSinceEpoch = artifact.LastUpdateTimeSinceEpoch,
            };
            foreach (var name in names)
            {
                if ((missing.GetValueOrDefault(name) ?? artifact.CustomProperties.GetValueOrDefault(name)) is { } value)
                {
                    node.CustomProperties[name] = value;
                }
            }

            request.Artifacts.Add(node);
        }

        return request;
    }

    private async Task PutAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken) =>
        await client.PutArtifactsAsync(RequestOf(changes), cancellationToken: cancellationToken);

    // Alone it is read again when somebody was faster; the change of the other may have brought the members.
    private async Task PutOneAsync(Change change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; change.Missing.Count > 0; attempt++)
        {
            try
            {
                await PutAsync([change], cancellationToken);
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition && attempt < Attempts)
            {
                var now = await reader.GetAsync(change.Artifact.Id, cancellationToken);
                change = new Change(now, MissingIn(now));
            }
        }
    }

    // Upstream keeps six decimals of a double, and reads from 1e66 on as 1e65 on MySQL; writing again would change nothing.
    private static bool IsSame(Value stored, Value wanted)
    {
        if (!stored.HasDoubleValue || !wanted.HasDoubleValue)
        {
            return stored.Equals(wanted);
        }

        var (one, other) = (stored.DoubleValue, wanted.DoubleValue);
        return one == other || Math.Abs(one - other) <= Math.Max(1e-6, Math.Abs(other) * 1e-14)
            || (Math.Abs(one) >= 1e65 && Math.Abs(other) >= 1e65 && Math.Sign(one) == Math.Sign(other));
    }

    /// <summary>An artifact as it was read, and what it is to get.</summary>
    internal sealed record Change(Artifact Artifact, IReadOnlyDictionary<string, Value> Missing);

    [LoggerMessage(LogLevel.Warning, "MLMD does not take the searchable members of artifact {ArtifactId}: the gateway selects by members itself")]
    private partial void LogRefused(Exception exception, long artifactId);
}
