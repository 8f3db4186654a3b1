using Google.Protobuf;

namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>All that the store does with the nodes of one kind.</summary>
internal sealed class NodeSet<TNode>
    where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
{
    public NodeSet(NodeShape<TNode> shape, TimeProvider clock)
    {
        Shape = shape;
        Reader = new NodeReader<TNode>(shape);
        Lists = new NodeLists<TNode>(shape, Reader);
        Writer = new NodeWriter<TNode>(shape, Reader, clock);
    }

    public NodeShape<TNode> Shape { get; }

    public NodeReader<TNode> Reader { get; }

    public NodeLists<TNode> Lists { get; }

    public NodeWriter<TNode> Writer { get; }
}
