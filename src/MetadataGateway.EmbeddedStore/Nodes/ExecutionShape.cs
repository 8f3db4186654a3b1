using Google.Protobuf.Collections;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Nodes;

internal sealed class ExecutionShape() : NodeShape<Execution>(NodeKind.Execution)
{
    public override IReadOnlyList<string> OwnColumns { get; } = ["last_known_state"];

    public override IReadOnlyList<string> UpdatedColumns { get; } = ["external_id", "last_known_state"];

    public override long? Id(Execution node) => node.HasId ? node.Id : null;

    public override long? TypeId(Execution node) => node.HasTypeId ? node.TypeId : null;

    public override string? Name(Execution node) => node.HasName ? node.Name : null;

    public override string? ExternalId(Execution node) => node.HasExternalId ? node.ExternalId : null;

    public override long CreateTime(Execution node) => node.CreateTimeSinceEpoch;

    public override long LastUpdateTime(Execution node) => node.LastUpdateTimeSinceEpoch;

    public override MapField<string, Value> Properties(Execution node) => node.Properties;

    public override MapField<string, Value> CustomProperties(Execution node) => node.CustomProperties;

    public override Execution Read(Statement row)
    {
        var execution = new Execution
        {
            Id = row.Int64(0),
            TypeId = row.Int64(1),
            CreateTimeSinceEpoch = row.Int64(5),
            LastUpdateTimeSinceEpoch = row.Int64(6),
        };
        if (StoredText.Read(row.Text(2)) is { } type)
            execution.Type = type;
        if (StoredText.Read(row.Text(3)) is { } name)
            execution.Name = name;
        if (StoredText.Read(row.Text(4)) is { } externalId)
            execution.ExternalId = externalId;
        if (row.NullableInt64(7) is { } state && Enum.IsDefined((Execution.Types.State)state))
            execution.LastKnownState = (Execution.Types.State)state;
        return execution;
    }

    public override Statement BindOwnColumns(Statement statement, Execution node) => statement.Bind((long?)State(node));

    public override Statement BindUpdatedColumns(Statement statement, Execution node) =>
        BindOwnColumns(statement.Bind(ExternalId(node)), node);

    public override void CopyFields(Execution from, Execution to, IReadOnlySet<string> paths)
    {
        if (paths.Contains("last_known_state"))
        {
            to.ClearLastKnownState();
            if (State(from) is { } state)
                to.LastKnownState = state;
        }
        if (paths.Contains("external_id"))
        {
            to.ClearExternalId();
            if (from.HasExternalId)
                to.ExternalId = from.ExternalId;
        }
    }

    public override bool SameFields(Execution given, Execution stored) =>
        Name(given) == Name(stored)
        && ExternalId(given) == ExternalId(stored)
        && (given.HasType ? given.Type : null) == (stored.HasType ? stored.Type : null)
        && State(given) == State(stored)
        && given.SystemMetadata is null;

    // An enum number that MLMD does not know counts as unset.
    private static Execution.Types.State? State(Execution node) =>
        node.HasLastKnownState && Enum.IsDefined(node.LastKnownState) ? node.LastKnownState : null;
}
