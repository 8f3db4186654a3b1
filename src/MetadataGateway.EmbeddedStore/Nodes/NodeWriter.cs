using Google.Protobuf;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using Microsoft.Data.Sqlite;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>Creates nodes without an id, updates those with one.</summary>
internal sealed class NodeWriter<TNode>(NodeShape<TNode> shape, NodeReader<TNode> reader, TimeProvider clock)
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    private readonly PropertyWriter<TNode> properties = new(shape);
    private readonly string insert = InsertStatement(shape);

    private readonly string update =
        $"UPDATE {shape.Table} SET {string.Join(", ", shape.UpdatedColumns.Select(column => column + " = ?"))}, "
        + "last_update_time_since_epoch = ? WHERE id = ?";

    public long Put(StoreConnection connection, TNode node, NodeUpdate? options = null)
    {
        if (shape.Id(node) is not { } id)
            return Create(connection, node);
        Update(connection, id, node, options ?? NodeUpdate.Replace);
        return id;
    }

    /// <summary>MLMD's checks of a node's type and declared properties, alone.</summary>
    public void CheckProperties(StoreConnection connection, long typeId, TNode node, UpdateMask? mask = null)
    {
        var given = shape.Properties(node).Where(property => mask?.Properties.Covers(property.Key) ?? true).ToList();
        var declared = given.Count == 0 ? [] : TypeReader.Properties(connection, typeId);
        foreach (var (name, value) in given)
        {
            if (!declared.TryGetValue(name, out var kind))
                throw StoreStatus.InvalidArgument($"The property '{name}' of the {shape.Describe(node)} is not declared by type {typeId}.");
            if (value.Kind() != kind)
                throw StoreStatus.InvalidArgument($"The property '{name}' of the {shape.Describe(node)} must be {kind}, not {value.ValueCase}.");
            PropertyValue.CheckStorable($"The property '{name}' of the {shape.Describe(node)}", value);
        }
        foreach (var (name, value) in shape.CustomProperties(node).Where(property => mask?.CustomProperties.Covers(property.Key) ?? true))
            PropertyValue.CheckStorable($"The custom property '{name}' of the {shape.Describe(node)}", value);
    }

    private long Create(StoreConnection connection, TNode node)
    {
        if (shape.TypeId(node) is not { } typeId)
            throw StoreStatus.InvalidArgument($"The {shape.Describe(node)} has no type_id.");
        if (!TypeReader.Exists(connection, shape.Kind, typeId))
            throw StoreStatus.NotFound($"There is no {shape.Word} type with the id {typeId} of the {shape.Describe(node)}.");
        CheckProperties(connection, typeId, node);
        shape.CheckFields(node);
        var now = Now();
        var statement = connection.Prepare(insert)
            .Bind(typeId)
            .Bind(shape.Name(node))
            .Bind(shape.ExternalId(node))
            .Bind(now)
            .Bind(now);
        Run(shape.BindOwnColumns(statement, node), node);
        var id = connection.LastInsertedId;
        properties.InsertAll(connection, id, node);
        return id;
    }

    private void Update(StoreConnection connection, long id, TNode given, NodeUpdate options)
    {
        var stored = reader.Find(connection, id) ?? throw shape.Missing(id);
        var storedTime = shape.LastUpdateTime(stored);
        if (options.AbortIfChanged && shape.LastUpdateTime(given) != storedTime)
            throw StoreStatus.FailedPrecondition(
                $"The {shape.Word} with id {id} was last updated at {storedTime}, not at the given {shape.LastUpdateTime(given)}.");
        var typeId = shape.TypeId(stored)!.Value;
        if (shape.TypeId(given) is { } givenTypeId && givenTypeId != typeId)
            throw StoreStatus.InvalidArgument($"The {shape.Word} with id {id} has the type_id {typeId}, not {givenTypeId}.");
        CheckProperties(connection, typeId, given, options.Mask);

        var changed = UpdateProperties(connection, id, stored, given, options.Mask);
        if (!changed && !options.ForceUpdateTime && shape.SameFields(given, stored))
            return;
        var target = given;
        if (options.Mask is { } mask)
        {
            target = stored;
            shape.CopyFields(given, target, mask.Fields);
        }
        shape.CheckFields(target);
        // A writer that compares times must see each of its own writes, also two in one millisecond.
        var now = options.AbortIfChanged ? Math.Max(Now(), storedTime + 1) : Now();
        Run(shape.BindUpdatedColumns(connection.Prepare(update), target).Bind(now).Bind(id), given);
    }

    private bool UpdateProperties(StoreConnection connection, long id, TNode stored, TNode given, UpdateMask? mask)
    {
        var changed = properties.Update(
            connection, id, custom: false, shape.Properties(stored), shape.Properties(given), mask?.Properties);
        return properties.Update(
            connection, id, custom: true, shape.CustomProperties(stored), shape.CustomProperties(given), mask?.CustomProperties) || changed;
    }

    private void Run(Statement statement, TNode node)
    {
        try
        {
            statement.Run();
        }
        catch (SqliteException failure) when (failure.IsUniquenessViolation())
        {
            throw StoreStatus.AlreadyExists($"The name or the external_id of the {shape.Describe(node)} is taken by another {shape.Word}.");
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static string InsertStatement(NodeShape<TNode> shape)
    {
        string[] columns =
            ["type_id", "name", "external_id", "create_time_since_epoch", "last_update_time_since_epoch", .. shape.OwnColumns];
        return $"INSERT INTO {shape.Table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
    }
}
