using k8s;

namespace MetadataGateway.Tests.Chart;

public class ChartReadmeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Chart");

    [Fact]
    public void Readme_ValuesTable_NamesEveryValueAndNoOther()
    {
        var values = KubernetesYaml.Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(Folder, "values.yaml")));

        var documented = File.ReadLines(Path.Combine(Folder, "README.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        Assert.Equal(LeavesOf(values).Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> LeavesOf(IEnumerable<KeyValuePair<string, object>> values) =>
        values.SelectMany(value => value.Key.EndsWith("ecurityContext", StringComparison.Ordinal) || value.Key == "resources"
            ? [value.Key]
            : NestedIn(value.Value) is [_, ..] nested ? LeavesOf(nested).Select(leaf => $"{value.Key}.{leaf}") : [value.Key]);

    private static List<KeyValuePair<string, object>> NestedIn(object? value) => value is IDictionary<object, object> map
        ? [.. map.Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value))]
        : [];
}
