using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.Tests.Profiles;

/// <summary>One habit in which an MLMD differs from the embedded store. What it remembers belongs to one server.</summary>
internal abstract class Quirk
{
    /// <summary>Around a call: may change the request, refuse it, answer itself, or change the answer of <paramref name="next"/>.</summary>
    public virtual async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        await BeforeAsync(call);
        return await AfterAsync(call, await next());
    }

    protected virtual Task BeforeAsync(StoreCall call)
    {
        Before(call);
        return Task.CompletedTask;
    }

    protected virtual Task<IMessage> AfterAsync(StoreCall call, IMessage response) => Task.FromResult(After(call, response));

    protected virtual void Before(StoreCall call)
    {
    }

    protected virtual IMessage After(StoreCall call, IMessage response) => response;

    protected static RpcException Failure(StatusCode code, string text) => new(new Status(code, text));
}
