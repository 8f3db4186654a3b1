using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Validation;

namespace MetadataGateway.Types;

internal sealed record PutNodeTypeRequest : NodeTypeRequest
{
    [Description("Output only: accepted when equal to what is stored.")]
    public string? Id { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? Etag { get; init; }
}

/// <summary>Declares a type: creates it, or adds to the stored one the properties that it lacks.</summary>
internal static class PutNodeType
{
    public static Delegate In(TypeKind kind, string collection) =>
        async ([AsParameters] NodeTypePath path, RequestBody<PutNodeTypeRequest> body, HttpRequest request, NodeTypeWriter writer,
            CancellationToken cancellationToken) =>
        {
            var (type, isNew) = await writer.DeclareAsync(
                kind, body.Value.ToDeclaration(path.Name, path.Version), mayExtend: true, stored => Check(path, body.Value, stored, request), cancellationToken);
            return ResourceResult<NodeTypeResource>.Created(
                NodeTypeResource.From(type), CreateNodeType.Location(collection, type.Name, type.Version), isNew);
        };

    private static void Check(NodeTypePath path, PutNodeTypeRequest body, RegisteredType? stored, HttpRequest request)
    {
        var resource = stored is null ? null : NodeTypeResource.From(stored);
        var faults = new List<Fault>();
        // Names that only others can store are still those of their types.
        if (stored is null || KubeflowTypes.IsInternal(path.Name))
        {
            AddFault(faults, "name", TextRules.TypeNameFault(path.Name));
            AddFault(faults, "version", TextRules.TypeVersionFault(path.Version ?? ""));
        }

        RequireUnchanged(faults, "name", body.Name, path.Name);
        RequireUnchanged(faults, "version", body.Version, path.Version);
        RequireUnchanged(faults, "id", body.Id, resource?.Id);
        RequireUnchanged(faults, "etag", body.Etag, resource?.Etag);
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid(faults);
        }

        EntityTag.RequireMatch(request, resource?.Etag);
        EntityTag.RequireNoneMatch(request, resource?.Etag);
    }

    private static void RequireUnchanged(List<Fault> faults, string field, string? given, string? current)
    {
        if (!string.IsNullOrEmpty(given) && given != current)
        {
            faults.Add(new Fault(field, $"'{field}' cannot be changed."));
        }
    }

    private static void AddFault(List<Fault> faults, string path, string? message)
    {
        if (message is not null)
        {
            faults.Add(new Fault(path, message));
        }
    }
}
