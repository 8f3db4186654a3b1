using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Executions;

internal sealed class ViewQuery : ICheckedParameters
{
    [FromQuery(Name = "view"), Description("full: with inputs and outputs."), OneOf("ExecutionView", "full")]
    public string? View { get; init; }

    public bool IsFull => View == "full";

    public void Check(ICollection<Fault> faults)
    {
        if (View is not (null or "full"))
        {
            faults.Add(new Fault("view", "must be full, or left out."));
        }
    }
}

internal static class GetExecution
{
    public static async Task<ResourceResult<ExecutionResource>> Handle(
        string executionId, [AsParameters] ViewQuery view, HttpRequest request, ExecutionReader reader, CancellationToken cancellationToken)
    {
        var execution = await reader.GetAsync(ResourceId.ParsePath(executionId, "Execution"), cancellationToken);
        if (!view.IsFull)
        {
            return ResourceResult<ExecutionResource>.Ok(await reader.ToResourceAsync(execution, cancellationToken));
        }

        var events = await reader.GetEventsAsync(execution.Id, cancellationToken);
        // Links do not change the tag, so it cannot say whether the client has this view already.
        request.Headers.IfNoneMatch = default;
        return ResourceResult<ExecutionResource>.Ok(await reader.ToFullResourceAsync(execution, events, cancellationToken));
    }
}
