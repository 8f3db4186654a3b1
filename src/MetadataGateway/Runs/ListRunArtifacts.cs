using System.ComponentModel;
using MetadataGateway.Artifacts;
using MetadataGateway.Paging;
using MetadataGateway.Workspaces;
using MlMetadata;

namespace MetadataGateway.Runs;

[Description("An artifact that executions of the run read or wrote.")]
internal sealed record RunArtifactResource
{
    public required ArtifactResource Artifact { get; init; }

    [Description("INPUT, OUTPUT, or BOTH when the run read and wrote it.")]
    public required string Role { get; init; }
}

/// <summary>The inputs and outputs of a run's executions, each once. A reused input names another run in its own field, so events decide.</summary>
internal static class ListRunArtifacts
{
    public static async Task<ListResult<RunArtifactResource>> Handle(
        string workspace, string run, [AsParameters] PageQuery query, HttpRequest request,
        WorkspaceDirectory workspaces, RunDirectory runs, RunArtifactScan scan, ArtifactReader reader, CancellationToken cancellationToken)
    {
        var start = PageToken.Parse(query.PageToken, request);
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        var found = await scan.RunAsync(new RunScope(workspace, workspaceId, run), start, query.PageSize, cancellationToken);
        // Runs of the SDK have executions but no context, new runs the other way round: only what has neither does not exist.
        if (!found.HasExecutions && found.Next is null && start == PageToken.Start && await runs.FindAsync(workspaceId, run, cancellationToken) is null)
        {
            throw RunDirectory.NotFound(workspace, run);
        }

        var artifacts = await reader.FindAsync(found.Uses.Select(use => use.ArtifactId), cancellationToken);
        return new ListResult<RunArtifactResource>
        {
            // An event may name an artifact that does not exist (MLMD does not check all of them).
            Items = await ToItemsAsync([.. found.Uses.Where(use => artifacts.ContainsKey(use.ArtifactId))], artifacts, reader, cancellationToken),
            NextPageToken = found.Next?.Format(request),
            Scan = new ScanResult { Examined = found.Examined, Complete = found.IsComplete },
        };
    }

    private static async Task<IReadOnlyList<RunArtifactResource>> ToItemsAsync(
        IReadOnlyList<RunArtifactUse> uses, Dictionary<long, Artifact> artifacts, ArtifactReader reader, CancellationToken cancellationToken)
    {
        var resources = await reader.ToResourcesAsync([.. uses.Select(use => artifacts[use.ArtifactId])], cancellationToken);
        return [.. uses.Zip(resources, (use, artifact) => new RunArtifactResource { Artifact = artifact, Role = RoleOf(use) })];
    }

    private static string RoleOf(RunArtifactUse use) => (use.IsInput, use.IsOutput) switch
    {
        (true, true) => "BOTH",
        (true, false) => "INPUT",
        _ => "OUTPUT",
    };
}
