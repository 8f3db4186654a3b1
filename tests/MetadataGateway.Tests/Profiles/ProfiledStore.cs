using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using MetadataGateway.EmbeddedStore;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>
/// The embedded store behind the habits of another MLMD: each call passes the quirks from the outermost to the innermost, and then reaches the
/// store.
/// </summary>
internal sealed class ProfiledStore(EmbeddedMetadataStore store, IReadOnlyList<Quirk> quirks) : MetadataStoreService.MetadataStoreServiceBase, IDisposable
{
    private readonly BackingStore _backing = new(store);

    // Writes are taken one after the other, as the store does itself, so that a quirk can look before it leaps.
    private readonly SemaphoreSlim _writing = new(1, 1);

    public void Dispose() => _writing.Dispose();

    public override Task<PutArtifactTypeResponse> PutArtifactType(PutArtifactTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.PutArtifactType);

    public override Task<PutExecutionTypeResponse> PutExecutionType(PutExecutionTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.PutExecutionType);

    public override Task<PutContextTypeResponse> PutContextType(PutContextTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.PutContextType);

    public override Task<PutTypesResponse> PutTypes(PutTypesRequest request, ServerCallContext context) =>
        Call(request, context, store.PutTypes);

    public override Task<GetArtifactTypeResponse> GetArtifactType(GetArtifactTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactType);

    public override Task<GetExecutionTypeResponse> GetExecutionType(GetExecutionTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionType);

    public override Task<GetContextTypeResponse> GetContextType(GetContextTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextType);

    public override Task<GetArtifactTypesResponse> GetArtifactTypes(GetArtifactTypesRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactTypes);

    public override Task<GetExecutionTypesResponse> GetExecutionTypes(GetExecutionTypesRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionTypes);

    public override Task<GetContextTypesResponse> GetContextTypes(GetContextTypesRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextTypes);

    public override Task<GetArtifactTypesByIDResponse> GetArtifactTypesByID(GetArtifactTypesByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactTypesByID);

    public override Task<GetExecutionTypesByIDResponse> GetExecutionTypesByID(GetExecutionTypesByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionTypesByID);

    public override Task<GetContextTypesByIDResponse> GetContextTypesByID(GetContextTypesByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextTypesByID);

    public override Task<GetArtifactTypesByExternalIdsResponse> GetArtifactTypesByExternalIds(GetArtifactTypesByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactTypesByExternalIds);

    public override Task<GetExecutionTypesByExternalIdsResponse> GetExecutionTypesByExternalIds(GetExecutionTypesByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionTypesByExternalIds);

    public override Task<GetContextTypesByExternalIdsResponse> GetContextTypesByExternalIds(GetContextTypesByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextTypesByExternalIds);

    public override Task<PutArtifactsResponse> PutArtifacts(PutArtifactsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutArtifacts);

    public override Task<PutExecutionsResponse> PutExecutions(PutExecutionsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutExecutions);

    public override Task<PutContextsResponse> PutContexts(PutContextsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutContexts);

    public override Task<GetArtifactsResponse> GetArtifacts(GetArtifactsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifacts);

    public override Task<GetExecutionsResponse> GetExecutions(GetExecutionsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutions);

    public override Task<GetContextsResponse> GetContexts(GetContextsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContexts);

    public override Task<GetArtifactsByIDResponse> GetArtifactsByID(GetArtifactsByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactsByID);

    public override Task<GetExecutionsByIDResponse> GetExecutionsByID(GetExecutionsByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionsByID);

    public override Task<GetContextsByIDResponse> GetContextsByID(GetContextsByIDRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextsByID);

    public override Task<GetArtifactsByTypeResponse> GetArtifactsByType(GetArtifactsByTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactsByType);

    public override Task<GetExecutionsByTypeResponse> GetExecutionsByType(GetExecutionsByTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionsByType);

    public override Task<GetContextsByTypeResponse> GetContextsByType(GetContextsByTypeRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextsByType);

    public override Task<GetArtifactByTypeAndNameResponse> GetArtifactByTypeAndName(GetArtifactByTypeAndNameRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactByTypeAndName);

    public override Task<GetExecutionByTypeAndNameResponse> GetExecutionByTypeAndName(GetExecutionByTypeAndNameRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionByTypeAndName);

    public override Task<GetContextByTypeAndNameResponse> GetContextByTypeAndName(GetContextByTypeAndNameRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextByTypeAndName);

    public override Task<GetArtifactsByURIResponse> GetArtifactsByURI(GetArtifactsByURIRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactsByURI);

    public override Task<GetArtifactsByExternalIdsResponse> GetArtifactsByExternalIds(GetArtifactsByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactsByExternalIds);

    public override Task<GetExecutionsByExternalIdsResponse> GetExecutionsByExternalIds(GetExecutionsByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionsByExternalIds);

    public override Task<GetContextsByExternalIdsResponse> GetContextsByExternalIds(GetContextsByExternalIdsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextsByExternalIds);

    public override Task<PutEventsResponse> PutEvents(PutEventsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutEvents);

    public override Task<GetEventsByExecutionIDsResponse> GetEventsByExecutionIDs(GetEventsByExecutionIDsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetEventsByExecutionIDs);

    public override Task<GetEventsByArtifactIDsResponse> GetEventsByArtifactIDs(GetEventsByArtifactIDsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetEventsByArtifactIDs);

    public override Task<PutAttributionsAndAssociationsResponse> PutAttributionsAndAssociations(PutAttributionsAndAssociationsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutAttributionsAndAssociations);

    public override Task<PutParentContextsResponse> PutParentContexts(PutParentContextsRequest request, ServerCallContext context) =>
        Call(request, context, store.PutParentContexts);

    public override Task<GetContextsByArtifactResponse> GetContextsByArtifact(GetContextsByArtifactRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextsByArtifact);

    public override Task<GetContextsByExecutionResponse> GetContextsByExecution(GetContextsByExecutionRequest request, ServerCallContext context) =>
        Call(request, context, store.GetContextsByExecution);

    public override Task<GetArtifactsByContextResponse> GetArtifactsByContext(GetArtifactsByContextRequest request, ServerCallContext context) =>
        Call(request, context, store.GetArtifactsByContext);

    public override Task<GetExecutionsByContextResponse> GetExecutionsByContext(GetExecutionsByContextRequest request, ServerCallContext context) =>
        Call(request, context, store.GetExecutionsByContext);

    public override Task<GetParentContextsByContextResponse> GetParentContextsByContext(GetParentContextsByContextRequest request, ServerCallContext context) =>
        Call(request, context, store.GetParentContextsByContext);

    public override Task<GetChildrenContextsByContextResponse> GetChildrenContextsByContext(GetChildrenContextsByContextRequest request, ServerCallContext context) =>
        Call(request, context, store.GetChildrenContextsByContext);

    public override Task<GetParentContextsByContextsResponse> GetParentContextsByContexts(GetParentContextsByContextsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetParentContextsByContexts);

    public override Task<GetChildrenContextsByContextsResponse> GetChildrenContextsByContexts(GetChildrenContextsByContextsRequest request, ServerCallContext context) =>
        Call(request, context, store.GetChildrenContextsByContexts);

    public override Task<PutExecutionResponse> PutExecution(PutExecutionRequest request, ServerCallContext context) =>
        Call(request, context, store.PutExecution);

    public override Task<PutLineageSubgraphResponse> PutLineageSubgraph(PutLineageSubgraphRequest request, ServerCallContext context) =>
        Call(request, context, store.PutLineageSubgraph);

    public override Task<GetLineageSubgraphResponse> GetLineageSubgraph(GetLineageSubgraphRequest request, ServerCallContext context) =>
        Call(request, context, store.GetLineageSubgraph);

    private async Task<TResponse> Call<TRequest, TResponse>(
        TRequest request, ServerCallContext context, Func<TRequest, ServerCallContext, Task<TResponse>> inner, [CallerMemberName] string method = "")
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var call = new StoreCall(method, request.Clone(), _backing);
        if (!call.IsWrite)
        {
            return await Run();
        }

        // Whoever has to wait here is a writer that another MLMD would have let into a conflict.
        call.MeetsAnotherWrite = !_writing.Wait(0, context.CancellationToken);
        if (call.MeetsAnotherWrite)
        {
            await _writing.WaitAsync(context.CancellationToken);
        }

        try
        {
            return await Run();
        }
        finally
        {
            _writing.Release();
        }

        async Task<TResponse> Run() => (TResponse)await Invoke(0);

        async Task<IMessage> Invoke(int depth) => depth < quirks.Count
            ? await quirks[depth].InvokeAsync(call, () => Invoke(depth + 1))
            : await inner((TRequest)call.Request, context);
    }
}
