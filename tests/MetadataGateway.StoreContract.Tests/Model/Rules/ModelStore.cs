using Google.Protobuf;
using MetadataGateway.StoreContract.Tests.Replay;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>
/// MLMD's rules in their plainest form, over lists, for the methods that random sequences call. It answers as a store does and undoes a
/// call that fails.
/// </summary>
internal sealed partial class ModelStore(TimeProvider clock)
{
    private ModelData data = Fresh();

    public ModelData Data => data;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public StoreAnswer Call(IMessage request)
    {
        var before = data.Copy();
        try
        {
            var response = AnswerWrite(request) ?? AnswerTypeRead(request) ?? AnswerNodeRead(request) ?? AnswerLinkRead(request);
            return new StoreAnswer("OK", response, "");
        }
        catch (ModelFailure failure)
        {
            data = before;
            return new StoreAnswer(StoreCaller.StatusName(failure.Code), null, failure.Message);
        }
    }

    private static ModelData Fresh()
    {
        var data = new ModelData();
        TypeRules.AddSimpleTypes(data);
        return data;
    }

    private IMessage? AnswerWrite(IMessage request) => request switch
    {
        PutArtifactTypeRequest put => new PutArtifactTypeResponse { TypeId = PutType(TypeMessages.Read(put.ArtifactType), Flags(put)) },
        PutExecutionTypeRequest put => new PutExecutionTypeResponse { TypeId = PutType(TypeMessages.Read(put.ExecutionType), Flags(put)) },
        PutContextTypeRequest put => new PutContextTypeResponse { TypeId = PutType(TypeMessages.Read(put.ContextType), Flags(put)) },
        PutTypesRequest put => PutTypes(put),
        PutArtifactsRequest put => new PutArtifactsResponse
        {
            ArtifactIds =
            {
                PutNodes(
                    put.Artifacts.Select(NodeMessages.Read),
                    new ModelUpdate(MaskRules.From(put.UpdateMask), put.Options?.AbortIfLatestUpdatedTimeChanged ?? false)),
            },
        },
        PutExecutionsRequest put => new PutExecutionsResponse
        {
            ExecutionIds = { PutNodes(put.Executions.Select(NodeMessages.Read), new ModelUpdate(MaskRules.From(put.UpdateMask))) },
        },
        PutContextsRequest put => new PutContextsResponse
        {
            ContextIds = { PutNodes(put.Contexts.Select(NodeMessages.Read), new ModelUpdate(MaskRules.From(put.UpdateMask))) },
        },
        PutEventsRequest put => PutEvents(put),
        PutAttributionsAndAssociationsRequest put => PutLinks(put),
        PutParentContextsRequest put => PutParentContexts(put),
        PutExecutionRequest put => PutExecutionRules.Put(data, put, Now),
        PutLineageSubgraphRequest put => LineageSubgraphRules.Put(data, put, Now),
        _ => null,
    };

    private List<long> PutNodes(IEnumerable<ModelNode> nodes, ModelUpdate update) =>
        [.. nodes.Select(node => NodeRules.Put(data, node, Now, update))];

    private PutEventsResponse PutEvents(PutEventsRequest request)
    {
        foreach (var given in request.Events)
            EdgeRules.PutEvent(
                data, given, given.HasArtifactId ? given.ArtifactId : null, given.HasExecutionId ? given.ExecutionId : null, Now);
        return new PutEventsResponse();
    }

    // A missing id is 0, which no node has.
    private PutAttributionsAndAssociationsResponse PutLinks(PutAttributionsAndAssociationsRequest request)
    {
        foreach (var link in request.Attributions)
            EdgeRules.Attribute(data, link.ContextId, link.ArtifactId);
        foreach (var link in request.Associations)
            EdgeRules.Associate(data, link.ContextId, link.ExecutionId);
        return new PutAttributionsAndAssociationsResponse();
    }

    private PutParentContextsResponse PutParentContexts(PutParentContextsRequest request)
    {
        foreach (var link in request.ParentContexts)
            EdgeRules.PutParentContext(data, link);
        return new PutParentContextsResponse();
    }
}
