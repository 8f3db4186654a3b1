using k8s;
using k8s.Models;

namespace MetadataGateway.Tests.Chart;

/// <summary>
/// One golden file of <c>Chart/Rendered</c>: the chart rendered by helm for the value set of the same name in
/// <c>charts/metadata-gateway/ci</c>. <c>.ci/chart.sh</c> compares them with what helm renders now.
/// </summary>
internal sealed class RenderedChart
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Chart", "Rendered");

    private RenderedChart(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> manifests) => Manifests = manifests;

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Manifests { get; }

    public V1Deployment Deployment => Single<V1Deployment>();

    public V1Container Gateway => Assert.Single(Deployment.Spec.Template.Spec.Containers);

    public V1Service Service => Single<V1Service>();

    public static TheoryData<string> ValueSets => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    /// <summary>Reads strictly: a field that Kubernetes does not know is an error.</summary>
    public static RenderedChart Load(string valueSet)
    {
        var manifests = KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(Folder, $"{valueSet}.yaml")), strict: true);
        return new RenderedChart([.. manifests.Cast<IKubernetesObject<V1ObjectMeta>>()]);
    }

    public T Single<T>() => Assert.Single(Manifests.OfType<T>());

    public string? Environment(string name) => Gateway.Env.SingleOrDefault(variable => variable.Name == name)?.Value;
}
