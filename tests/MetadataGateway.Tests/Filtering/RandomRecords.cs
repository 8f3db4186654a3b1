using System.Globalization;
using Grpc.Core;
using MetadataGateway.Tests.Hosting;
using MlMetadata;

namespace MetadataGateway.Tests.Filtering;

/// <summary>
/// A workspace with records of everybody: of the gateway, of the SDK (whole, broken and missing <c>__ALL_META__</c>), of Kubeflow Pipelines, and of custom
/// types, with values that MLMD's servers read differently.
/// </summary>
internal sealed class RandomRecords(GatewayFactory gateway, Random random)
{
    public const string Workspace = "random";

    public static string Instant { get; private set; } = "2026-01-01T00:00:00Z";

    public static readonly string[] Texts =
        ["a", "A", "a ", "team", "Team", "vision", "name", "uri", "id", "it's", "say \"x\"", "a\\b", "100%", "a_b", "é", "E\u0301", "line\nbreak", "state = LIVE", "properties.a.int_value", "x`y", "😀", "v1"];

    public static readonly string[] Numbers =
        ["0", "1", "-1", "7", "7.0", "7.5", "0.1", "0.30000000000000004", "0.95", "0.9499999", "1e20", "123456789.123456789", "2147483647", "9007199254740993", "1e400", "-0.0"];

    public static readonly string[] Types =
        ["kubeflow.org/alpha/data_set", "kubeflow.org/alpha/model", "kubeflow.org/alpha/metrics", "kubeflow.org/alpha/execution", "system.Model", "system.Metrics", "custom", "Custom", "mlmd.Model"];

    public long WorkspaceId { get; private set; }

    public async Task FillAsync(int count)
    {
        var created = (await gateway.Client.PutJson($"{HttpJson.Api}/workspaces/{Workspace}", "{}")).Json!;
        WorkspaceId = long.Parse((string)created["id"]!, CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            try
            {
                await (random.Next(3) == 0 ? PutExecutionAsync() : random.Next(3) == 0 ? PutOverRestAsync() : PutArtifactAsync());
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Internal or StatusCode.AlreadyExists or StatusCode.Aborted)
            {
                // More than this server holds.
            }

            if (i == count / 2)
            {
                Instant = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            }
        }
    }

    private async Task PutArtifactAsync()
    {
        var type = new ArtifactType { Name = random.Pick(Types) };
        var isOfSdk = type.Name.StartsWith("kubeflow.org", StringComparison.Ordinal);
        if (type.Name == "kubeflow.org/alpha/execution")
        {
            return;
        }

        if (!isOfSdk && type.Name[0] is 'c' or 'C')
        {
            type.Properties.Add("rows", PropertyType.Int);
            type.Properties.Add("score", PropertyType.Double);
            type.Properties.Add("flag", PropertyType.Boolean);
            type.Properties.Add("name", PropertyType.String);
        }

        var node = new Artifact { TypeId = await TypeIdAsync(type) };
        if (random.Next(3) > 0)
        {
            node.Uri = random.Pick(Texts);
        }

        if (random.Next(2) == 0)
        {
            node.State = random.Pick(Enum.GetValues<Artifact.Types.State>());
        }

        if (random.Next(6) == 0)
        {
            node.ExternalId = random.Pick(Texts);
        }

        SetCustomProperties(node.CustomProperties, isOfSdk);
        if (isOfSdk)
        {
            Set(node.Properties, "name", random.Pick(Texts));
            Set(node.Properties, "description", random.Pick(Texts));
            Set(node.Properties, "version", random.Pick(Texts));
            Set(node.Properties, "__ALL_META__", AllMeta());
        }
        else
        {
            SetTyped(node.Properties, type.Properties);
        }

        var id = (await gateway.Store.PutArtifactsAsync(new() { Artifacts = { node } })).ArtifactIds.Single();
        await gateway.Store.PutAttributionsAndAssociationsAsync(new() { Attributions = { new Attribution { ArtifactId = id, ContextId = WorkspaceId } } });
    }

    private async Task PutExecutionAsync()
    {
        var type = new ExecutionType { Name = random.Pick(["kubeflow.org/alpha/execution", "system.ContainerExecution", "custom"]) };
        if (type.Name == "custom")
        {
            type.Properties.Add("rows", PropertyType.Int);
            type.Properties.Add("score", PropertyType.Double);
            type.Properties.Add("name", PropertyType.String);
        }

        var isOfSdk = type.Name.StartsWith("kubeflow.org", StringComparison.Ordinal);
        var typeId = isOfSdk
            ? (await gateway.Store.GetExecutionTypeAsync(new() { TypeName = type.Name })).ExecutionType.Id
            : (await gateway.Store.PutExecutionTypeAsync(new() { ExecutionType = type, CanOmitFields = true, CanAddFields = true })).TypeId;
        var node = new Execution { TypeId = typeId };
        if (random.Next(2) == 0)
        {
            node.LastKnownState = random.Pick(Enum.GetValues<Execution.Types.State>());
        }

        SetCustomProperties(node.CustomProperties, isOfSdk);
        Set(node.CustomProperties, random.Pick(["display_name", "task_name", "name", "uri"]), random.Pick(Texts));
        if (isOfSdk)
        {
            Set(node.Properties, "name", random.Pick(Texts));
            Set(node.Properties, "description", random.Pick(Texts));
        }
        else
        {
            SetTyped(node.Properties, type.Properties);
        }

        var id = (await gateway.Store.PutExecutionsAsync(new() { Executions = { node } })).ExecutionIds.Single();
        await gateway.Store.PutAttributionsAndAssociationsAsync(new() { Associations = { new Association { ExecutionId = id, ContextId = WorkspaceId } } });
    }

    private Task<Answer> PutOverRestAsync() => gateway.Client.PostJson($"{HttpJson.Api}/workspaces/{Workspace}/executions", $$$"""
        {"name": "e", "run": "{{{random.Pick(["a", "Team", "v1"])}}}", "outputs": [
          {"kind": "model", "name": "m{{{random.Next(9)}}}", "uri": "u", "labels": {"team": "{{{random.Pick(["a", "A", "vision", "name"])}}}"},
           "hyperparameters": {"lr": {{{random.Pick(["0.1", "7", "7.5", "1e20"])}}}, "batchSize": {{{random.Next(9)}}}, "early": true}},
          {"kind": "metrics", "name": "x", "uri": "u", "values": {"accuracy": {{{random.Pick(["0.95", "0.9499999", "7", "0.30000000000000004"])}}}, "Loss": 0.1}}]}
        """);

    private async Task<long> TypeIdAsync(ArtifactType type) => type.Name.StartsWith("kubeflow.org", StringComparison.Ordinal) || type.Name.StartsWith("mlmd.", StringComparison.Ordinal)
        ? (await gateway.Store.GetArtifactTypeAsync(new() { TypeName = type.Name })).ArtifactType.Id
        : (await gateway.Store.PutArtifactTypeAsync(new() { ArtifactType = type, CanOmitFields = true, CanAddFields = true })).TypeId;

    private void SetCustomProperties(Google.Protobuf.Collections.MapField<string, Value> properties, bool isOfSdk)
    {
        Set(properties, "__kf_workspace__", Workspace);
        Set(properties, "__kf_run__", random.Pick(["a", "A", "Team", "it's", "v1"]));
        foreach (var name in new[] { "team", "Rows", "my key", "a-b", "id", "accuracy" }.Where(_ => random.Next(2) == 0))
        {
            properties[name] = AnyValue();
        }

        if (!isOfSdk)
        {
            Set(properties, "metadata-gateway/labels", """{"team": "vision", "Stage": "a"}""");
        }
    }

    private void SetTyped(Google.Protobuf.Collections.MapField<string, Value> properties, Google.Protobuf.Collections.MapField<string, PropertyType> declared)
    {
        foreach (var (name, type) in declared.Where(_ => random.Next(3) > 0))
        {
            properties[name] = type switch
            {
                PropertyType.Int => new Value { IntValue = random.Next(-2, 9) },
                PropertyType.Double => new Value { DoubleValue = FiniteNumber() },
                PropertyType.Boolean => new Value { BoolValue = random.Next(2) == 0 },
                _ => new Value { StringValue = random.Pick(Texts) },
            };
        }
    }

    private Value AnyValue() => random.Next(5) switch
    {
        0 => new Value { IntValue = random.Next(-2, 9) },
        1 => new Value { DoubleValue = FiniteNumber() },
        2 => new Value { BoolValue = random.Next(2) == 0 },
        3 => new Value { StructValue = new() { Fields = { ["a"] = Google.Protobuf.WellKnownTypes.Value.ForString("vision") } } },
        _ => new Value { StringValue = random.Pick(Texts) },
    };

    private double FiniteNumber() => double.Parse(random.Pick(Numbers.Where(number => number != "1e400").ToList()), CultureInfo.InvariantCulture);

    // A value is left out now and then.
    private void Set(Google.Protobuf.Collections.MapField<string, Value> properties, string name, string? text)
    {
        if (text is not null && random.Next(4) > 0)
        {
            properties[name] = new Value { StringValue = text };
        }
    }

    private string? AllMeta() => random.Next(6) switch
    {
        0 => null,
        1 => "no JSON",
        2 => "[]",
        _ => $$$"""
            {"name": "{{{random.Pick(["a", "Team", "only here"])}}}", "owner": null, "labels": {"team": "{{{random.Pick(["a", "A", "vision", "mlmd-struct::x"])}}}", "f 1": "v1", "Stage": 7},
             "hyperparameters": {"lr": {{{random.Pick(Numbers)}}}, "batchSize": [1], "early": {{{random.Pick(["true", "false", "\"a\""])}}}},
             "values": {"accuracy": {{{random.Pick([.. Numbers, "NaN", "Infinity"])}}}, "Loss": {{{random.Pick(Numbers)}}}}}
            """,
    };
}
