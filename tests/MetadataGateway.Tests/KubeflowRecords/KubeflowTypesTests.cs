using System.Text.Json;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Tests.KubeflowRecords;

public sealed class KubeflowTypesTests
{
    [Fact]
    public void Types_AsTheSdkMeetsThem_DeclareTheSameProperties()
    {
        var known = KubeflowTypes.ArtifactTypes.Concat(KubeflowTypes.ExecutionTypes).Append(KubeflowTypes.Workspace)
            .ToDictionary(type => type.Name, type => type.Properties.Order(StringComparer.Ordinal).ToList());

        var put = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "SdkRecords", "sdk_demo.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            foreach (var kind in (string[])["artifact_type", "execution_type", "context_type"])
            {
                if (!document.RootElement.TryGetProperty("request", out var request) || !request.TryGetProperty(kind, out var type))
                    continue;
                put[type.GetProperty("name").GetString()!] =
                    [.. type.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)];
            }
        }

        Assert.Equal(5, put.Count);
        Assert.Equal(known.OrderBy(type => type.Key, StringComparer.Ordinal), put);
    }

    [Fact]
    public void Run_AsAContextType_DeclaresWhatAWorkspaceDoes()
    {
        Assert.Equal("kubeflow.org/alpha/run", KubeflowTypes.Run.Name);
        Assert.Equal(KubeflowTypes.Workspace.Properties.AsEnumerable(), KubeflowTypes.Run.Properties.AsEnumerable());
    }

    [Theory]
    [InlineData("kubeflow.org/alpha/data_set", nameof(ArtifactKind.Dataset))]
    [InlineData("system.Dataset", nameof(ArtifactKind.Dataset))]
    [InlineData("mlmd.Dataset", nameof(ArtifactKind.Dataset))]
    [InlineData("kubeflow.org/alpha/model", nameof(ArtifactKind.Model))]
    [InlineData("system.Model", nameof(ArtifactKind.Model))]
    [InlineData("mlmd.Model", nameof(ArtifactKind.Model))]
    [InlineData("kubeflow.org/alpha/metrics", nameof(ArtifactKind.Metrics))]
    [InlineData("system.Metrics", nameof(ArtifactKind.Metrics))]
    [InlineData("system.ClassificationMetrics", nameof(ArtifactKind.Metrics))]
    [InlineData("system.SlicedClassificationMetrics", nameof(ArtifactKind.Metrics))]
    [InlineData("mlmd.Metrics", nameof(ArtifactKind.Metrics))]
    [InlineData("system.Artifact", nameof(ArtifactKind.Artifact))]
    [InlineData("System.Model", nameof(ArtifactKind.Artifact))]
    [InlineData("kubeflow.org/alpha/execution", nameof(ArtifactKind.Artifact))]
    public void Kind_OfAType_IsThatOfTheTable(string typeName, string expected)
    {
        var kind = ArtifactKinds.OfType(typeName);

        Assert.Equal(expected, kind.ToString());
        Assert.Equal(kind != ArtifactKind.Artifact, ArtifactKinds.TypeNames(kind).Contains(typeName));
    }

    [Theory]
    [InlineData(nameof(ArtifactKind.Dataset), "kubeflow.org/alpha/data_set")]
    [InlineData(nameof(ArtifactKind.Model), "kubeflow.org/alpha/model")]
    [InlineData(nameof(ArtifactKind.Metrics), "kubeflow.org/alpha/metrics")]
    [InlineData(nameof(ArtifactKind.Artifact), null)]
    public void WrittenType_OfAKind_IsTheSdksOwn(string kind, string? expected) =>
        Assert.Equal(expected, ArtifactKinds.WrittenType(Enum.Parse<ArtifactKind>(kind))?.Name);

    [Theory]
    [InlineData("__kf_workspace__", true)]
    [InlineData("__kf_run__", true)]
    [InlineData("__ALL_META__", true)]
    [InlineData("metadata-gateway/anything", true)]
    [InlineData("__all_meta__", false)]
    [InlineData("metadata-gateway", false)]
    [InlineData("name", false)]
    public void IsReserved_OfAPropertyName_HoldsForTheSdksAndOurOwn(string name, bool expected) =>
        Assert.Equal(expected, KubeflowPropertyNames.IsReserved(name));
}
