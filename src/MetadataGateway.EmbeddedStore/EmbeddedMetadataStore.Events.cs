using Grpc.Core;
using MetadataGateway.EmbeddedStore.Events;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutEventsResponse> PutEvents(PutEventsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            foreach (var given in request.Events)
                events.Insert(connection, given);
            return new PutEventsResponse();
        });

    /// <inheritdoc/>
    public override Task<GetEventsByExecutionIDsResponse> GetEventsByExecutionIDs(
        GetEventsByExecutionIDsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetEventsByExecutionIDsResponse
        {
            Events = { EventReader.OfExecutions(connection, request.ExecutionIds) },
        });

    /// <inheritdoc/>
    public override Task<GetEventsByArtifactIDsResponse> GetEventsByArtifactIDs(
        GetEventsByArtifactIDsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetEventsByArtifactIDsResponse
        {
            Events = { EventReader.OfArtifacts(connection, request.ArtifactIds) },
        });
}
