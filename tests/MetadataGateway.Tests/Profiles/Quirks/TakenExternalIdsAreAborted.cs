using Google.Protobuf;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>With reuse of contexts any collision of a new context is taken for a race, also with an external_id that stays taken (D19).</summary>
internal sealed class TakenExternalIdsAreAborted : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var contexts = call.Request switch
        {
            PutExecutionRequest { Options.ReuseContextIfAlreadyExist: true } put => put.Contexts.ToList(),
            PutLineageSubgraphRequest { Options.ReuseContextIfAlreadyExist: true } put => put.Contexts.ToList(),
            _ => [],
        };
        try
        {
            return await next();
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.AlreadyExists && contexts.Count > 0)
        {
            var stored = await call.Store.AllAsync(Context.Descriptor);
            var isTaken = contexts.Exists(context => !context.HasId && context.HasExternalId
                && stored.Any(other => other.ExternalId == context.ExternalId)
                && !stored.Any(other => other.TypeId == context.TypeId && other.Name == context.Name));
            if (isTaken)
            {
                throw Failure(StatusCode.Aborted, "Concurrent creation of the same context at the first time.");
            }

            throw;
        }
    }
}
