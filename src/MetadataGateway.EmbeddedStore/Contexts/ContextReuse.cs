using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Contexts;

/// <summary>
/// Puts the contexts of an execution or of a subgraph. These need type_id and name also when they are updated by id, and can be reused:
/// a context of that type and name is then taken as it is stored, whatever else the request says of it.
/// </summary>
/// <remarks>
/// Nobody writes between the lookup and the creation, so the race in which MLMD answers ABORTED cannot happen here, and a taken
/// external_id is ALREADY_EXISTS (defect D19, docs/mlmd-compatibility.md).
/// </remarks>
internal sealed class ContextReuse(NodeSet<Context> contexts)
{
    public long Put(StoreConnection connection, Context context, bool reuseByName, bool reuseById)
    {
        if (reuseById && context.HasId)
            return contexts.Reader.Exists(connection, context.Id)
                ? context.Id
                : throw StoreStatus.NotFound($"There is no context with id {context.Id}.");
        if (!context.HasTypeId)
            throw StoreStatus.InvalidArgument($"The {contexts.Shape.Describe(context)} has no type_id.");
        if (!context.HasName)
            throw StoreStatus.InvalidArgument($"The {contexts.Shape.Describe(context)} has no name.");
        return reuseByName && !context.HasId && contexts.Reader.Find(connection, context.TypeId, context.Name) is { } stored
            ? stored.Id
            : contexts.Writer.Put(connection, context);
    }
}
