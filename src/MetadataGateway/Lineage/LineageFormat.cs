using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace MetadataGateway.Lineage;

/// <summary>A lineage as JSON, as a Graphviz digraph, or as a Mermaid flowchart.</summary>
internal static class LineageFormat
{
    public const string Dot = "text/vnd.graphviz";
    public const string Mermaid = "text/vnd.mermaid";

    public static IResult Answer(HttpRequest request, LineageQuery query, LineageResource lineage)
    {
        if (query.Format is null)
        {
            request.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        }

        return Format(lineage, query.Format ?? Accepted(request));
    }

    private static IResult Format(LineageResource lineage, string format) => format switch
    {
        "dot" => TypedResults.Text(ToDot(lineage), Dot, Encoding.UTF8),
        "mermaid" => TypedResults.Text(ToMermaid(lineage), Mermaid, Encoding.UTF8),
        _ => TypedResults.Ok(lineage),
    };

    // What the client likes best of the three; JSON when it names none of them, as most clients do.
    private static string Accepted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return "json";
        }

        return accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value?.ToLowerInvariant() switch
            {
                Dot => "dot",
                Mermaid => "mermaid",
                "application/json" or "application/*" or "*/*" => "json",
                _ => null,
            }).FirstOrDefault(format => format is not null) ?? "json";
    }

    public static string ToDot(LineageResource lineage)
    {
        var text = new StringBuilder("digraph lineage {\n  rankdir=LR;\n");
        foreach (var node in lineage.Nodes)
        {
            var shape = node.Kind == "execution" ? "box" : "ellipse";
            text.Append(CultureInfo.InvariantCulture, $"  \"{node.Ref}\" [shape={shape}, label=\"{Quote(Label(node))}\"];\n");
        }

        foreach (var edge in lineage.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"{edge.From}\" -> \"{edge.To}\" [label=\"{Quote(edge.Key ?? edge.Event)}\"];\n");
        }

        return text.Append("}\n").ToString();
    }

    public static string ToMermaid(LineageResource lineage)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in lineage.Nodes)
        {
            var label = Entities(Label(node));
            var shape = node.Kind == "execution" ? $"[\"{label}\"]" : $"([\"{label}\"])";
            text.Append(CultureInfo.InvariantCulture, $"  {Name(node.Ref)}{shape}\n");
        }

        foreach (var edge in lineage.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Name(edge.From)} -->|\"{Entities(edge.Key ?? edge.Event)}\"| {Name(edge.To)}\n");
        }

        return text.ToString();
    }

    private static string Label(LineageNode node) => $"{node.Name ?? node.Ref}\n{node.Kind}";

    private static string Name(string reference) => reference.Replace('/', '_');

    private static string Quote(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // Mermaid reads #…; as character references; everything that could end the label or be markup is written so.
    private static string Entities(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                result.Append("<br/>");
            }
            else if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '.' or '/' or ':' or '+')
            {
                result.Append(rune);
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return result.ToString();
    }
}
