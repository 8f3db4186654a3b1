using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MetadataGateway.Json;

/// <summary>What is wrong with the text of a request body.</summary>
/// <param name="Path">JSON path of the place; <see cref="JsonPath.Root"/> when the text as a whole is no JSON.</param>
/// <param name="Message">A sentence for the API's user.</param>
/// <param name="Position">Offset in bytes from the start of the JSON text.</param>
internal sealed record JsonBodyFault(string Path, string Message, long Position);

/// <summary>
/// Takes a request body as JSON and nothing else: strict UTF-8 (a byte order mark is let pass), one document, no comments, no key
/// twice, no halves of surrogate pairs, nested no deeper than <see cref="MaximumDepth"/>. Texts and names of what is let in
/// here can be read everywhere else without an exception.
/// </summary>
internal static class StrictJsonBody
{
    public const int MaximumDepth = 64;

    private static readonly string TooDeep = $"The body is nested more than {MaximumDepth} levels deep.";

    /// <summary>A body can hold more faults than anybody reads, and each names a path.</summary>
    private const int MaximumFaults = 100;

    public static bool TryParse(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out JsonDocument? document,
        ICollection<JsonBodyFault> faults)
    {
        document = null;
        var body = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        var found = Check(body.Span);
        foreach (var fault in found)
            faults.Add(fault);
        if (found.Count > 0)
            return false;
        document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        return true;
    }

    private static List<JsonBodyFault> Check(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return [new JsonBodyFault(JsonPath.Root, "The body is not valid UTF-8.", EndOfValidUtf8(utf8))];
        if (IsBlank(utf8))
            return [new JsonBodyFault(JsonPath.Root, "The body is empty; a JSON document is expected.", 0)];

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth + 1 });
        var walk = new JsonBodyWalk();
        try
        {
            while (walk.Faults.Count < MaximumFaults && reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaximumDepth)
                    return [new JsonBodyFault(JsonPath.Root, TooDeep, reader.TokenStartIndex)];
                walk.Take(ref reader);
            }
        }
        catch (JsonException exception)
        {
            var position = Position(utf8, exception);
            return [new JsonBodyFault(JsonPath.Root, SyntaxMessage(utf8[position..], position), position)];
        }
        return walk.Faults;
    }

    private static string SyntaxMessage(ReadOnlySpan<byte> rest, int position)
    {
        if (IsBlank(rest))
            return "The body is not valid JSON: it ends too early.";
        Rune.DecodeFromUtf8(rest, out var rune, out _);
        var shown = Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
        var hint = rune.Value == '/' ? "; JSON has no comments" : "";
        return $"The body is not valid JSON: unexpected {shown} at byte {position}{hint}.";
    }

    /// <summary>System.Text.Json tells the line and the byte in it, both counted from 0.</summary>
    private static int Position(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        var lineStart = 0;
        for (var line = 0L; line < exception.LineNumber; line++)
            lineStart += utf8[lineStart..].IndexOf((byte)'\n') + 1;
        return (int)Math.Min(lineStart + (exception.BytePositionInLine ?? 0), utf8.Length);
    }

    private static int EndOfValidUtf8(ReadOnlySpan<byte> utf8)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(utf8[position..], out _, out var length) == OperationStatus.Done)
            position += length;
        return position;
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
