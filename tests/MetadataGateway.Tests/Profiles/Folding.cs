namespace MetadataGateway.Tests.Profiles;

/// <summary>How MySQL compares texts here: without the case of ASCII letters, and without trailing blanks.</summary>
internal sealed class Folding : IEqualityComparer<string>
{
    public static Folding Comparer { get; } = new();

    public static string Of(string text) =>
        string.Concat(text.TrimEnd(' ').Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    public bool Equals(string? left, string? right) => left is null || right is null ? left == right : Of(left) == Of(right);

    public int GetHashCode(string text) => Of(text).GetHashCode(StringComparison.Ordinal);
}
