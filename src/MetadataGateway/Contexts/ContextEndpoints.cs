using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.OpenApi;
using MetadataGateway.Paging;

namespace MetadataGateway.Contexts;

internal static class ContextEndpoints
{
    private const string PipelineRun = """
        {"id": "12", "type": "system.PipelineRun", "name": "mnist-7kx2p", "externalId": null, "properties": {},
         "customProperties": {"namespace": "team-vision", "pipeline_root": "s3://pipelines/mnist"},
         "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z", "etag": "\"5d41402abc4b2a76b9719d91\""}
        """;

    private const string Pipeline = """
        {"id": "11", "type": "system.Pipeline", "name": "mnist", "externalId": null, "properties": {}, "customProperties": {},
         "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z", "etag": "\"7d793037a0760186574b0282\""}
        """;

    public static void MapContexts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/contexts").WithTags("Contexts");

        group.MapGet("", ListContexts.Handle)
            .Describe("ListContexts", "List contexts", "Contexts of all types, or of one; an unknown type has none.")
            .Examples(null, $$"""{"items": [{{PipelineRun}}]}""");
        group.MapGet("/{contextId}", GetContext.Handle)
            .Describe("GetContext", "Read a context").Problems(404).Produces(304)
            .Examples(null, PipelineRun);
        group.MapGet("/{contextId}/artifacts", ListContextArtifacts.Handle)
            .Describe("ListContextArtifacts", "List the artifacts of a context",
                "Those attributed to the context itself. Deleted ones (MARKED_FOR_DELETION, DELETED) are left out unless showDeleted=true.").Problems(404)
            .Examples(null, $$$"""{"items": [{{{ArtifactExamples.Custom}}}], "scan": {"examined": 1, "complete": true}}""");
        group.MapGet("/{contextId}/executions", ListContextExecutions.Handle)
            .Describe("ListContextExecutions", "List the executions of a context", "Those associated with the context itself.").Problems(404)
            .Examples(null, $$"""{"items": [{{ExecutionExamples.Execution}}]}""");
        group.MapGet("/{contextId}/parents", ListRelatedContexts.In((contexts, context, token) => contexts.GetParentsAsync(context, token)))
            .Describe("ListParentContexts", "List the contexts that a context is in", "Its direct parents only.")
            .Produces<ListResult<ContextResource>>().Problems(404)
            .Examples(null, $$"""{"items": [{{Pipeline}}]}""");
        group.MapGet("/{contextId}/children", ListRelatedContexts.In((contexts, context, token) => contexts.GetChildrenAsync(context, token)))
            .Describe("ListChildContexts", "List the contexts in a context", "Its direct children only.")
            .Produces<ListResult<ContextResource>>().Problems(404)
            .Examples(null, $$"""{"items": [{{PipelineRun}}]}""");
    }
}
