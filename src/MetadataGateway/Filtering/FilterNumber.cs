using System.Globalization;
using System.Numerics;

namespace MetadataGateway.Filtering;

/// <summary>Numbers compared by value, whatever their form: without fraction and exponent exact, else as double.</summary>
internal static class FilterNumber
{
    /// <summary>A long, a BigInteger or a double; null for a number that no double holds.</summary>
    public static object? Parse(string token)
    {
        if (token.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            return double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;
        }

        return long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? (object)integer
            : BigInteger.Parse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>Below, at or above 0 as the first is less, equal or greater; null when one of them is no finite number.</summary>
    public static int? Compare(object one, object other) => (one, other) switch
    {
        (long a, long b) => a.CompareTo(b),
        (double a, double b) when double.IsFinite(a) && double.IsFinite(b) => a.CompareTo(b),
        (double a, long or BigInteger) when double.IsFinite(a) => CompareToInteger(a, ToBig(other)),
        (long or BigInteger, double b) when double.IsFinite(b) => -CompareToInteger(b, ToBig(one)),
        (long or BigInteger, long or BigInteger) => ToBig(one).CompareTo(ToBig(other)),
        _ => null,
    };

    private static int CompareToInteger(double number, BigInteger integer)
    {
        var comparison = new BigInteger(Math.Floor(number)).CompareTo(integer);
        // Between two integers it is greater than the lower one.
        return comparison != 0 ? comparison : number > Math.Floor(number) ? 1 : 0;
    }

    private static BigInteger ToBig(object integer) => integer is long number ? number : (BigInteger)integer;
}
