using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>API fields to MLMD artifact. Pure; faults carry JSON paths below <c>path</c>.</summary>
internal static class ArtifactWriting
{
    /// <summary>A new node. MLMD's own <c>name</c> stays unset: MLMD would make it unique per type.</summary>
    public static Artifact ToNode(
        this ArtifactRequest request, ArtifactKind kind, RegisteredType type, string workspace, string? run, string createTime,
        string path, ICollection<Fault> faults)
    {
        var node = new Artifact { TypeId = type.Id, Type = type.Name };
        node.CustomProperties.SetText(KubeflowPropertyNames.Workspace, workspace);
        node.CustomProperties.SetText(KubeflowPropertyNames.Run, run);
        ArtifactRecord record = kind == ArtifactKind.Artifact ? new CustomArtifactRecord(node, type) : SdkArtifactRecord.New(node, kind, createTime);
        Apply(record, request, request.GivenFields(), type, path, faults);
        node.ClearType();
        return node;
    }

    /// <summary>Carries the named fields over into the record; the others are not touched.</summary>
    /// <param name="record">The record to change.</param>
    /// <param name="request">Values of the fields; null removes.</param>
    /// <param name="fields">The fields to carry over.</param>
    /// <param name="type">The record's type, for what it declares.</param>
    /// <param name="path">Where the request stands in its body, for faults.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="isPatch">Whether objects are changed member by member, a null taking one away, rather than replaced.</param>
    public static void Apply(
        ArtifactRecord record, ArtifactRequest request, IEnumerable<string> fields, RegisteredType? type, string path, ICollection<Fault> faults,
        bool isPatch = false)
    {
        // Properties first: a text field may be one of them, and what is given under its own name wins.
        foreach (var field in fields.OrderBy(field => field is not ("properties" or "customProperties")))
        {
            switch (field)
            {
                case "uri":
                    record.SetUri(Given(request.Uri));
                    break;
                case "state":
                    SetState(record.Node, Given(request.State));
                    break;
                case "externalId":
                    SetExternalId(record.Node, Given(request.ExternalId));
                    break;
                case "properties":
                    record.Node.Properties.Apply(
                        request.Properties, isPatch, name => name == KubeflowPropertyNames.AllMeta,
                        name => DeclaredType(name, type, path, faults), $"{path}properties", faults);
                    break;
                case "customProperties":
                    RefuseReserved(record, request.CustomProperties, path, faults);
                    record.Node.CustomProperties.Apply(
                        request.CustomProperties, isPatch, record.IsHidden, _ => null, $"{path}customProperties", faults);
                    break;
                case var text when ArtifactFields.Texts.ContainsKey(text):
                    SetText(record, request, text, path, faults);
                    break;
                default:
                    var given = ObjectOf(request, field);
                    record.SetObject(field, isPatch ? MergePatch.Apply(ForeignJson.AsObject(record.GetObject(field)), given) : given);
                    break;
            }
        }
    }

    public static string? TextOf(this ArtifactRequest request, string field) => Given(field switch
    {
        "name" => request.Name,
        "description" => request.Description,
        "owner" => request.Owner,
        "version" => request.Version,
        "query" => request.Query,
        "modelType" => request.ModelType,
        "dataSetId" => request.DataSetId,
        "modelId" => request.ModelId,
        "metricsType" => request.MetricsType,
        _ => throw new ArgumentException($"'{field}' is no text field of an artifact."),
    });

    private static JsonObject? ObjectOf(ArtifactRequest request, string field) => field switch
    {
        "labels" => request.Labels,
        "trainingFramework" => request.TrainingFramework,
        "hyperparameters" => request.Hyperparameters,
        "values" => request.Values,
        "additionalProperties" => request.AdditionalProperties,
        _ => throw new ArgumentException($"'{field}' is no object field of an artifact."),
    };

    /// <summary>The fields that the request sets; absent, null and empty text mean the same.</summary>
    public static IEnumerable<string> GivenFields(this ArtifactRequest request) =>
        ArtifactFields.Texts.Keys.Where(field => request.TextOf(field) is not null)
            .Concat(ArtifactFields.Objects.Keys.Where(field => ObjectOf(request, field) is not null))
            .Concat(Present(("uri", Given(request.Uri)), ("state", Given(request.State)), ("externalId", Given(request.ExternalId)),
                ("properties", request.Properties), ("customProperties", request.CustomProperties)));

    private static IEnumerable<string> Present(params (string Field, object? Value)[] fields) =>
        fields.Where(field => field.Value is not null).Select(field => field.Field);

    private static void SetText(ArtifactRecord record, ArtifactRequest request, string field, string path, ICollection<Fault> faults)
    {
        var text = request.TextOf(field);
        if (record.GetText(field) == text)
        {
            return;
        }

        var property = ArtifactFields.Texts[field];
        if (request.Properties?[property] is not null && record.Node.Properties.GetText(property) is not null)
        {
            faults.Add(new Fault($"{path}{field}", $"'{field}' and 'properties.{property}' are the same to this type, but differ."));
        }
        else
        {
            record.SetText(field, text);
        }
    }

    private static PropertyType? DeclaredType(string name, RegisteredType? type, string path, ICollection<Fault> faults)
    {
        if (type is not null && type.Properties.TryGetValue(name, out var declared))
        {
            return declared;
        }

        faults.Add(new Fault(Json.JsonPath.Member($"{path}properties", name), $"The type '{type?.Name}' declares no property '{name}'."));
        return null;
    }

    private static void RefuseReserved(ArtifactRecord record, JsonObject? given, string path, ICollection<Fault> faults)
    {
        // Names that no record may have are refused with the rest of the body.
        foreach (var name in (given ?? []).Select(member => member.Key).Where(name => record.IsReserved(name) && !KubeflowPropertyNames.IsReserved(name)))
        {
            faults.Add(new Fault(Json.JsonPath.Member($"{path}customProperties", name), $"'{name}' belongs to another field or to the gateway and cannot be set here."));
        }
    }

    private static void SetState(Artifact node, string? state)
    {
        if (state is not null && EnumNames.TryParse<Artifact.Types.State>(state, out var value))
        {
            node.State = value;
        }
        else
        {
            node.ClearState();
        }
    }

    private static void SetExternalId(Artifact node, string? externalId)
    {
        if (externalId is not null)
        {
            node.ExternalId = externalId;
        }
        else if (node.HasExternalId && RecordProperties.PublicExternalId(node.ExternalId) is not null)
        {
            node.ClearExternalId();
        }
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
