using System.Text;

namespace MetadataGateway.Json;

/// <summary>Names a place in a JSON document the way problem answers do: <c>outputs[0].uri</c>, <c>labels['a.b']</c>.</summary>
internal static class JsonPath
{
    /// <summary>The document itself.</summary>
    public const string Root = "$";

    public static string Member(string parent, string name)
    {
        if (!IsPlain(name))
            return string.Concat(parent is Root ? "" : parent, Quote(name));
        return parent is "" or Root ? name : $"{parent}.{name}";
    }

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string Quote(string name)
    {
        var quoted = new StringBuilder("['");
        foreach (var character in name)
        {
            if (character is '\'' or '\\')
                quoted.Append('\\');
            quoted.Append(character);
        }
        return quoted.Append("']").ToString();
    }
}
