using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;

namespace MetadataGateway.Errors;

/// <summary>Turns whatever a handler throws into one problem+json answer; handlers themselves catch only what they answer differently.</summary>
internal sealed partial class GatewayExceptionHandler(ILogger<GatewayExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer; a client that went away is no fault of ours.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        // Clearing the answer took the route away, too; metrics tell requests apart by it.
        httpContext.SetEndpoint(httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint);
        var (type, detail, faults) = Describe(exception);
        if (type.Status >= 500)
        {
            LogFailure(exception, httpContext.Request.Method, httpContext.Request.Path, type.Name);
        }

        await ProblemWriter.WriteAsync(httpContext, type, detail, faults);
        return true;
    }

    private static (ProblemType Type, string Detail, IReadOnlyList<Fault> Faults) Describe(Exception exception) => exception switch
    {
        ProblemException problem => (problem.Type, problem.Message, problem.Faults),
        RpcException rpc => (GrpcStatusMapping.ToProblemType(GrpcStatusMapping.StatusOf(rpc)), GrpcStatusMapping.PublicDetail(rpc), []),
        BadHttpRequestException bad => (ProblemType.Validation, bad.Message, []),
        OperationCanceledException => (ProblemType.Timeout, "The request was not finished before its deadline.", []),
        _ => (ProblemType.Internal, "An unexpected error. The trace id leads to it in the log.", []),
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed: {Problem}")]
    private partial void LogFailure(Exception exception, string method, string path, string problem);
}
