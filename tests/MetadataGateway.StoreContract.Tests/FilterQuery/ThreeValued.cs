namespace MetadataGateway.StoreContract.Tests.FilterQuery;

/// <summary>SQL's logic and arithmetic over long, double, string and bool, with null for NULL.</summary>
internal static class ThreeValued
{
    public static object? And(object? left, object? right) =>
        left is false || right is false ? false : left is null || right is null ? null : true;

    public static object? Or(object? left, object? right) =>
        left is true || right is true ? true : left is null || right is null ? null : false;

    public static object? Not(object? operand) => operand is bool truth ? !truth : null;

    public static object? Compare(object? left, string symbol, object? right)
    {
        if (left is null || right is null)
            return null;
        var order = (left, right) switch
        {
            (string one, string other) => string.CompareOrdinal(one, other),
            (long one, long other) => one.CompareTo(other),
            _ => Convert.ToDouble(left).CompareTo(Convert.ToDouble(right)),
        };
        return symbol switch
        {
            "=" => order == 0,
            "!=" or "<>" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public static object? Like(object? text, object? pattern, bool isNegated) =>
        text is string one && pattern is string other ? Matches(one.ToLowerInvariant(), other.ToLowerInvariant()) != isNegated : null;

    public static object? Add(object? left, object? right) =>
        Calculate(left, right, (one, other) => one + other, (one, other) => one + other);

    public static object? Multiply(object? left, object? right) =>
        Calculate(left, right, (one, other) => one * other, (one, other) => one * other);

    public static object? Subtract(object? left, object? right) =>
        Calculate(left, right, (one, other) => one - other, (one, other) => one - other);

    public static object? Divide(object? left, object? right) =>
        left is null || right is null || Convert.ToDouble(right) == 0 ? null : Convert.ToDouble(left) / Convert.ToDouble(right);

    private static object? Calculate(object? left, object? right, Func<long, long, long> ofLongs, Func<double, double, double> ofDoubles) =>
        (left, right) switch
        {
            (null, _) or (_, null) => null,
            (long one, long other) => ofLongs(one, other),
            _ => ofDoubles(Convert.ToDouble(left), Convert.ToDouble(right)),
        };

    private static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '%')
            return Matches(text, pattern[1..]) || !text.IsEmpty && Matches(text[1..], pattern);
        return !text.IsEmpty && (pattern[0] == '_' || pattern[0] == text[0]) && Matches(text[1..], pattern[1..]);
    }
}
