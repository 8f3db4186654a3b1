using MetadataGateway.OpenApi;

namespace MetadataGateway.Workspaces;

internal static class WorkspaceEndpoints
{
    private const string Example = """
        {"name": "team/vision", "id": "1", "description": "Everything about digits", "labels": {"team": "vision"},
         "createTime": "2026-11-24T08:15:30.123Z", "updateTime": "2026-11-24T08:15:30.123Z", "etag": "\"5d41402abc4b2a76b9719d91\""}
        """;

    public static void MapWorkspaces(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workspaces").WithTags("Workspaces");

        group.MapPost("", CreateWorkspace.Handle)
            .Describe("CreateWorkspace", "Create a workspace", "Answers 201 with the new workspace, or 200 with the one that exists, unchanged.")
            .Produces<WorkspaceResource>(201).Problems(409, 413, 415)
            .Examples("""{"name": "team/vision", "description": "Everything about digits", "labels": {"team": "vision"}}""", Example);

        group.MapGet("", ListWorkspaces.Handle)
            .Describe("ListWorkspaces", "List workspaces")
            .Examples(null, $$"""{"items": [{{Example}}]}""");

        group.MapGet("/{workspace}", GetWorkspace.Handle)
            .Describe("GetWorkspace", "Read a workspace").Problems(404).Produces(304)
            .Examples(null, Example);

        group.MapPut("/{workspace}", PutWorkspace.Handle)
            .Describe("PutWorkspace", "Create a workspace or replace its description and labels",
                "Idempotent. If-None-Match: * makes it create-only. If-Match is strict within one gateway process, best effort across replicas.")
            .Produces<WorkspaceResource>(201).Problems(409, 412, 413, 415)
            .Examples("""{"description": "Everything about digits", "labels": {"team": "vision"}}""", Example);

        group.MapPatch("/{workspace}", UpdateWorkspace.Handle)
            .Describe("UpdateWorkspace", "Change a workspace",
                "JSON merge patch (RFC 7396). If-Match is strict within one gateway process, best effort across replicas.")
            .Problems(404, 409, 412, 413, 415)
            .Examples("""{"labels": {"team": null, "stage": "dev"}}""", Example);
    }
}
