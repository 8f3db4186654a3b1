namespace MetadataGateway.Json;

/// <summary>Finds the name a client probably meant: given in snake case or another case, or with a slip or two of the keyboard.</summary>
internal static class NearestName
{
    /// <summary>Longer names are no field of ours, and comparing them costs the product of both lengths.</summary>
    private const int LongestName = 64;

    public static string? Find(string given, IEnumerable<string> known)
    {
        if (given.Length > LongestName)
            return null;
        var bare = Bare(given);
        var (nearest, distance) = known
            .Select(name => (Name: name, Distance: Distance(bare, Bare(name))))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(candidate => candidate.Distance);
        return distance <= (bare.Length <= 4 ? 1 : 2) ? nearest : null;
    }

    private static string Bare(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Letters to add, drop, change, or swap with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var change = from[i - 1] == to[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[from.Length, to.Length];
    }
}
