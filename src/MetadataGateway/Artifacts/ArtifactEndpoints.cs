using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Lineage;
using MetadataGateway.OpenApi;
using MetadataGateway.Paging;

namespace MetadataGateway.Artifacts;

internal static class ArtifactEndpoints
{
    private const string CreateDescription =
        "A dataset or model that equals a stored one (same workspace, type, uri, name and version; not deleted) is reused: 200 with the stored artifact, "
        + "and 'conflicts' names the fields given that differ from it. ifExists chooses otherwise. Metrics and custom artifacts are new every time.";

    public static void MapArtifacts(this RouteGroupBuilder api)
    {
        var inWorkspace = api.MapGroup("/workspaces/{workspace}").WithTags("Artifacts");
        MapCollection<DatasetResource>(inWorkspace, "datasets", "Dataset", ArtifactKind.Dataset, ArtifactKind.Dataset, ArtifactExamples.DatasetRequest, ArtifactExamples.Dataset);
        MapCollection<ModelResource>(inWorkspace, "models", "Model", ArtifactKind.Model, ArtifactKind.Model, ArtifactExamples.ModelRequest, ArtifactExamples.Model);
        MapCollection<MetricsResource>(inWorkspace, "metrics", "Metrics", ArtifactKind.Metrics, ArtifactKind.Metrics, ArtifactExamples.MetricsRequest, ArtifactExamples.Metrics);
        MapCollection<ArtifactResource>(inWorkspace, "artifacts", "Artifact", ArtifactKind.Artifact, null, ArtifactExamples.CustomRequest, ArtifactExamples.Custom);

        var byId = api.MapGroup("/artifacts/{artifactId}").WithTags("Artifacts");
        byId.MapGet("", GetArtifact.Handle)
            .Describe("GetArtifact", "Read an artifact").Problems(404).Produces(304)
            .Examples(null, ArtifactExamples.Model);
        byId.MapPatch("", UpdateArtifact.Handle)
            .Describe("UpdateArtifact", "Change an artifact",
                "JSON merge patch (RFC 7396), member by member in labels, properties, customProperties, hyperparameters, values, trainingFramework and "
                + "additionalProperties. If-Match is enforced in MLMD, across replicas.")
            .Problems(404, 409, 412, 413, 415, 422)
            .Examples("""{"description": "Retrained on more digits", "labels": {"stage": "prod"}}""", ArtifactExamples.Model);
        byId.MapDelete("", DeleteArtifact.Handle)
            .Describe("DeleteArtifact", "Delete an artifact",
                "Soft: sets the state MARKED_FOR_DELETION, which lists of artifacts leave out unless showDeleted=true. Reads by id, links and lineage still show it, "
                + "and an equal dataset or model is recorded anew. Idempotent; undelete takes it back. If-Match is enforced in MLMD, across replicas.")
            .Problems(404, 409, 412);
        MapUndelete(api);
        MapBatches(api);
        byId.MapGet("/producers", ListUsers.In(LinkDirection.Output))
            .Describe("ListProducers", "List the executions that wrote an artifact")
            .Produces<ListResult<ExecutionResource>>().Problems(404)
            .Examples(null, $$"""{"items": [{{ExecutionExamples.Execution}}]}""");
        byId.MapGet("/consumers", ListUsers.In(LinkDirection.Input))
            .Describe("ListConsumers", "List the executions that read an artifact")
            .Produces<ListResult<ExecutionResource>>().Problems(404)
            .Examples(null, $$"""{"items": [{{ExecutionExamples.Execution}}]}""");
        byId.MapGet("/lineage", GetLineage.HandleOfArtifact)
            .Describe("GetArtifactLineage", "Read the lineage of an artifact", LineageExamples.Description)
            .AnswersLineage();
    }

    private static void MapCollection<TResource>(
        RouteGroupBuilder group, string collection, string resource, ArtifactKind createdKind, ArtifactKind? listedKind, string request, string response)
        where TResource : ArtifactResource
    {
        group.MapPost($"/{collection}", CreateArtifact.In(createdKind)).WithMetadata(new ArtifactValidator(createdKind))
            .Describe($"Create{resource}", $"Record {(createdKind == ArtifactKind.Artifact ? "an artifact of any kind" : Article(createdKind))}", CreateDescription)
            .Produces<TResource>(201).Produces<TResource>(200).Problems(404, 409, 413, 415, 422)
            .Examples(request, response);
        group.MapGet($"/{collection}", ListArtifacts.In(listedKind))
            .Describe(resource == "Metrics" ? "ListMetrics" : $"List{resource}s", $"List the {(listedKind is null ? "artifacts of all kinds" : collection)} of a workspace",
                "Deleted ones (MARKED_FOR_DELETION, DELETED) are left out unless showDeleted=true.")
            .Produces<ListResult<TResource>>().Problems(404)
            .Examples(null, $$$"""{"items": [{{{response}}}], "scan": {"examined": 1, "complete": true}}""");
    }

    private static void MapUndelete(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Artifacts");
        group.MapPost("/artifacts/{artifactId}:undelete", UndeleteArtifact.Handle)
            .Describe("UndeleteArtifact", "Take the deletion of an artifact back",
                "Restores the state before the deletion. An artifact that is not deleted is answered unchanged; DELETED cannot be taken back (409).")
            .Problems(404, 409, 412)
            .Examples(null, ArtifactExamples.Model);
        api.OfferOnly("/artifacts/{artifactId}:undelete", HttpMethods.Post);
        api.OfferOnly("/artifacts/{artifactId}", HttpMethods.Get, HttpMethods.Patch, HttpMethods.Delete);
    }

    private static void MapBatches(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Artifacts");
        group.MapGet("/artifacts:batchGet", BatchGetArtifacts.Handle)
            .Describe("BatchGetArtifacts", "Read many artifacts by id", "In the order of the ids, each once; deleted ones, too.")
            .Examples(null, $$"""{"items": [{{ArtifactExamples.Model}}], "missing": ["9"]}""");
        group.MapPost("/workspaces/{workspace}/artifacts:batchCreate", BatchCreateArtifacts.Handle)
            .Describe("BatchCreateArtifacts", "Record many artifacts in one atomic write",
                "All or none. A dataset or model that equals a stored one, or one before it in the batch, is reused or not as ifExists says. A batch records for one run or "
                + "for none. 201 when at least one artifact is new, else 200; the items are in the order of the requests.")
            .Problems(404, 409, 413, 415, 422)
            .Examples(ArtifactExamples.BatchRequest, $$"""{"items": [{{ArtifactExamples.Model}}, {{ArtifactExamples.Custom}}]}""");
    }

    private static string Article(ArtifactKind kind) => kind == ArtifactKind.Metrics ? "metrics" : $"a {kind.ToApiName()}";
}
