using Google.Protobuf.Collections;
using Grpc.Core;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

// all_fields_match is deprecated, and still refused when it is false.
#pragma warning disable CS0612

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutArtifactTypeResponse> PutArtifactType(PutArtifactTypeRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var evolution = Evolution(request.AllFieldsMatch, request.CanAddFields, request.CanOmitFields);
            return new PutArtifactTypeResponse { TypeId = evolution.Put(connection, TypeDefinition.From(request.ArtifactType)) };
        });

    /// <inheritdoc/>
    public override Task<PutExecutionTypeResponse> PutExecutionType(PutExecutionTypeRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var evolution = Evolution(request.AllFieldsMatch, request.CanAddFields, request.CanOmitFields);
            return new PutExecutionTypeResponse { TypeId = evolution.Put(connection, TypeDefinition.From(request.ExecutionType)) };
        });

    /// <inheritdoc/>
    public override Task<PutContextTypeResponse> PutContextType(PutContextTypeRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var evolution = Evolution(request.AllFieldsMatch, request.CanAddFields, request.CanOmitFields);
            return new PutContextTypeResponse { TypeId = evolution.Put(connection, TypeDefinition.From(request.ContextType)) };
        });

    /// <inheritdoc/>
    public override Task<PutTypesResponse> PutTypes(PutTypesRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var evolution = Evolution(request.AllFieldsMatch, request.CanAddFields, request.CanOmitFields);
            var response = new PutTypesResponse();
            response.ArtifactTypeIds.Add(PutAll(connection, evolution, request.ArtifactTypes.Select(TypeDefinition.From)));
            response.ExecutionTypeIds.Add(PutAll(connection, evolution, request.ExecutionTypes.Select(TypeDefinition.From)));
            response.ContextTypeIds.Add(PutAll(connection, evolution, request.ContextTypes.Select(TypeDefinition.From)));
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetArtifactTypeResponse> GetArtifactType(GetArtifactTypeRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactTypeResponse
        {
            ArtifactType = FindType(connection, NodeKind.Artifact, request.TypeName, request.TypeVersion).ToArtifactType(TypeFields.All),
        });

    /// <inheritdoc/>
    public override Task<GetArtifactTypesByIDResponse> GetArtifactTypesByID(
        GetArtifactTypesByIDRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactTypesByIDResponse
        {
            ArtifactTypes =
            {
                FindTypes(connection, NodeKind.Artifact, request.TypeIds).Select(type => type.ToArtifactType(TypeFields.All)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetArtifactTypesResponse> GetArtifactTypes(GetArtifactTypesRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactTypesResponse
        {
            ArtifactTypes =
            {
                TypeReader.List(connection, NodeKind.Artifact)
                    .Where(type => !SimpleTypes.Contains(NodeKind.Artifact, type.Name))
                    .Select(type => type.ToArtifactType(TypeFields.Signature | TypeFields.BaseType)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetArtifactTypesByExternalIdsResponse> GetArtifactTypesByExternalIds(
        GetArtifactTypesByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactTypesByExternalIdsResponse
        {
            ArtifactTypes =
            {
                FindTypes(connection, NodeKind.Artifact, request.ExternalIds).Select(type => type.ToArtifactType(TypeFields.ExternalId)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetExecutionTypeResponse> GetExecutionType(GetExecutionTypeRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionTypeResponse
        {
            ExecutionType = FindType(connection, NodeKind.Execution, request.TypeName, request.TypeVersion).ToExecutionType(TypeFields.All),
        });

    /// <inheritdoc/>
    public override Task<GetExecutionTypesByIDResponse> GetExecutionTypesByID(
        GetExecutionTypesByIDRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionTypesByIDResponse
        {
            ExecutionTypes =
            {
                FindTypes(connection, NodeKind.Execution, request.TypeIds).Select(type => type.ToExecutionType(TypeFields.All)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetExecutionTypesResponse> GetExecutionTypes(GetExecutionTypesRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionTypesResponse
        {
            ExecutionTypes =
            {
                TypeReader.List(connection, NodeKind.Execution)
                    .Where(type => !SimpleTypes.Contains(NodeKind.Execution, type.Name))
                    .Select(type => type.ToExecutionType(TypeFields.Signature | TypeFields.BaseType)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetExecutionTypesByExternalIdsResponse> GetExecutionTypesByExternalIds(
        GetExecutionTypesByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionTypesByExternalIdsResponse
        {
            ExecutionTypes =
            {
                FindTypes(connection, NodeKind.Execution, request.ExternalIds).Select(type => type.ToExecutionType(TypeFields.ExternalId)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetContextTypeResponse> GetContextType(GetContextTypeRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextTypeResponse
        {
            ContextType = FindType(connection, NodeKind.Context, request.TypeName, request.TypeVersion).ToContextType(TypeFields.All),
        });

    /// <inheritdoc/>
    public override Task<GetContextTypesByIDResponse> GetContextTypesByID(
        GetContextTypesByIDRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextTypesByIDResponse
        {
            ContextTypes =
            {
                FindTypes(connection, NodeKind.Context, request.TypeIds).Select(type => type.ToContextType(TypeFields.All)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetContextTypesResponse> GetContextTypes(GetContextTypesRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextTypesResponse
        {
            ContextTypes =
            {
                TypeReader.List(connection, NodeKind.Context)
                    .Where(type => !SimpleTypes.Contains(NodeKind.Context, type.Name))
                    .Select(type => type.ToContextType(TypeFields.Signature | TypeFields.BaseType)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetContextTypesByExternalIdsResponse> GetContextTypesByExternalIds(
        GetContextTypesByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextTypesByExternalIdsResponse
        {
            ContextTypes =
            {
                FindTypes(connection, NodeKind.Context, request.ExternalIds).Select(type => type.ToContextType(TypeFields.ExternalId)),
            },
        });

    private static TypeEvolution Evolution(bool allFieldsMatch, bool canAdd, bool canOmit) => allFieldsMatch
        ? new TypeEvolution(canAdd, canOmit)
        : throw StoreStatus.Unimplemented("all_fields_match must be true.");

    private static long[] PutAll(StoreConnection connection, TypeEvolution evolution, IEnumerable<TypeDefinition> types) =>
        [.. types.Select(type => evolution.Put(connection, type))];

    private static StoredType FindType(StoreConnection connection, NodeKind kind, string name, string version) =>
        TypeReader.Find(connection, kind, name, version)
        ?? throw StoreStatus.NotFound($"There is no {kind.Word()} type with the name '{name}' and the version '{version}'.");

    /// <summary>In the order asked for, as often as asked for; unknown ids are skipped.</summary>
    private static IEnumerable<StoredType> FindTypes(StoreConnection connection, NodeKind kind, RepeatedField<long> ids) =>
        ids.Select(id => TypeReader.Find(connection, kind, id)).OfType<StoredType>();

    private static List<StoredType> FindTypes(StoreConnection connection, NodeKind kind, RepeatedField<string> externalIds) =>
        ExternalIds.Find(externalIds, $"{kind.Word()} type", ids => TypeReader.ByExternalIds(connection, kind, ids));
}
