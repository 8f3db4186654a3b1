using Google.Protobuf.Collections;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>Contexts have neither URI nor state; in return they need a name, which an update can change.</summary>
internal sealed class ContextShape() : NodeShape<Context>(NodeKind.Context)
{
    public override IReadOnlyList<string> OwnColumns { get; } = [];

    public override IReadOnlyList<string> UpdatedColumns { get; } = ["external_id", "name"];

    public override long? Id(Context node) => node.HasId ? node.Id : null;

    public override long? TypeId(Context node) => node.HasTypeId ? node.TypeId : null;

    public override string? Name(Context node) => node.HasName ? node.Name : null;

    public override string? ExternalId(Context node) => node.HasExternalId ? node.ExternalId : null;

    public override long CreateTime(Context node) => node.CreateTimeSinceEpoch;

    public override long LastUpdateTime(Context node) => node.LastUpdateTimeSinceEpoch;

    public override MapField<string, Value> Properties(Context node) => node.Properties;

    public override MapField<string, Value> CustomProperties(Context node) => node.CustomProperties;

    public override Context Read(Statement row)
    {
        var context = new Context
        {
            Id = row.Int64(0),
            TypeId = row.Int64(1),
            CreateTimeSinceEpoch = row.Int64(5),
            LastUpdateTimeSinceEpoch = row.Int64(6),
        };
        if (StoredText.Read(row.Text(2)) is { } type)
            context.Type = type;
        if (StoredText.Read(row.Text(3)) is { } name)
            context.Name = name;
        if (StoredText.Read(row.Text(4)) is { } externalId)
            context.ExternalId = externalId;
        return context;
    }

    public override Statement BindOwnColumns(Statement statement, Context node) => statement;

    public override Statement BindUpdatedColumns(Statement statement, Context node) =>
        statement.Bind(ExternalId(node)).Bind(node.Name);

    public override void CopyFields(Context from, Context to, IReadOnlySet<string> paths)
    {
        if (paths.Contains("name"))
        {
            to.ClearName();
            if (from.HasName)
                to.Name = from.Name;
        }
        if (paths.Contains("external_id"))
        {
            to.ClearExternalId();
            if (from.HasExternalId)
                to.ExternalId = from.ExternalId;
        }
    }

    public override bool SameFields(Context given, Context stored) =>
        Name(given) == Name(stored)
        && ExternalId(given) == ExternalId(stored)
        && (given.HasType ? given.Type : null) == (stored.HasType ? stored.Type : null)
        && given.SystemMetadata is null;

    public override void CheckFields(Context node)
    {
        base.CheckFields(node);
        if (string.IsNullOrEmpty(Name(node)))
            throw StoreStatus.InvalidArgument($"The {(node.HasId ? $"context with id {node.Id}" : "context")} has no name.");
    }
}
