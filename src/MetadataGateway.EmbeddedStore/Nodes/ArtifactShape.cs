using Google.Protobuf.Collections;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Nodes;

internal sealed class ArtifactShape() : NodeShape<Artifact>(NodeKind.Artifact)
{
    public override IReadOnlyList<string> OwnColumns { get; } = ["uri", "state"];

    public override IReadOnlyList<string> UpdatedColumns { get; } = ["external_id", "uri", "state"];

    public override long? Id(Artifact node) => node.HasId ? node.Id : null;

    public override long? TypeId(Artifact node) => node.HasTypeId ? node.TypeId : null;

    public override string? Name(Artifact node) => node.HasName ? node.Name : null;

    public override string? ExternalId(Artifact node) => node.HasExternalId ? node.ExternalId : null;

    public override long CreateTime(Artifact node) => node.CreateTimeSinceEpoch;

    public override long LastUpdateTime(Artifact node) => node.LastUpdateTimeSinceEpoch;

    public override MapField<string, Value> Properties(Artifact node) => node.Properties;

    public override MapField<string, Value> CustomProperties(Artifact node) => node.CustomProperties;

    public override Artifact Read(Statement row)
    {
        var artifact = new Artifact
        {
            Id = row.Int64(0),
            TypeId = row.Int64(1),
            CreateTimeSinceEpoch = row.Int64(5),
            LastUpdateTimeSinceEpoch = row.Int64(6),
        };
        if (StoredText.Read(row.Text(2)) is { } type)
            artifact.Type = type;
        if (StoredText.Read(row.Text(3)) is { } name)
            artifact.Name = name;
        if (StoredText.Read(row.Text(4)) is { } externalId)
            artifact.ExternalId = externalId;
        if (StoredText.Read(row.Text(7)) is { } uri)
            artifact.Uri = uri;
        if (row.NullableInt64(8) is { } state && Enum.IsDefined((Artifact.Types.State)state))
            artifact.State = (Artifact.Types.State)state;
        return artifact;
    }

    public override Statement BindOwnColumns(Statement statement, Artifact node) => statement
        // MLMD stores an empty URI for a missing one, and so returns one always.
        .Bind(node.Uri)
        .Bind((long?)State(node));

    public override Statement BindUpdatedColumns(Statement statement, Artifact node) =>
        BindOwnColumns(statement.Bind(ExternalId(node)), node);

    public override void CopyFields(Artifact from, Artifact to, IReadOnlySet<string> paths)
    {
        if (paths.Contains("uri"))
            to.Uri = from.Uri;
        if (paths.Contains("state"))
        {
            to.ClearState();
            if (State(from) is { } state)
                to.State = state;
        }
        if (paths.Contains("external_id"))
        {
            to.ClearExternalId();
            if (from.HasExternalId)
                to.ExternalId = from.ExternalId;
        }
    }

    public override bool SameFields(Artifact given, Artifact stored) =>
        Name(given) == Name(stored)
        && ExternalId(given) == ExternalId(stored)
        && (given.HasType ? given.Type : null) == (stored.HasType ? stored.Type : null)
        && (given.HasUri ? given.Uri : null) == (stored.HasUri ? stored.Uri : null)
        && State(given) == State(stored)
        && given.SystemMetadata is null;

    public override void CheckFields(Artifact node)
    {
        base.CheckFields(node);
        StoredText.Check(node.Uri, "uri");
    }

    // An enum number that MLMD does not know counts as unset.
    private static Artifact.Types.State? State(Artifact node) => node.HasState && Enum.IsDefined(node.State) ? node.State : null;
}
