using MetadataGateway.Http;
using MetadataGateway.Paging;

namespace MetadataGateway.Executions;

/// <summary>The inputs or outputs of an execution.</summary>
internal static class ListLinks
{
    public static Delegate In(LinkDirection direction) =>
        async (string executionId, [AsParameters] PageQuery query, HttpRequest request, ExecutionReader reader, CancellationToken cancellationToken) =>
        {
            var id = ResourceId.ParsePath(executionId, "Execution");
            await reader.GetAsync(id, cancellationToken);
            var events = ExecutionReader.LinksOf(await reader.GetEventsAsync(id, cancellationToken), direction);
            return await WholeList.RunAsync(query, request, events, linkEvent => linkEvent.ArtifactId, page => reader.ToLinksAsync(page, cancellationToken));
        };
}
