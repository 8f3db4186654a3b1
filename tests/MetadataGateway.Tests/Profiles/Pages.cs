using System.Collections;
using Google.Protobuf;

namespace MetadataGateway.Tests.Profiles;

/// <summary>The answers of lists, whatever they list.</summary>
internal static class Pages
{
    public static string? NextPageToken(this IMessage response) =>
        response.Descriptor.FindFieldByName("next_page_token").Accessor is { } accessor && accessor.HasValue(response)
            ? (string)accessor.GetValue(response) : null;

    public static void SetNextPageToken(this IMessage response, string? token)
    {
        var accessor = response.Descriptor.FindFieldByName("next_page_token").Accessor;
        if (token is null)
        {
            accessor.Clear(response);
        }
        else
        {
            accessor.SetValue(response, token);
        }
    }

    /// <summary>The one list of nodes in an answer; null if it has none.</summary>
    public static IList? NodeList(this IMessage response) => response.Descriptor.Fields.InDeclarationOrder()
        .Where(field => field.IsRepeated && !field.IsMap && field.FieldType == Google.Protobuf.Reflection.FieldType.Message
            && field.MessageType.Name is "Artifact" or "Execution" or "Context")
        .Select(field => (IList)field.Accessor.GetValue(response)).SingleOrDefault();

    /// <summary>Puts these nodes, which are of that kind, in place of the answer's own.</summary>
    public static void SetNodes(this IMessage response, IEnumerable<NodeMessage> nodes)
    {
        var kept = nodes.Select(node => node.Message).ToList();
        var list = response.NodeList()!;
        list.Clear();
        foreach (var node in kept)
        {
            list.Add(node);
        }
    }
}
