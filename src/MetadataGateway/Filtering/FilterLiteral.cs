using System.Globalization;
using System.Numerics;
using Superpower.Model;

namespace MetadataGateway.Filtering;

/// <summary>
/// Literals as values that a field can hold: string, bool, long, BigInteger, double or DateTimeOffset. One that a typed field can never hold is
/// a fault.
/// </summary>
internal static class FilterLiteral
{
    public static object Read(Token<FilterToken> token, FilterField field)
    {
        var value = Read(token);
        var position = token.Position.Absolute;
        return (field.Type, value) switch
        {
            (FilterFieldType.Any, _) => value,
            (FilterFieldType.Text or FilterFieldType.Enum, string) => value,
            (FilterFieldType.Number, long or BigInteger or double) => value,
            (FilterFieldType.Id, long) => value,
            (FilterFieldType.Id, string text) when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
            (FilterFieldType.TextId, string) => value,
            (FilterFieldType.TextId, long id) => id.ToString(CultureInfo.InvariantCulture),
            (FilterFieldType.Time, string text) when TryReadTime(text, out var time) => time,
            (FilterFieldType.Time, _) => throw new FilterFault(position, $"'{Spelling(field)}' takes a time such as '2026-01-01T00:00:00Z'"),
            (FilterFieldType.Id or FilterFieldType.TextId, _) => throw new FilterFault(position, $"'{Spelling(field)}' takes an id such as '42' or 42"),
            (FilterFieldType.Number, _) => throw new FilterFault(position, $"'{Spelling(field)}' takes a number"),
            _ => throw new FilterFault(position, $"'{Spelling(field)}' takes a string in single quotes"),
        };
    }

    public static LikePattern ReadPattern(Token<FilterToken> token, FilterField field, bool ignoreCase) =>
        field.Type is FilterFieldType.Text or FilterFieldType.Enum or FilterFieldType.TextId or FilterFieldType.Any
            ? LikePattern.Parse((string)Read(token), ignoreCase)
            : throw new FilterFault(token.Position.Absolute, $"'{Spelling(field)}' is no text, so LIKE cannot be used on it");

    private static object Read(Token<FilterToken> token)
    {
        var text = token.ToStringValue();
        return token.Kind switch
        {
            FilterToken.True => true,
            FilterToken.False => false,
            FilterToken.Text => text[1..^1].Replace("''", "'", StringComparison.Ordinal),
            _ => FilterNumber.Parse(text) ?? throw new FilterFault(token.Position.Absolute, $"{text} is out of range"),
        };
    }

    // RFC 3339: a date, a time and an offset.
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 20 && text[10] is 'T' or 't'
            && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static string Spelling(FilterField field) => field.Member is null ? field.Name : $"{field.Name}.{field.Member}";
}
