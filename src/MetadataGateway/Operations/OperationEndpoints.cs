using System.Reflection;
using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.MetadataStore;
using Microsoft.AspNetCore.Http.HttpResults;
using MlMetadata;

namespace MetadataGateway.Operations;

/// <summary>What operators ask: is it alive, is it ready, which version is it.</summary>
internal static class OperationEndpoints
{
    private static readonly string Version =
        typeof(OperationEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void MapOperations(this WebApplication app)
    {
        // Alive says only that the process serves; a store that is away is no reason to restart it.
        app.MapGet("/livez", () => TypedResults.Ok(new { status = "alive" })).ExcludeFromDescription();
        app.MapGet("/readyz", Ready).ExcludeFromDescription();
        app.MapGet("/version", () => TypedResults.Ok(new { version = Version, api = "v1" })).ExcludeFromDescription();
        app.MapPrometheusScrapingEndpoint("/metrics").ExcludeFromDescription();
    }

    // Not ready before the Kubeflow types are registered: records could not be written.
    private static async Task<IResult> Ready(
        KubeflowTypeRegistry types, StoreProbe probe, MetadataStoreService.MetadataStoreServiceClient client,
        Microsoft.Extensions.Options.IOptions<MetadataStoreOptions> options, CancellationToken cancellationToken)
    {
        var store = options.Value.IsEmbedded ? "embedded" : "remote";
        try
        {
            await client.GetArtifactTypeAsync(new() { TypeName = "mlmd.Model" }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode != StatusCode.NotFound)
        {
            return NotReady($"the metadata store does not answer ({GrpcStatusMapping.ToProblemType(GrpcStatusMapping.StatusOf(exception)).Code})", store);
        }

        var capabilities = await probe.GetAsync(cancellationToken);
        if (probe.IsRefused)
        {
            return NotReady(StoreProbe.Refusal, store, Describe(capabilities));
        }

        return KubeflowTypeRegistration.IsSettled(types, options.Value)
            ? TypedResults.Ok(new { status = "ready", store, mlmd = Describe(capabilities) })
            : NotReady("waiting for the Kubeflow types to be registered", store, Describe(capabilities));
    }

    private static object Describe(StoreCapabilities capabilities) => new
    {
        release = capabilities.Release,
        backEnd = capabilities.BackEnd,
        filter = capabilities.HasFilter,
        ignoresCase = capabilities.IgnoresCase,
        integerBits = capabilities.HasNarrowIntegers ? 32 : 64,
    };

    private static JsonHttpResult<object> NotReady(string status, string store, object? mlmd = null) =>
        TypedResults.Json<object>(new { status, store, mlmd }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
