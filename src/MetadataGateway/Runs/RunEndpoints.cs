using MetadataGateway.Artifacts;
using MetadataGateway.Executions;
using MetadataGateway.Lineage;
using MetadataGateway.OpenApi;

namespace MetadataGateway.Runs;

internal static class RunEndpoints
{
    private const string Example = """
        {"name": "run-1", "workspace": "demo", "id": "2", "description": "First try", "labels": {"trigger": "nightly"},
         "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z", "etag": "\"5d41402abc4b2a76b9719d91\""}
        """;

    public static void MapRuns(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workspaces/{workspace}/runs").WithTags("Runs");

        group.MapPost("", CreateRun.Handle)
            .Describe("CreateRun", "Create a run", "Answers 201 with the new run, or 200 with the one that exists, unchanged.")
            .Produces<RunResource>(201).Problems(404, 409, 413, 415)
            .Examples("""{"name": "run-1", "description": "First try", "labels": {"trigger": "nightly"}}""", Example);
        group.MapGet("", ListRuns.Handle)
            .Describe("ListRuns", "List the runs of a workspace",
                "Those that the Kubeflow Metadata SDK recorded, too. Many of them may take several requests: then the answer carries a token and "
                + "scan.complete is false, with fewer or no items; an order other than ascending id or createTime begins when all are found.").Problems(404)
            .Examples(null, $$$"""{"items": [{{{Example}}}], "scan": {"examined": 1, "complete": true}}""");
        group.MapGet("/{run}", GetRun.Handle)
            .Describe("GetRun", "Read a run").Problems(404).Produces(304)
            .Examples(null, Example);
        group.MapPut("/{run}", PutRun.Handle)
            .Describe("PutRun", "Create a run or replace its description and labels",
                "Idempotent. If-None-Match: * makes it create-only. If-Match is strict within one gateway process, best effort across replicas.")
            .Produces<RunResource>(201).Problems(404, 409, 412, 413, 415)
            .Examples("""{"description": "First try", "labels": {"trigger": "nightly"}}""", Example);
        group.MapPatch("/{run}", UpdateRun.Handle)
            .Describe("UpdateRun", "Change a run", "JSON merge patch (RFC 7396). If-Match is strict within one gateway process, best effort across replicas.")
            .Problems(404, 409, 412, 413, 415)
            .Examples("""{"labels": {"trigger": null}}""", Example);
        group.MapGet("/{run}/executions", ListExecutions.HandleOfRun)
            .Describe("ListRunExecutions", "List the executions of a run", "Those of runs that the Kubeflow Metadata SDK recorded, too.").Problems(404)
            .Examples(null, $$$"""{"items": [{{{ExecutionExamples.Execution}}}], "scan": {"examined": 1, "complete": true}}""");
        group.MapGet("/{run}/artifacts", ListRunArtifacts.Handle)
            .Describe("ListRunArtifacts", "List the artifacts that the executions of a run read or wrote",
                "By the links of its executions, each artifact once, in the order in which they were first used; deleted ones, too. A reused input names the run "
                + "that first recorded it in its own field.").Problems(404)
            .Examples(null, $$$"""{"items": [{"artifact": {{{ArtifactExamples.Model}}}, "role": "OUTPUT"}], "scan": {"examined": 1, "complete": true}}""");
        group.MapGet("/{run}/lineage", GetLineage.HandleOfRun)
            .Describe("GetRunLineage", "Read the lineage of all executions of a run", LineageExamples.Description)
            .AnswersLineage();
    }
}
