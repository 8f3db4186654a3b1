using Google.Protobuf;
using MlMetadata;

// all_fields_match is deprecated, and still refused when it is false.
#pragma warning disable CS0612

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal sealed partial class ModelStore
{
    private sealed record EvolutionFlags(bool AllFieldsMatch, bool CanAdd, bool CanOmit);

    private static EvolutionFlags Flags(PutArtifactTypeRequest put) => new(put.AllFieldsMatch, put.CanAddFields, put.CanOmitFields);

    private static EvolutionFlags Flags(PutExecutionTypeRequest put) => new(put.AllFieldsMatch, put.CanAddFields, put.CanOmitFields);

    private static EvolutionFlags Flags(PutContextTypeRequest put) => new(put.AllFieldsMatch, put.CanAddFields, put.CanOmitFields);

    private long PutType(GivenType type, EvolutionFlags flags) => flags.AllFieldsMatch
        ? TypeRules.Put(data, type, flags.CanAdd, flags.CanOmit)
        : throw ModelFailure.Unimplemented("all_fields_match is false");

    private PutTypesResponse PutTypes(PutTypesRequest put)
    {
        var flags = new EvolutionFlags(put.AllFieldsMatch, put.CanAddFields, put.CanOmitFields);
        if (!flags.AllFieldsMatch)
            throw ModelFailure.Unimplemented("all_fields_match is false");
        var response = new PutTypesResponse();
        foreach (var type in put.ArtifactTypes)
            response.ArtifactTypeIds.Add(PutType(TypeMessages.Read(type), flags));
        foreach (var type in put.ExecutionTypes)
            response.ExecutionTypeIds.Add(PutType(TypeMessages.Read(type), flags));
        foreach (var type in put.ContextTypes)
            response.ContextTypeIds.Add(PutType(TypeMessages.Read(type), flags));
        return response;
    }

    private IMessage? AnswerTypeRead(IMessage request) => request switch
    {
        GetArtifactTypeRequest get => new GetArtifactTypeResponse
        {
            ArtifactType = OneType(ModelKind.Artifact, get.TypeName, get.TypeVersion).ToArtifactType(data, TypeAnswer.Whole),
        },
        GetExecutionTypeRequest get => new GetExecutionTypeResponse
        {
            ExecutionType = OneType(ModelKind.Execution, get.TypeName, get.TypeVersion).ToExecutionType(data, TypeAnswer.Whole),
        },
        GetContextTypeRequest get => new GetContextTypeResponse
        {
            ContextType = OneType(ModelKind.Context, get.TypeName, get.TypeVersion).ToContextType(TypeAnswer.Whole),
        },
        GetArtifactTypesByIDRequest get => new GetArtifactTypesByIDResponse
        {
            ArtifactTypes = { TypesById(ModelKind.Artifact, get.TypeIds).Select(type => type.ToArtifactType(data, TypeAnswer.Whole)) },
        },
        GetExecutionTypesByIDRequest get => new GetExecutionTypesByIDResponse
        {
            ExecutionTypes = { TypesById(ModelKind.Execution, get.TypeIds).Select(type => type.ToExecutionType(data, TypeAnswer.Whole)) },
        },
        GetContextTypesByIDRequest get => new GetContextTypesByIDResponse
        {
            ContextTypes = { TypesById(ModelKind.Context, get.TypeIds).Select(type => type.ToContextType(TypeAnswer.Whole)) },
        },
        GetArtifactTypesRequest => new GetArtifactTypesResponse
        {
            ArtifactTypes = { AllTypes(ModelKind.Artifact).Select(type => type.ToArtifactType(data, TypeAnswer.InList)) },
        },
        GetExecutionTypesRequest => new GetExecutionTypesResponse
        {
            ExecutionTypes = { AllTypes(ModelKind.Execution).Select(type => type.ToExecutionType(data, TypeAnswer.InList)) },
        },
        GetContextTypesRequest => new GetContextTypesResponse
        {
            ContextTypes = { AllTypes(ModelKind.Context).Select(type => type.ToContextType(TypeAnswer.InList)) },
        },
        GetArtifactTypesByExternalIdsRequest get => new GetArtifactTypesByExternalIdsResponse
        {
            ArtifactTypes =
            {
                TypesByExternalId(ModelKind.Artifact, get.ExternalIds).Select(type => type.ToArtifactType(data, TypeAnswer.ByExternalId)),
            },
        },
        GetExecutionTypesByExternalIdsRequest get => new GetExecutionTypesByExternalIdsResponse
        {
            ExecutionTypes =
            {
                TypesByExternalId(ModelKind.Execution, get.ExternalIds).Select(type => type.ToExecutionType(data, TypeAnswer.ByExternalId)),
            },
        },
        GetContextTypesByExternalIdsRequest get => new GetContextTypesByExternalIdsResponse
        {
            ContextTypes =
            {
                TypesByExternalId(ModelKind.Context, get.ExternalIds).Select(type => type.ToContextType(TypeAnswer.ByExternalId)),
            },
        },
        _ => null,
    };

    private ModelType OneType(ModelKind kind, string name, string version) =>
        data.Type(kind, name, version) ?? throw ModelFailure.NotFound("no type has that name and version");

    /// <summary>As asked for: in that order, and as often.</summary>
    private IEnumerable<ModelType> TypesById(ModelKind kind, IEnumerable<long> ids) =>
        ids.Select(id => data.Type(kind, id)).OfType<ModelType>();

    private IEnumerable<ModelType> AllTypes(ModelKind kind) =>
        data.Types.Where(type => type.Kind == kind && !TypeRules.IsSimple(kind, type.Name));

    private List<ModelType> TypesByExternalId(ModelKind kind, IReadOnlyCollection<string> externalIds) =>
        ExternalIdRules.Find(externalIds, data.Types.Where(type => type.Kind == kind), type => type.ExternalId);
}
