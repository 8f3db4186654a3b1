using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using MetadataGateway.EmbeddedStore.Sqlite;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>
/// What tells the three kinds of node apart: their tables, and how their messages name the same fields. Everything else about nodes is
/// written once, in terms of this. Null stands for unset throughout: MLMD's messages tell unset from empty.
/// </summary>
internal abstract class NodeShape<TNode>(NodeKind kind)
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    public NodeKind Kind => kind;

    public string Word { get; } = kind.Word();

    public string Table { get; } = kind.ToString();

    public string PropertyTable { get; } = $"{kind}Property";

    /// <summary>The column that names the node in the property table and in the tables of edges.</summary>
    public string IdColumn { get; } = $"{kind.Word()}_id";

    /// <summary>The columns that an update writes, external_id first. The times are not among them.</summary>
    public abstract IReadOnlyList<string> UpdatedColumns { get; }

    public abstract long? Id(TNode node);

    public abstract long? TypeId(TNode node);

    public abstract string? Name(TNode node);

    public abstract string? ExternalId(TNode node);

    public abstract long LastUpdateTime(TNode node);

    public abstract long CreateTime(TNode node);

    public abstract MapField<string, Value> Properties(TNode node);

    public abstract MapField<string, Value> CustomProperties(TNode node);

    /// <summary>The node of a row: id, type_id, the type's name, name, external_id, create time, last update time, and own columns.</summary>
    public abstract TNode Read(Statement row);

    /// <summary>The columns that <see cref="Read"/> expects after the common ones.</summary>
    public abstract IReadOnlyList<string> OwnColumns { get; }

    public abstract Statement BindOwnColumns(Statement statement, TNode node);

    /// <summary>Binds <see cref="UpdatedColumns"/>.</summary>
    public abstract Statement BindUpdatedColumns(Statement statement, TNode node);

    /// <summary>Copies the fields that a mask names, unset ones too, and no others.</summary>
    public abstract void CopyFields(TNode from, TNode to, IReadOnlySet<string> paths);

    /// <summary>
    /// Whether a given node is equal to the stored one but for type_id, properties and times: the comparison by which MLMD decides
    /// whether an update touches the row. It includes name and type, which an update never changes
    /// (defect D8, docs/mlmd-compatibility.md).
    /// </summary>
    public abstract bool SameFields(TNode given, TNode stored);

    /// <summary>Refuses a node whose row could not be written, or not be read back as it is.</summary>
    public virtual void CheckFields(TNode node)
    {
        StoredText.Check(Name(node), "name");
        StoredText.Check(ExternalId(node), "external_id");
    }

    /// <summary>A short text to tell one node of a request from the others.</summary>
    public string Describe(TNode node)
    {
        if (Id(node) is { } id)
            return $"{Word} with id {id}";
        return Name(node) is { } name ? $"{Word} '{name}'" : $"{Word} without a name";
    }

    public RpcException Missing(long id) => StoreStatus.InvalidArgument($"There is no {Word} with id {id}.");
}
