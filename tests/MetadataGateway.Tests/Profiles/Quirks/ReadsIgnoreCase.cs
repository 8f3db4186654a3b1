using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL finds types, nodes and URIs by another spelling, too: the request is given the stored ones.</summary>
internal sealed class ReadsIgnoreCase : Quirk
{
    protected override async Task BeforeAsync(StoreCall call)
    {
        var request = call.Request;
        if (call.IsWrite)
        {
            return;
        }

        if (Text(request, "type_name") is { } name)
        {
            var kind = call.Method.Contains("Artifact", StringComparison.Ordinal) && !call.Method.Contains("ByArtifact", StringComparison.Ordinal)
                ? ArtifactType.Descriptor
                : call.Method.Contains("Execution", StringComparison.Ordinal) ? ExecutionType.Descriptor : ContextType.Descriptor;
            // The oldest of several.
            var type = (await StoredTypes.ReadAsync(call.Store)).FirstOrDefault(type => type.Kind == kind
                && Folding.Comparer.Equals(type.Name, name) && Folding.Comparer.Equals(type.Version, Text(request, "type_version") ?? ""));
            if (type is not null)
            {
                SetText(request, "type_name", type.Name);
                SetText(request, "type_version", type.Version);
                await FindNodeAsync(call, type);
            }
        }

        if (request is GetArtifactsByURIRequest byUri)
        {
            Spell(byUri.Uris, (await call.Store.AllAsync(Artifact.Descriptor)).Select(node => node.Uri));
        }

        if (request.Descriptor.FindFieldByName("external_ids")?.Accessor.GetValue(request) is RepeatedField<string> externalIds)
        {
            Spell(externalIds, call.Method.Contains("Types", StringComparison.Ordinal)
                ? (await StoredTypes.ReadAsync(call.Store)).Select(type => type.ExternalId)
                : (await call.Store.AllAsync(KindOf(call.Method))).Select(node => node.ExternalId));
        }
    }

    private static async Task FindNodeAsync(StoreCall call, TypeView type)
    {
        foreach (var field in new[] { "artifact_name", "execution_name", "context_name" })
        {
            if (Text(call.Request, field) is { } name)
            {
                var node = (await call.Store.AllAsync(KindOf(call.Method)))
                    .FirstOrDefault(node => node.TypeId == type.Id && Folding.Comparer.Equals(node.Name, name));
                SetText(call.Request, field, node?.Name ?? name);
            }
        }
    }

    private static MessageDescriptor KindOf(string method) => method.StartsWith("GetArtifact", StringComparison.Ordinal)
        ? Artifact.Descriptor
        : method.StartsWith("GetExecution", StringComparison.Ordinal) ? Execution.Descriptor : Context.Descriptor;

    private static void Spell(RepeatedField<string> asked, IEnumerable<string?> stored)
    {
        var found = stored.OfType<string>().Where(text => asked.Contains(text, Folding.Comparer)).Distinct(StringComparer.Ordinal)
            .Except(asked).ToList();
        asked.AddRange(found);
    }

    private static string? Text(IMessage message, string field) =>
        message.Descriptor.FindFieldByName(field)?.Accessor is { } accessor && accessor.HasValue(message) ? (string)accessor.GetValue(message) : null;

    private static void SetText(IMessage message, string field, string text)
    {
        if (message.Descriptor.FindFieldByName(field) is { } found && (text.Length > 0 || found.Accessor.HasValue(message)))
        {
            found.Accessor.SetValue(message, text);
        }
    }
}
