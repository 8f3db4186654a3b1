using MetadataGateway.Lineage;
using MetadataGateway.OpenApi;
using MetadataGateway.Paging;

namespace MetadataGateway.Executions;

internal static class ExecutionEndpoints
{
    public static void MapExecutions(this RouteGroupBuilder api)
    {
        var inWorkspace = api.MapGroup("/workspaces/{workspace}/executions").WithTags("Executions");
        inWorkspace.MapPost("", CreateExecution.Handle)
            .Describe("CreateExecution", "Record an execution with everything it read and wrote",
                "One atomic write. A link is a reference (artifactId), a search (match) or an artifact to record (kind and its fields), each with an optional key. "
                + "A missing run is created; a missing workspace only with createWorkspace=true.")
            .Produces<ExecutionResource>(201).Problems(404, 409, 413, 415, 422)
            .Examples(ExecutionExamples.Request, ExecutionExamples.Full);
        inWorkspace.MapGet("", ListExecutions.Handle)
            .Describe("ListExecutions", "List the executions of a workspace", "With run, those of one run; an unknown run has none.").Problems(404)
            .Examples(null, $$"""{"items": [{{ExecutionExamples.Execution}}]}""");

        var byId = api.MapGroup("/executions/{executionId}").WithTags("Executions");
        byId.MapGet("", GetExecution.Handle)
            .Describe("GetExecution", "Read an execution",
                "With view=full, inputs and outputs too. The ETag is that of the plain representation in every view, so If-None-Match is ignored with view=full.")
            .Problems(404).Produces(304)
            .Examples(null, ExecutionExamples.Execution);
        byId.MapPatch("", UpdateExecution.Handle)
            .Describe("UpdateExecution", "Change an execution",
                "JSON merge patch (RFC 7396), member by member in properties and customProperties. If-Match is strict within one gateway process, best effort across replicas.")
            .Problems(404, 409, 412, 413, 415)
            .Examples("""{"state": "COMPLETE", "customProperties": {"epochs": 20}}""", ExecutionExamples.Execution);
        MapLinks(byId, "inputs", "Input", LinkDirection.Input);
        MapLinks(byId, "outputs", "Output", LinkDirection.Output);
        byId.MapGet("/lineage", GetLineage.HandleOfExecution)
            .Describe("GetExecutionLineage", "Read the lineage of an execution", LineageExamples.Description)
            .AnswersLineage();
    }

    private static void MapLinks(RouteGroupBuilder byId, string collection, string resource, LinkDirection direction)
    {
        byId.MapGet($"/{collection}", ListLinks.In(direction))
            .Describe($"List{resource}s", $"List the {collection} of an execution")
            .Produces<ListResult<LinkResource>>().Problems(404)
            .Examples(null, $$"""{"items": [{{ExecutionExamples.Link}}]}""");
        byId.MapPost($"/{collection}", LinkArtifact.In(direction))
            .Describe($"Create{resource}", $"Link an artifact as {resource.ToLowerInvariant()} of an execution",
                "201 when the link is new, 200 when it was there; another key for a link that is there is 409, since MLMD keeps one event per artifact, execution and direction.")
            .Produces<LinkResource>(201).Produces<LinkResource>(200).Problems(404, 409, 413, 415, 422)
            .Examples("""{"artifactId": "2", "key": "model"}""", ExecutionExamples.Link);
    }
}
