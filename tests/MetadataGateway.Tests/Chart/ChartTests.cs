using k8s.Models;

namespace MetadataGateway.Tests.Chart;

public class ChartTests
{
    public static TheoryData<string> ValueSets => RenderedChart.ValueSets;

    [Theory]
    [MemberData(nameof(ValueSets))]
    public void Render_AnyValueSet_IsValidAndFitsTogether(string valueSet)
    {
        var chart = RenderedChart.Load(valueSet);

        var pod = chart.Deployment.Spec.Template;
        Assert.All(chart.Manifests, manifest => Assert.Equal("metadata", manifest.Metadata.NamespaceProperty));
        Assert.Equal(chart.Manifests.Count, chart.Manifests.Select(manifest => (manifest.Kind, manifest.Metadata.Name)).Distinct().Count());
        Assert.All(chart.Deployment.Spec.Selector.MatchLabels, label => Assert.Equal(label.Value, pod.Metadata.Labels[label.Key]));
        Assert.Equal(chart.Deployment.Spec.Selector.MatchLabels, chart.Service.Spec.Selector);
        Assert.Equal(chart.Gateway.Ports.Select(port => port.Name), chart.Service.Spec.Ports.Select(port => port.Name));
        Assert.All(chart.Service.Spec.Ports, port => Assert.Equal(port.Name, port.TargetPort.Value));
        Assert.Equal(pod.Spec.Volumes?.Select(volume => volume.Name), chart.Gateway.VolumeMounts?.Select(mount => mount.Name));
        Assert.Equal(chart.Gateway.Env.Count, chart.Gateway.Env.Select(variable => variable.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(ValueSets))]
    public void Render_AnyValueSet_RunsUnprivileged(string valueSet)
    {
        var chart = RenderedChart.Load(valueSet);

        var pods = new[] { chart.Deployment.Spec.Template.Spec, chart.Single<V1Pod>().Spec };
        Assert.All(pods, pod =>
        {
            var container = Assert.Single(pod.Containers);
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal(1654, pod.SecurityContext.RunAsUser);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.NotEmpty(container.Resources.Limits);
        });
    }

    [Theory]
    [MemberData(nameof(ValueSets))]
    public void Render_AnyValueSet_ProbesTheHealthEndpoints(string valueSet)
    {
        var gateway = RenderedChart.Load(valueSet).Gateway;

        Assert.Equal("/livez", gateway.StartupProbe.HttpGet.Path);
        Assert.Equal("/livez", gateway.LivenessProbe.HttpGet.Path);
        Assert.Equal("/readyz", gateway.ReadinessProbe.HttpGet.Path);
    }

    [Theory]
    [MemberData(nameof(ValueSets))]
    public void Render_AnyValueSet_TestPodIsNoEndpointOfTheService(string valueSet)
    {
        var chart = RenderedChart.Load(valueSet);

        var test = chart.Single<V1Pod>();
        Assert.Equal("test", test.Metadata.Annotations["helm.sh/hook"]);
        Assert.Equal(chart.Gateway.Image, Assert.Single(test.Spec.Containers).Image);
        Assert.Contains(chart.Service.Spec.Selector, label => test.Metadata.Labels[label.Key] != label.Value);
        Assert.Equal(
            ["--health-check", $"http://{chart.Service.Metadata.Name}:{chart.Service.Spec.Ports[0].Port}/readyz"],
            test.Spec.Containers[0].Args);
    }

    [Fact]
    public void Render_Default_RunsTheEmbeddedStoreOnAClaim()
    {
        var chart = RenderedChart.Load("default");

        var claim = chart.Single<V1PersistentVolumeClaim>();
        var data = Assert.Single(chart.Deployment.Spec.Template.Spec.Volumes);
        Assert.Equal(1, chart.Deployment.Spec.Replicas);
        Assert.Equal("Recreate", chart.Deployment.Spec.Strategy.Type);
        Assert.Equal(claim.Metadata.Name, data.PersistentVolumeClaim.ClaimName);
        Assert.Equal("keep", claim.Metadata.Annotations["helm.sh/resource-policy"]);
        Assert.Equal("/data", Assert.Single(chart.Gateway.VolumeMounts).MountPath);
        Assert.Equal("/data/metadata.db", chart.Environment("EmbeddedStore__DatabasePath"));
        Assert.Equal("http://0.0.0.0:9090", chart.Environment("EmbeddedStore__GrpcUrl"));
        Assert.Null(chart.Environment("MetadataStore__Address"));
        Assert.Equal([8080, 9090], chart.Gateway.Ports.Select(port => port.ContainerPort));
        Assert.Empty(chart.Manifests.OfType<V1PodDisruptionBudget>());
        Assert.Empty(chart.Manifests.OfType<V1Ingress>());
    }

    [Fact]
    public void Render_Remote_SharesMlmdBetweenReplicasWithoutAVolume()
    {
        var chart = RenderedChart.Load("remote");

        Assert.Equal(3, chart.Deployment.Spec.Replicas);
        Assert.Equal("RollingUpdate", chart.Deployment.Spec.Strategy.Type);
        Assert.Equal("http://metadata-grpc-service.kubeflow:8080", chart.Environment("MetadataStore__Address"));
        Assert.Equal("00:00:05", chart.Environment("MetadataStore__Deadline"));
        Assert.DoesNotContain(chart.Gateway.Env, variable => variable.Name.StartsWith("EmbeddedStore", StringComparison.Ordinal));
        Assert.Null(chart.Deployment.Spec.Template.Spec.Volumes);
        Assert.Empty(chart.Manifests.OfType<V1PersistentVolumeClaim>());
        Assert.Equal("http", Assert.Single(chart.Service.Spec.Ports).Name);
        Assert.Equal("1", chart.Single<V1PodDisruptionBudget>().Spec.MaxUnavailable.Value);
        Assert.Equal(chart.Service.Spec.Selector, chart.Single<V1PodDisruptionBudget>().Spec.Selector.MatchLabels);
    }

    [Fact]
    public void Render_Tls_MountsTheSecretWhereTheKeysPoint()
    {
        var chart = RenderedChart.Load("tls");

        var mount = Assert.Single(chart.Gateway.VolumeMounts);
        Assert.Equal("mlmd-client", Assert.Single(chart.Deployment.Spec.Template.Spec.Volumes).Secret.SecretName);
        Assert.True(mount.ReadOnlyProperty);
        Assert.Equal($"{mount.MountPath}/ca.crt", chart.Environment("MetadataStore__RootCertificates"));
        Assert.Equal($"{mount.MountPath}/tls.crt", chart.Environment("MetadataStore__CertificateChain"));
        Assert.Equal($"{mount.MountPath}/tls.key", chart.Environment("MetadataStore__PrivateKey"));
    }

    [Fact]
    public void Render_Ingress_RoutesHostAndPathsToTheHttpPort()
    {
        var chart = RenderedChart.Load("ingress");

        var ingress = chart.Single<V1Ingress>().Spec;
        var rule = Assert.Single(ingress.Rules);
        var path = Assert.Single(rule.Http.Paths);
        Assert.Equal("nginx", ingress.IngressClassName);
        Assert.Equal("metadata.example.com", rule.Host);
        Assert.Equal("/api", path.Path);
        Assert.Equal(chart.Service.Metadata.Name, path.Backend.Service.Name);
        Assert.Equal("http", path.Backend.Service.Port.Name);
        Assert.Equal("metadata-tls", Assert.Single(ingress.Tls).SecretName);
    }

    [Fact]
    public void Render_WithoutGrpcOnAnExistingClaim_OpensNoPortAndMakesNoClaim()
    {
        var chart = RenderedChart.Load("ingress");

        Assert.Equal("", chart.Environment("EmbeddedStore__GrpcUrl"));
        Assert.Equal("http", Assert.Single(chart.Gateway.Ports).Name);
        Assert.Equal("metadata-records", chart.Deployment.Spec.Template.Spec.Volumes[0].PersistentVolumeClaim.ClaimName);
        Assert.Empty(chart.Manifests.OfType<V1PersistentVolumeClaim>());
        Assert.Empty(chart.Manifests.OfType<V1ServiceAccount>());
        Assert.Equal("default", chart.Deployment.Spec.Template.Spec.ServiceAccountName);
        Assert.Equal("20000", chart.Environment("Limits__ScanBudget"));
        Assert.Equal("Warning", chart.Environment("Logging__LogLevel__Default"));
    }

    [Fact]
    public void Render_WithoutPersistence_UsesAnEmptyDirectory()
    {
        var chart = RenderedChart.Load("throwaway");

        Assert.NotNull(Assert.Single(chart.Deployment.Spec.Template.Spec.Volumes).EmptyDir);
        Assert.Empty(chart.Manifests.OfType<V1PersistentVolumeClaim>());
        Assert.Equal("NodePort", chart.Service.Spec.Type);
        Assert.Equal([80, 9999], chart.Service.Spec.Ports.Select(port => port.Port));
    }
}
