using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using Microsoft.Data.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Types;

/// <summary>Creates types and lets them evolve. A type is known by its kind, name and version; a given id is ignored.</summary>
/// <param name="CanAdd">Whether a request may bring properties that the stored type does not have.</param>
/// <param name="CanOmit">Whether it may leave out stored ones, which stay all the same: nothing is ever removed from a type.</param>
internal sealed record TypeEvolution(bool CanAdd, bool CanOmit)
{
    public long Put(StoreConnection connection, TypeDefinition type)
    {
        var stored = TypeReader.Find(connection, type.Kind, type.Name, type.Version);
        var id = stored is null ? Create(connection, type) : Update(connection, stored, type);
        if (type.BaseType is { } number)
            BaseTypes.Put(connection, type, id, number);
        return id;
    }

    private static long Create(StoreConnection connection, TypeDefinition type)
    {
        if (type.Name.Length == 0)
            throw StoreStatus.InvalidArgument($"The {type.Kind.Word()} type has no name.");
        foreach (var (name, kind) in type.Properties)
            CheckProperty(type, name, kind);
        StoredText.Check(type.Name, "name");
        StoredText.Check(type.Version, "version");
        StoredText.Check(type.Description, "description");
        StoredText.Check(type.ExternalId, "external_id");
        InsertType(connection, type);
        var id = connection.LastInsertedId;
        foreach (var (name, kind) in type.Properties)
            InsertProperty(connection, id, name, kind);
        return id;
    }

    private static void InsertType(StoreConnection connection, TypeDefinition type)
    {
        try
        {
            connection.Prepare(
                "INSERT INTO Type (name, version, type_kind, description, input_type, output_type, external_id) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .Bind(type.Name)
                .Bind(type.Version)
                .Bind(type.Kind.TypeKind())
                .Bind(type.Description)
                .Bind(type.InputType)
                .Bind(type.OutputType)
                .Bind(type.ExternalId)
                .Run();
        }
        catch (SqliteException failure) when (failure.IsUniquenessViolation())
        {
            throw ExternalIdTaken(type);
        }
    }

    /// <summary>Only properties and a non-empty external id change; MLMD ignores other differences silently.</summary>
    private long Update(StoreConnection connection, StoredType stored, TypeDefinition type)
    {
        foreach (var (name, kind) in stored.Properties)
            if (!type.Properties.TryGetValue(name, out var wanted))
                Allow(CanOmit, type, $"it leaves out the property '{name}', and can_omit_fields is not set");
            else
                Allow(wanted == kind, type, $"its property '{name}' is {wanted}, not {kind}");
        foreach (var (name, kind) in type.Properties.Where(property => !stored.Properties.ContainsKey(property.Key)))
        {
            Allow(CanAdd, type, $"it adds the property '{name}', and can_add_fields is not set");
            CheckProperty(type, name, kind);
            InsertProperty(connection, stored.Id, name, kind);
        }
        if (!string.IsNullOrEmpty(type.ExternalId) && type.ExternalId != stored.ExternalId)
            ChangeExternalId(connection, stored.Id, type);
        return stored.Id;
    }

    private static void ChangeExternalId(StoreConnection connection, long id, TypeDefinition type)
    {
        StoredText.Check(type.ExternalId, "external_id");
        try
        {
            connection.Prepare("UPDATE Type SET external_id = ? WHERE id = ?").Bind(type.ExternalId).Bind(id).Run();
        }
        catch (SqliteException failure) when (failure.IsUniquenessViolation())
        {
            throw ExternalIdTaken(type);
        }
    }

    private static void InsertProperty(StoreConnection connection, long id, string name, PropertyType kind) =>
        connection.Prepare("INSERT INTO TypeProperty (type_id, name, data_type) VALUES (?, ?, ?)")
            .Bind(id).Bind(name).Bind((long)kind).Run();

    private static void CheckProperty(TypeDefinition type, string name, PropertyType kind)
    {
        StoredText.Check(name, "property name");
        if (kind == PropertyType.Unknown)
            throw StoreStatus.InvalidArgument($"The property '{name}' of the {type.Kind.Word()} type '{type.Name}' has the type UNKNOWN.");
    }

    private static void Allow(bool allowed, TypeDefinition type, string difference)
    {
        if (!allowed)
            throw StoreStatus.AlreadyExists($"The {type.Kind.Word()} type '{type.Name}' exists, and the one given differs: {difference}.");
    }

    private static Grpc.Core.RpcException ExternalIdTaken(TypeDefinition type) =>
        StoreStatus.AlreadyExists($"Another type has the external_id '{type.ExternalId}' of the {type.Kind.Word()} type '{type.Name}'.");
}
