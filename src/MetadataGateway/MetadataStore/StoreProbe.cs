using Grpc.Core;
using MetadataGateway.Errors;
using Microsoft.Extensions.Options;
using MlMetadata;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// Finds out what the MLMD behind can do: at the start, and again after it was away. The questions are calls that can write nothing and work on an
/// empty store; that MLMD is away, or slow, proves nothing.
/// </summary>
internal sealed partial class StoreProbe(
    MetadataStoreService.MetadataStoreServiceClient client, StoreOutages outages, IOptions<MetadataStoreOptions> options, ILogger<StoreProbe> logger)
    : IDisposable
{
    private const string SyntaxError = "id =";
    private const int NoTypeId = int.MaxValue;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Finding? _finding;

    private sealed record Finding(StoreCapabilities Capabilities, int Outages);

    /// <summary>What was found last; null before MLMD was ever reached.</summary>
    public StoreCapabilities? Known => _finding?.Capabilities;

    /// <summary>Whether the gateway must not use it: MLMD over PostgreSQL lets text into its SQL, so the operator has to insist.</summary>
    public bool IsRefused => Known is { IsPostgreSql: true } && !options.Value.AllowPostgreSql;

    /// <summary>
    /// Asks, unless nothing can have changed since. While MLMD is away the answer is what was found before; its error reaches the caller when
    /// nothing was.
    /// </summary>
    public async ValueTask<StoreCapabilities> GetAsync(CancellationToken cancellationToken)
    {
        if (_finding is { } current && current.Outages == outages.Count)
        {
            return current.Capabilities;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var seen = outages.Count;
            if (_finding is { } found && found.Outages == seen)
            {
                return found.Capabilities;
            }

            var capabilities = await AskAsync(cancellationToken);
            if (capabilities != Known)
            {
                LogFound(capabilities.Release, capabilities.BackEnd, capabilities.HasFilter, capabilities.IgnoresCase);
            }

            _finding = new Finding(capabilities, seen);
            return capabilities;
        }
        catch (RpcException) when (_finding is not null)
        {
            return _finding.Capabilities;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the request with 503 when the gateway must not use this MLMD.</summary>
    public void RequireAllowed()
    {
        if (IsRefused)
        {
            throw new ProblemException(ProblemType.StoreUnavailable, Refusal);
        }
    }

    public const string Refusal =
        "The metadata store is MLMD over PostgreSQL, which lets text into its SQL and loses updates. It is not used unless MetadataStore:AllowPostgreSql is set.";

    private async Task<StoreCapabilities> AskAsync(CancellationToken cancellationToken)
    {
        var hasFilter = await ListAsync(SyntaxError, cancellationToken) == StatusCode.InvalidArgument && await ListAsync("id = 0", cancellationToken) == StatusCode.OK;
        return new StoreCapabilities(
            HasFilter: hasFilter,
            IsRelease114: await StatusOfAsync(client.PutExecutionAsync(
                new()
                {
                    Execution = new(),
                    ArtifactEventPairs = { new PutExecutionRequest.Types.ArtifactAndEvent { Artifact = new() { TypeId = NoTypeId } } },
                },
                cancellationToken: cancellationToken)) == StatusCode.InvalidArgument,
            IgnoresCase: await StatusOfAsync(client.GetArtifactTypeAsync(new() { TypeName = "MLMD.MODEL" }, cancellationToken: cancellationToken)) == StatusCode.OK,
            IsPostgreSql: await StatusOfAsync(client.GetArtifactsByURIAsync(new() { Uris = { "\\" } }, cancellationToken: cancellationToken)) == StatusCode.Internal,
            IsSqlite: hasFilter && await ListAsync("id = 1.0", cancellationToken) == StatusCode.OK);
    }

    private Task<StatusCode> ListAsync(string filter, CancellationToken cancellationToken) => StatusOfAsync(client.GetArtifactsAsync(
        new() { Options = new() { MaxResultSize = 1, FilterQuery = filter } }, cancellationToken: cancellationToken));

    private static async Task<StatusCode> StatusOfAsync<TResponse>(AsyncUnaryCall<TResponse> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception) when (IsAnswer(GrpcStatusMapping.StatusOf(exception), typeof(TResponse)))
        {
            return exception.StatusCode;
        }
    }

    // Types can be read from any MLMD; what does not offer them is none.
    private static bool IsAnswer(StatusCode status, Type response) =>
        status is StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.Internal
        || (status == StatusCode.Unimplemented && response != typeof(GetArtifactTypeResponse));

    public void Dispose() => _gate.Dispose();

    [LoggerMessage(LogLevel.Information, "MLMD {Release} over {BackEnd}; filters: {HasFilter}, names without case: {IgnoresCase}")]
    private partial void LogFound(string release, string backEnd, bool hasFilter, bool ignoresCase);
}
