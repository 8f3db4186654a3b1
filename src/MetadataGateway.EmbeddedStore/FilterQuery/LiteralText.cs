using System.Globalization;
using System.Text;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Reads the value out of a literal's text.</summary>
internal static class LiteralText
{
    /// <summary>A long where it fits, else a ulong, or a double.</summary>
    public static object Number(string text, int position)
    {
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!isHexadecimal && text.AsSpan().ContainsAny(".eE"))
        {
            var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(number) ? number : throw FilterFault.At(position, $"{text} is beyond the range of a double");
        }
        var parsed = isHexadecimal
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out whole);
        if (!parsed)
            throw FilterFault.At(position, $"{text} is beyond 64 bits");
        return whole <= long.MaxValue ? (long)whole : whole;
    }

    public static string String(string text, int position)
    {
        var isRaw = text[0] is 'r' or 'R';
        var start = isRaw ? 1 : 0;
        var quote = text[start];
        var quotes = text.Length - start >= 6 && text[start + 1] == quote && text[start + 2] == quote ? 3 : 1;
        var content = text[(start + quotes)..^quotes];
        return isRaw || !content.Contains('\\') ? content : Unescape(content, position + quotes);
    }

    private static string Unescape(string content, int position)
    {
        var result = new StringBuilder(content.Length);
        for (var index = 0; index < content.Length; index++)
        {
            if (content[index] != '\\')
            {
                result.Append(content[index]);
                continue;
            }
            var escape = content[++index];
            if (Simple(escape) is { } character)
            {
                result.Append(character);
                continue;
            }
            // Octal escapes are three digits, the first of which is one of them.
            var (first, digits, radix) = escape switch
            {
                'x' or 'X' => (index + 1, 2, 16),
                'u' => (index + 1, 4, 16),
                'U' => (index + 1, 8, 16),
                >= '0' and <= '3' => (index, 3, 8),
                _ => throw FilterFault.At(position + index - 1, $"\\{escape} is not an escape; a backslash itself is written \\\\"),
            };
            if (CodePoint(content, first, digits, radix) is not { } point)
                throw FilterFault.At(position + index - 1, $"\\{escape} needs {digits} digits that make a Unicode character");
            result.Append(point.ToString());
            index = first + digits - 1;
        }
        return result.ToString();
    }

    private static char? Simple(char escape) => escape switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' or '?' or '"' or '\'' or '`' => escape,
        _ => null,
    };

    private static Rune? CodePoint(string content, int first, int digits, int radix)
    {
        if (first + digits > content.Length)
            return null;
        var value = 0L;
        foreach (var character in content.AsSpan(first, digits))
        {
            if (!char.IsAsciiHexDigit(character) || Convert.ToInt32(character.ToString(), 16) is var digit && digit >= radix)
                return null;
            value = (value * radix) + digit;
        }
        return value <= int.MaxValue && Rune.IsValid((int)value) ? new Rune((int)value) : null;
    }
}
