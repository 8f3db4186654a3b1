using System.Diagnostics;
using MetadataGateway.Http;

namespace MetadataGateway.Errors;

/// <summary>Writes RFC 9457 <c>application/problem+json</c> answers: the only place that does.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static async Task WriteAsync(HttpContext httpContext, ProblemType type, string detail, IReadOnlyList<Fault> faults)
    {
        var response = httpContext.Response;
        response.StatusCode = type.Status;
        if (type == ProblemType.StoreUnavailable)
        {
            response.Headers.RetryAfter = "5";
        }

        var body = new ProblemBody
        {
            Type = type.Uri,
            Title = type.Title,
            Status = type.Status,
            Detail = detail,
            Instance = RequestPath.Of(httpContext),
            Code = type.Code,
            TraceId = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier,
            Position = faults.FirstOrDefault(fault => fault.Position is not null)?.Position,
            Errors = faults.Count == 0 ? null : faults.GroupBy(fault => fault.Path).ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()),
        };
        await response.WriteAsJsonAsync(body, JsonConfiguration.Options, ContentType, httpContext.RequestAborted);
    }
}
