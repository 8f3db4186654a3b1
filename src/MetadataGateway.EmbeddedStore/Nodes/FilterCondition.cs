namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>
/// A compiled <c>filter_query</c>: a boolean SQL expression over the node table under the alias <c>node</c>
/// (<c>node.id</c>, <c>node.type_id</c>, …), AND-ed to the other conditions of a list.
/// </summary>
/// <param name="Sql">The expression. Values never stand in it: each is an anonymous parameter, <c>?</c>.</param>
/// <param name="Parameters">Values of the parameters, in the order of their question marks: long, double, string or bool.</param>
internal sealed record FilterCondition(string Sql, IReadOnlyList<object> Parameters);
