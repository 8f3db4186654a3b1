using System.Text;

namespace MetadataGateway.Filtering;

/// <summary>A LIKE pattern: <c>%</c> for any text, <c>_</c> for one character, <c>\</c> makes the next one literal. Characters are code points.</summary>
internal sealed class LikePattern
{
    private enum Kind
    {
        Literal,
        One,
        Any,
    }

    private readonly List<(Kind Kind, Rune Rune)> _parts = [];
    private readonly bool _ignoreCase;

    private LikePattern(bool ignoreCase) => _ignoreCase = ignoreCase;

    public static LikePattern Parse(string pattern, bool ignoreCase)
    {
        var result = new LikePattern(ignoreCase);
        var isLiteral = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            if (!isLiteral && rune.Value == '\\')
            {
                isLiteral = true;
                continue;
            }

            var kind = isLiteral ? Kind.Literal : rune.Value switch { '%' => Kind.Any, '_' => Kind.One, _ => Kind.Literal };
            result._parts.Add((kind, result.Fold(rune)));
            isLiteral = false;
        }

        if (isLiteral)
        {
            result._parts.Add((Kind.Literal, new Rune('\\')));
        }

        return result;
    }

    /// <summary>
    /// A pattern for MLMD that matches as much or more; null when there is none. MySQL counts bytes where we count characters, and SQLite knows no escapes.
    /// </summary>
    public string? ToStorePattern()
    {
        if (_ignoreCase || _parts.Any(part => part.Kind == Kind.Literal && part.Rune.Value is '%' or '_'))
        {
            return null;
        }

        return string.Concat(_parts.Select(part => part.Kind == Kind.Literal ? part.Rune.ToString() : "%"));
    }

    public bool IsMatch(string text)
    {
        var runes = text.EnumerateRunes().Select(Fold).ToArray();
        // At a mismatch the last % takes one character more: linear memory, no recursion.
        var (at, part, lastAny, resume) = (0, 0, -1, 0);
        while (at < runes.Length)
        {
            if (part < _parts.Count && _parts[part].Kind == Kind.Any)
            {
                (lastAny, resume) = (part++, at);
            }
            else if (part < _parts.Count && (_parts[part].Kind == Kind.One || _parts[part].Rune == runes[at]))
            {
                part++;
                at++;
            }
            else if (lastAny >= 0)
            {
                part = lastAny + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return _parts.Skip(part).All(rest => rest.Kind == Kind.Any);
    }

    private Rune Fold(Rune rune) => _ignoreCase ? Rune.ToUpperInvariant(rune) : rune;
}
