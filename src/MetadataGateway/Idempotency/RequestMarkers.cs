using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.Idempotency;

/// <summary>
/// What keeps a request with a key from being recorded twice: a context that is written with what the request records, in one transaction. Its
/// external id, unique in MLMD, stands for the key, so it holds across replicas and restarts; what the request recorded is attached to it.
/// </summary>
internal sealed class RequestMarkers(
    MetadataStoreService.MetadataStoreServiceClient client, KubeflowTypeRegistry types, IOptions<MetadataStoreOptions> options, TimeProvider timeProvider)
{
    private const string FingerprintProperty = "fingerprint";

    /// <summary>The marker of the request's key; null when the key is free. One that marks another request ends this one with 422.</summary>
    public async Task<Context?> FindAsync(KeyedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetContextsByExternalIdsAsync(new() { ExternalIds = { request.ExternalId } }, cancellationToken: cancellationToken);
            return answer.Contexts[0].CustomProperties.GetText(FingerprintProperty) == request.Fingerprint ? answer.Contexts[0] : throw KeyReused();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Sends the write with the marker of its request.</summary>
    /// <exception cref="KeyTakenException">The request has been recorded before; this time nothing was.</exception>
    public async Task<PutLineageSubgraphResponse> PutAsync(PutLineageSubgraphRequest write, KeyedWrite keyed, CancellationToken cancellationToken)
    {
        write.Contexts.Add(await NewMarkerAsync(keyed, cancellationToken));
        var pauses = new RetryPauses(timeProvider, timeProvider.GetUtcNow().UtcDateTime + options.Value.Deadline);
        while (true)
        {
            try
            {
                return await client.PutLineageSubgraphAsync(write, SingleTry.Options(cancellationToken));
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Aborted or StatusCode.AlreadyExists)
            {
                // Upstream calls a taken external id ABORTED, as it does a lost race for a context (defect D19 (docs/mlmd-compatibility.md)), and would
                // go on to: only the marker tells whether another try is of use.
                if (await FindAsync(keyed.Request, cancellationToken) is { } marker)
                {
                    throw new KeyTakenException(marker, exception);
                }

                if (exception.StatusCode == StatusCode.AlreadyExists || !await pauses.WaitAsync(cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    // The name is fresh, so that the call never takes a stored context for it: of two it is the external id that lets one through.
    private async Task<Context> NewMarkerAsync(KeyedWrite keyed, CancellationToken cancellationToken)
    {
        var ids = await types.GetIdsAsync(cancellationToken);
        var marker = new Context { TypeId = ids[KubeflowTypes.Request.Name], Name = Guid.NewGuid().ToString("N"), ExternalId = keyed.Request.ExternalId };
        marker.CustomProperties.SetText(FingerprintProperty, keyed.Request.Fingerprint);
        MarkerPlaces.Write(marker.CustomProperties, keyed.Places);
        return marker;
    }

    private static ProblemException KeyReused()
    {
        var fault = new Fault(IdempotencyKey.Header, "was used for a request with another body or query. Use a new key for each new request.");
        return new ProblemException(ProblemType.IdempotencyKeyReused, fault.ToString(), [fault]);
    }
}

/// <summary>A request with this key, body and query has been recorded before.</summary>
internal sealed class KeyTakenException(Context marker, Exception cause) : Exception("The request has been recorded before.", cause)
{
    public Context Marker { get; } = marker;
}
