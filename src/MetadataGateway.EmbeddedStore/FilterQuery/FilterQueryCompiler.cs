using MetadataGateway.EmbeddedStore.Nodes;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// Turns MLMD's filter_query into a condition for SQLite. It raises INVALID_ARGUMENT for every fault that can be found without the
/// database; unknown property and type names are no faults, they match nothing.
/// </summary>
internal static class FilterQueryCompiler
{
    public static FilterCondition Compile(string filterQuery, NodeKind kind)
    {
        var filter = new FilterTypeChecker(new PathResolver(kind)).CheckFilter(FilterGrammar.Parse(filterQuery));
        var sql = new SqlText();
        new FilterSqlWriter(sql, kind).WriteFilter(filter);
        return sql.ToCondition();
    }
}
