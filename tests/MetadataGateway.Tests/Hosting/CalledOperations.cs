using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MetadataGateway.Tests.Hosting;

/// <summary>Notes which operations the tests of this assembly call, by operation id, and with which statuses they answer.</summary>
internal sealed class CalledOperations : IStartupFilter
{
    private static readonly ConcurrentDictionary<(string Operation, int Status), byte> Seen = new();

    /// <summary>Operation and status of each, such as <c>GetRun 200</c>.</summary>
    public static IEnumerable<string> Answers => Seen.Keys.Select(call => $"{call.Operation} {call.Status}");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext httpContext, RequestDelegate rest) =>
        {
            await rest(httpContext);
            if (httpContext.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>() is { } operation)
            {
                Seen.TryAdd((operation.EndpointName, httpContext.Response.StatusCode), 0);
            }
        });
        next(app);
    };
}
