using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>A name or external_id that is taken is ALREADY_EXISTS for a new node or type, but INTERNAL on an update, and across kinds of types (D1).</summary>
internal sealed class CollidingUpdatesAreInternal : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        try
        {
            return await next();
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.AlreadyExists)
        {
            if (await IsUpdateOfNodeAsync(call) || await IsTypeOfAnotherKindAsync(call))
            {
                throw Failure(StatusCode.Internal, "Error when executing query: UNIQUE constraint failed");
            }

            throw;
        }
    }

    // The first node of the request that cannot be stored decides.
    private static async Task<bool> IsUpdateOfNodeAsync(StoreCall call)
    {
        var known = new Dictionary<MessageDescriptor, List<NodeMessage>>();
        foreach (var node in call.Nodes)
        {
            if (!known.TryGetValue(node.Kind, out var others))
            {
                known[node.Kind] = others = [.. await call.Store.AllAsync(node.Kind)];
            }

            var before = others.Find(other => other.Id is not null && other.Id == node.Id);
            var typeId = node.TypeId ?? before?.TypeId;
            var mask = call.MaskPaths;
            // Names of artifacts and executions do not change.
            var name = before is null || (node.Kind == Context.Descriptor && (mask.Count == 0 || mask.Contains("name"))) ? node.Name : before.Name;
            var externalId = before is null || mask.Count == 0 || mask.Contains("external_id") ? node.ExternalId : before.ExternalId;
            var collides = others.Exists(other => other != before
                && ((name is not null && other.TypeId == typeId && other.Name == name) || (externalId is not null && other.ExternalId == externalId)));
            if (collides)
            {
                return before is not null;
            }

            others.Add(node);
        }

        return false;
    }

    private static async Task<bool> IsTypeOfAnotherKindAsync(StoreCall call)
    {
        var types = await StoredTypes.ReadAsync(call.Store);
        foreach (var type in call.Request.Messages().Where(StoredTypes.IsType).Select(message => new TypeView(message)))
        {
            var stored = types.FirstOrDefault(other => other.Kind == type.Kind && other.Name == type.Name && other.Version == type.Version);
            if (type.ExternalId is { Length: > 0 } externalId
                && types.Any(other => other.ExternalId == externalId && other.Id != stored?.Id && (stored is not null || other.Kind != type.Kind)))
            {
                return true;
            }
        }

        return false;
    }
}
