using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL and PostgreSQL: the ids that a failed call has drawn do not come back.</summary>
internal sealed class FailedInsertsTakeIds : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var tables = call.Nodes.Where(node => node.Id is null).Select(node => node.Kind.Name)
            .Concat(call.Request.Messages().Where(StoredTypes.IsType).Select(_ => "Type")).ToList();
        try
        {
            return await next();
        }
        catch (RpcException failure) when (call.IsWrite && failure.StatusCode is StatusCode.AlreadyExists or StatusCode.Internal or StatusCode.Aborted)
        {
            foreach (var table in tables)
            {
                call.Store.Execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = ?", table);
            }

            throw;
        }
    }
}
