using System.Collections.Immutable;
using Google.Protobuf;
using MetadataGateway.KubeflowRecords;
using MlMetadata;
using StoreClient = MlMetadata.MetadataStoreService.MetadataStoreServiceClient;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// One of MLMD's three kinds of types: the messages and calls, which differ in their names only. The rules about types are the same for all.
/// </summary>
internal sealed class TypeKind
{
    private readonly TypeMessage _message;

    private TypeKind(string word, TypeMessage message, ImmutableArray<KubeflowType> predefined) =>
        (Word, _message, Predefined) = (word, message, predefined);

    public static TypeKind Artifact { get; } = new("artifact type", new(ArtifactType.Descriptor), KubeflowTypes.ArtifactTypes)
    {
        Get = async (client, name, version, token) =>
            (await client.GetArtifactTypeAsync(new() { TypeName = name, TypeVersion = version }, cancellationToken: token)).ArtifactType,
        GetByIds = async (client, ids, token) =>
            (await client.GetArtifactTypesByIDAsync(new() { TypeIds = { ids } }, cancellationToken: token)).ArtifactTypes,
        List = async (client, token) => (await client.GetArtifactTypesAsync(new(), cancellationToken: token)).ArtifactTypes,
        Put = (client, type, canAdd, canOmit, token) => client.PutArtifactTypeAsync(
            new() { ArtifactType = (ArtifactType)type, CanAddFields = canAdd, CanOmitFields = canOmit }, cancellationToken: token).ResponseAsync,
    };

    public static TypeKind Execution { get; } = new("execution type", new(ExecutionType.Descriptor), KubeflowTypes.ExecutionTypes)
    {
        Get = async (client, name, version, token) =>
            (await client.GetExecutionTypeAsync(new() { TypeName = name, TypeVersion = version }, cancellationToken: token)).ExecutionType,
        GetByIds = async (client, ids, token) =>
            (await client.GetExecutionTypesByIDAsync(new() { TypeIds = { ids } }, cancellationToken: token)).ExecutionTypes,
        List = async (client, token) => (await client.GetExecutionTypesAsync(new(), cancellationToken: token)).ExecutionTypes,
        Put = (client, type, canAdd, canOmit, token) => client.PutExecutionTypeAsync(
            new() { ExecutionType = (ExecutionType)type, CanAddFields = canAdd, CanOmitFields = canOmit }, cancellationToken: token).ResponseAsync,
    };

    public static TypeKind Context { get; } = new("context type", new(ContextType.Descriptor), KubeflowTypes.ContextTypes)
    {
        Get = async (client, name, version, token) =>
            (await client.GetContextTypeAsync(new() { TypeName = name, TypeVersion = version }, cancellationToken: token)).ContextType,
        GetByIds = async (client, ids, token) =>
            (await client.GetContextTypesByIDAsync(new() { TypeIds = { ids } }, cancellationToken: token)).ContextTypes,
        List = async (client, token) => (await client.GetContextTypesAsync(new(), cancellationToken: token)).ContextTypes,
        Put = (client, type, canAdd, canOmit, token) => client.PutContextTypeAsync(
            new() { ContextType = (ContextType)type, CanAddFields = canAdd, CanOmitFields = canOmit }, cancellationToken: token).ResponseAsync,
    };

    public static ImmutableArray<TypeKind> All { get; } = [Artifact, Execution, Context];

    /// <summary>What such a type is called in texts.</summary>
    public string Word { get; }

    /// <summary>The types of this kind that the SDK reads and writes, and our own beside them.</summary>
    public ImmutableArray<KubeflowType> Predefined { get; }

    /// <summary>MLMD's enum names of the simple types that one can be based on; none for context types.</summary>
    public IReadOnlyList<string> BaseTypes => _message.BaseTypes;

    private Func<StoreClient, string, string, CancellationToken, Task<IMessage>> Get { get; init; } = null!;

    private Func<StoreClient, IEnumerable<long>, CancellationToken, Task<IEnumerable<IMessage>>> GetByIds { get; init; } = null!;

    private Func<StoreClient, CancellationToken, Task<IEnumerable<IMessage>>> List { get; init; } = null!;

    private Func<StoreClient, IMessage, bool, bool, CancellationToken, Task> Put { get; init; } = null!;

    /// <summary>Whether it is one of <see cref="Predefined"/>, which have no version.</summary>
    public bool IsPredefined(string name, string? version) => version is null && Predefined.Any(type => type.Name == name);

    /// <summary>By name; an unknown one is NOT_FOUND. MLMD over MySQL ignores case here.</summary>
    public async Task<RegisteredType> GetAsync(StoreClient client, string name, string? version, CancellationToken cancellationToken) =>
        _message.Read(await Get(client, name, version ?? "", cancellationToken));

    /// <summary>Those of the ids that are known and of this kind.</summary>
    public async Task<IEnumerable<RegisteredType>> GetByIdsAsync(StoreClient client, IEnumerable<long> ids, CancellationToken cancellationToken) =>
        (await GetByIds(client, ids, cancellationToken)).Select(_message.Read);

    /// <summary>All but MLMD's simple types, at once and in no promised order: MLMD has no pages of types.</summary>
    public async Task<IEnumerable<RegisteredType>> ListAsync(StoreClient client, CancellationToken cancellationToken) =>
        (await List(client, cancellationToken)).Select(_message.Read);

    /// <summary>
    /// Creates the type or adds properties to it; one that does not fit is ALREADY_EXISTS. Of a stored type MLMD ignores another description
    /// silently.
    /// </summary>
    public Task PutAsync(StoreClient client, TypeDeclaration type, bool canAddFields, bool canOmitFields, CancellationToken cancellationToken) =>
        Put(client, _message.Write(type), canAddFields, canOmitFields, cancellationToken);
}
