using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>
/// MLMD execution and API fields, both ways. Name and description are the declared STRING properties of those names where the type has them,
/// else custom properties. Pure.
/// </summary>
internal static class ExecutionMapping
{
    private static readonly string[] TextFields = ["name", "description"];

    public static ExecutionResource ToResource(this Execution node, string? typeVersion, string? workspace = null) => EntityTag.Set(new ExecutionResource
    {
        Id = ResourceId.Format(node.Id),
        Name = node.NameOf(),
        Type = node.HasType ? node.Type : null,
        TypeVersion = typeVersion,
        Workspace = node.CustomProperties.GetText(KubeflowPropertyNames.Workspace) ?? workspace,
        Run = node.CustomProperties.GetText(KubeflowPropertyNames.Run),
        Description = TextOf(node, "description"),
        State = node.HasLastKnownState ? EnumNames.Of(node.LastKnownState) : null,
        ExternalId = node.HasExternalId ? RecordProperties.PublicExternalId(node.ExternalId) : null,
        Properties = node.Properties.ToJson(name => IsOwnProperty(node.Type, name)),
        CustomProperties = node.CustomProperties.ToJson(name => IsHidden(node, name)),
        CreateTime = TimestampConverter.FromMilliseconds(node.CreateTimeSinceEpoch),
        UpdateTime = TimestampConverter.FromMilliseconds(node.LastUpdateTimeSinceEpoch),
    });

    /// <summary>The name that people gave it: Kubeflow Pipelines' own places for it come after ours.</summary>
    public static string? NameOf(this Execution node) =>
        TextOf(node, "name") ?? node.CustomProperties.GetText("display_name") ?? node.CustomProperties.GetText("task_name");

    /// <summary>A new node. MLMD's own <c>name</c> stays unset: MLMD would make it unique per type.</summary>
    public static Execution ToNode(
        this ExecutionRequest request, RegisteredType type, string workspace, string? run, string createTime, ICollection<Fault> faults)
    {
        var node = new Execution { TypeId = type.Id, Type = type.Name };
        node.CustomProperties.SetText(KubeflowPropertyNames.Workspace, workspace);
        node.CustomProperties.SetText(KubeflowPropertyNames.Run, run);
        if (type.Name == KubeflowTypes.Execution.Name)
        {
            node.Properties.SetText("create_time", createTime);
        }

        Apply(node, request, ["properties", "customProperties", "name", "description", "state", "externalId"], type, faults);
        node.ClearType();
        return node;
    }

    /// <summary>
    /// Carries the named fields over into the node; the others are not touched. A patch changes properties one by one, a null taking one away.
    /// </summary>
    public static void Apply(
        Execution node, ExecutionRequest request, IReadOnlyCollection<string> fields, RegisteredType? type, ICollection<Fault> faults, bool isPatch = false)
    {
        if (fields.Contains("properties"))
        {
            node.Properties.Apply(
                request.Properties, isPatch, name => IsOwnProperty(node.Type, name), name => DeclaredType(name, type, node.Type, faults), "properties", faults);
        }

        if (fields.Contains("customProperties"))
        {
            foreach (var name in (request.CustomProperties ?? []).Select(member => member.Key).Where(name => IsReserved(node, type, name)))
            {
                faults.Add(new Fault(Json.JsonPath.Member("customProperties", name), $"'{name}' belongs to another field or to the gateway and cannot be set here."));
            }

            node.CustomProperties.Apply(request.CustomProperties, isPatch, name => IsHidden(node, name), _ => null, "customProperties", faults);
        }

        foreach (var field in TextFields.Where(fields.Contains))
        {
            SetText(node, field, field == "name" ? request.Name : request.Description, request, type, faults, isPatch);
        }

        if (fields.Contains("state"))
        {
            SetState(node, request.State);
        }

        if (fields.Contains("externalId"))
        {
            SetExternalId(node, request.ExternalId);
        }
    }

    private static void SetText(
        Execution node, string field, string? text, ExecutionRequest request, RegisteredType? type, ICollection<Fault> faults, bool isPatch)
    {
        var given = string.IsNullOrEmpty(text) ? null : text;
        if (given is null && !isPatch)
        {
            return;
        }

        if (type?.Properties.GetValueOrDefault(field) != PropertyType.String)
        {
            node.CustomProperties.SetText(field, given);
            return;
        }

        if (request.Properties?[field] is not null && node.Properties.GetText(field) != given)
        {
            faults.Add(new Fault(field, $"'{field}' and 'properties.{field}' are the same to this type, but differ."));
        }

        if (IsHidden(node, field))
        {
            // Another client kept it beside the declared property; left there, it would come back when that is removed.
            node.CustomProperties.Remove(field);
        }

        node.Properties.SetText(field, given);
    }

    public static string? TextOf(Execution node, string field) =>
        node.Properties.GetText(field) ?? (IsTextField(node, field) ? node.CustomProperties.GetText(field) : null);

    // The SDK's type declares both, so that custom properties of these names are ordinary ones there.
    private static bool IsTextField(Execution node, string customProperty) =>
        TextFields.Contains(customProperty) && node.Type != KubeflowTypes.Execution.Name;

    // The SDK's type has fields of ours, and the client's clock, among its properties.
    public static bool IsOwnProperty(string type, string name) =>
        name == KubeflowPropertyNames.AllMeta || (type == KubeflowTypes.Execution.Name && name is "name" or "description" or "create_time");

    public static bool IsHidden(Execution node, string customProperty) =>
        RecordProperties.IsBookkeeping(customProperty)
        || RecordProperties.IsSessionInfo(node.Type, customProperty)
        || (IsTextField(node, customProperty) && node.CustomProperties.GetText(customProperty) is not null && node.Properties.GetText(customProperty) is null);

    private static bool IsReserved(Execution node, RegisteredType? type, string customProperty) =>
        IsHidden(node, customProperty) || (TextFields.Contains(customProperty) && type?.Properties.ContainsKey(customProperty) != true);

    private static PropertyType? DeclaredType(string name, RegisteredType? type, string typeName, ICollection<Fault> faults)
    {
        if (IsOwnProperty(typeName, name))
        {
            faults.Add(new Fault(Json.JsonPath.Member("properties", name), $"'{name}' has a field of its own."));
            return null;
        }

        if (type is not null && type.Properties.TryGetValue(name, out var declared))
        {
            return declared;
        }

        faults.Add(new Fault(Json.JsonPath.Member("properties", name), $"The type '{typeName}' declares no property '{name}'."));
        return null;
    }

    private static void SetState(Execution node, string? state)
    {
        if (!string.IsNullOrEmpty(state) && EnumNames.TryParse<Execution.Types.State>(state, out var value))
        {
            node.LastKnownState = value;
        }
        else
        {
            node.ClearLastKnownState();
        }
    }

    private static void SetExternalId(Execution node, string? externalId)
    {
        if (!string.IsNullOrEmpty(externalId))
        {
            node.ExternalId = externalId;
        }
        else
        {
            node.ClearExternalId();
        }
    }
}
