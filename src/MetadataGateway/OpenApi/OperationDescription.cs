using MetadataGateway.Errors;

namespace MetadataGateway.OpenApi;

/// <summary>JSON texts that show a request and an answer of an operation in the OpenAPI document.</summary>
internal sealed record OperationExamples(string? Request, string? Response);

/// <summary>Another media type that an operation can answer in, with an example.</summary>
internal sealed record OtherFormat(string MediaType, string Example);

/// <summary>What a route table says about an operation besides its handler.</summary>
internal static class OperationDescription
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operationId, string summary, string? description = null)
    {
        route.WithName(operationId).WithSummary(summary);
        return description is null ? route : route.WithDescription(description);
    }

    /// <summary>Statuses of problem+json that the operation itself can answer; 400 and those of the store are common to all.</summary>
    public static TBuilder Problems<TBuilder>(this TBuilder route, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [ProblemWriter.ContentType]));
        }

        return route;
    }

    public static RouteHandlerBuilder Examples(this RouteHandlerBuilder route, string? request, string? response) =>
        route.WithMetadata(new OperationExamples(request, response));

    /// <summary>The answer is to be had in another media type, too.</summary>
    public static RouteHandlerBuilder AlsoAs(this RouteHandlerBuilder route, string mediaType, string example) =>
        route.WithMetadata(new OtherFormat(mediaType, example));
}
