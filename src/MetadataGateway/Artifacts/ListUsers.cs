using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>The executions that wrote an artifact (producers), or read it (consumers).</summary>
internal static class ListUsers
{
    public static Delegate In(LinkDirection direction) =>
        async (string artifactId, [AsParameters] PageQuery query, HttpRequest request, ArtifactReader artifacts, ExecutionReader executions,
            MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken) =>
        {
            var id = ResourceId.ParsePath(artifactId, "Artifact");
            await artifacts.GetAsync(id, cancellationToken);
            var answer = await client.GetEventsByArtifactIDsAsync(new() { ArtifactIds = { id } }, cancellationToken: cancellationToken);
            var events = answer.Events.Where(linkEvent => linkEvent.IsLink(direction)).DistinctBy(linkEvent => linkEvent.ExecutionId)
                .OrderBy(linkEvent => linkEvent.ExecutionId).ToList();
            return await WholeList.RunAsync(query, request, events, linkEvent => linkEvent.ExecutionId, async page =>
            {
                var found = await executions.FindAsync(page.Select(linkEvent => linkEvent.ExecutionId), cancellationToken);
                return await executions.ToResourcesAsync([.. found.Values.OrderBy(execution => execution.Id)], cancellationToken);
            });
        };
}
