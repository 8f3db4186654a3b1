using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MetadataGateway.Json;

namespace MetadataGateway.KubeflowRecords;

/// <summary>
/// Reads the JSON that Python's json module writes, and takes what that module takes and System.Text.Json does not: NaN and the
/// infinities, keys given twice (the last value wins, in the place of the first), halves of surrogate pairs. Numbers keep their
/// token. What Python would refuse is refused, by an answer and never by an exception: the text comes from a store that
/// anybody may have written to.
/// </summary>
internal static class PythonJsonReader
{
    /// <summary>Half of what Python's own reader takes; deeper text is no metadata but an attack on the stack.</summary>
    public const int MaximumDepth = 500;

    public static bool TryReadObject(string text, [NotNullWhen(true)] out JsonObject? value)
    {
        value = TryRead(text, out var node) ? node as JsonObject : null;
        // A lone NaN comes as an object too.
        return value is not null && text.AsSpan().TrimStart(Reading.WhiteSpace).StartsWith("{");
    }

    /// <summary>The value may be null for a JSON null.</summary>
    public static bool TryRead(string text, out JsonNode? value)
    {
        var reading = new Reading(text);
        if (reading.TryReadValue(0, out value) && reading.IsAtEnd())
            return true;
        value = null;
        return false;
    }

    private ref struct Reading(string text)
    {
        public const string WhiteSpace = " \t\n\r";

        private readonly ReadOnlySpan<char> text = text;
        private int at;

        public bool IsAtEnd()
        {
            SkipWhiteSpace();
            return at == text.Length;
        }

        public bool TryReadValue(int depth, out JsonNode? value)
        {
            value = null;
            if (depth > MaximumDepth)
                return false;
            SkipWhiteSpace();
            if (at == text.Length)
                return false;
            return text[at] switch
            {
                '{' => TryReadObject(depth, out value),
                '[' => TryReadArray(depth, out value),
                '"' => TryReadText(out var read) && Take(JsonValue.Create(read), out value),
                'n' => TrySkip("null"),
                't' => TrySkip("true") && Take(JsonValue.Create(true), out value),
                'f' => TrySkip("false") && Take(JsonValue.Create(false), out value),
                _ => TryReadNumber(out value),
            };
        }

        private bool TryReadObject(int depth, out JsonNode? value)
        {
            var members = new JsonObject();
            value = members;
            at++;
            SkipWhiteSpace();
            if (TrySkip("}"))
                return true;
            do
            {
                SkipWhiteSpace();
                if (!TryReadText(out var name))
                    return false;
                SkipWhiteSpace();
                if (!TrySkip(":") || !TryReadValue(depth + 1, out var member))
                    return false;
                members[name] = member;
                SkipWhiteSpace();
            }
            while (TrySkip(","));
            return TrySkip("}");
        }

        private bool TryReadArray(int depth, out JsonNode? value)
        {
            var items = new JsonArray();
            value = items;
            at++;
            SkipWhiteSpace();
            if (TrySkip("]"))
                return true;
            do
            {
                if (!TryReadValue(depth + 1, out var item))
                    return false;
                items.Add(item);
                SkipWhiteSpace();
            }
            while (TrySkip(","));
            return TrySkip("]");
        }

        private bool TryReadNumber(out JsonNode? value)
        {
            value = null;
            var length = JsonNumber.TokenLength(text[at..]);
            if (length > 0)
            {
                at += length;
                return Take(JsonNumber.FromToken(text.Slice(at - length, length).ToString()), out value);
            }

            foreach (var name in NonFiniteNumber.Names)
            {
                if (TrySkip(name))
                    return Take(NonFiniteNumber.Node(name), out value);
            }
            return false;
        }

        private bool TryReadText([NotNullWhen(true)] out string? value)
        {
            value = null;
            if (!TrySkip("\""))
                return false;

            StringBuilder? unescaped = null;
            for (var start = at; ;)
            {
                var length = text[at..].IndexOfAny('"', '\\');
                if (length < 0 || text.Slice(at, length).ContainsAnyInRange('\0', '\x1f'))
                    return false;
                at += length;
                if (text[at] == '"')
                {
                    value = unescaped is null ? text[start..at].ToString() : unescaped.Append(text[start..at]).ToString();
                    at++;
                    return true;
                }
                unescaped = (unescaped ?? new StringBuilder()).Append(text[start..at]);
                if (!TryReadEscape(out var character))
                    return false;
                unescaped.Append(character);
                start = at;
            }
        }

        private bool TryReadEscape(out char character)
        {
            character = '\0';
            if (at + 1 >= text.Length)
                return false;
            if (text[at + 1] == 'u')
            {
                if (at + 6 > text.Length
                    || !ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
                    return false;
                (character, at) = ((char)unit, at + 6);
                return true;
            }
            var escaped = "\"\\/bfnrt".IndexOf(text[at + 1], StringComparison.Ordinal);
            if (escaped < 0)
                return false;
            (character, at) = ("\"\\/\b\f\n\r\t"[escaped], at + 2);
            return true;
        }

        private void SkipWhiteSpace()
        {
            while (at < text.Length && WhiteSpace.Contains(text[at], StringComparison.Ordinal))
                at++;
        }

        private bool TrySkip(string expected)
        {
            if (!text[at..].StartsWith(expected))
                return false;
            at += expected.Length;
            return true;
        }

        private static bool Take(JsonNode node, out JsonNode? value)
        {
            value = node;
            return true;
        }
    }
}
