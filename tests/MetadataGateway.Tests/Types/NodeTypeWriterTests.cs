using Grpc.Core;
using MetadataGateway.Errors;
using MetadataGateway.MetadataStore;
using MetadataGateway.Nodes;
using MetadataGateway.Tests.Hosting;
using MetadataGateway.Types;
using MlMetadata;

namespace MetadataGateway.Tests.Types;

/// <summary>What other writers and other databases do, which no HTTP request to one gateway over SQLite brings about.</summary>
public sealed class NodeTypeWriterTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task DeclareAsync_WhenAnotherWriterRetypesAPropertyMeanwhile_IsAConflictThatNamesIt()
    {
        using var stand = new Stand(gateway.Store);
        await stand.DeclareAsync("raced");
        stand.BeforeNextPut("raced", type => type.Properties["x"] = PropertyType.String);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => stand.DeclareAsync("raced", ("x", PropertyType.Int)));

        Assert.Equal(ProblemType.AlreadyExists, problem.Type);
        Assert.Equal(["properties.x"], problem.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public async Task DeclareAsync_WhenAnotherWriterAddsAPropertyMeanwhile_KeepsBoth()
    {
        using var stand = new Stand(gateway.Store);
        await stand.DeclareAsync("shared");
        stand.BeforeNextPut("shared", type => type.Properties["theirs"] = PropertyType.String);

        var (type, isNew) = await stand.DeclareAsync("shared", ("ours", PropertyType.Int));

        Assert.False(isNew);
        Assert.Equal(["ours", "theirs"], type.Properties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DeclareAsync_WhenAnotherWriterCreatesALargerTypeMeanwhile_ExtendsThat()
    {
        using var stand = new Stand(gateway.Store);
        stand.BeforeNextPut("created", type => type.Properties["theirs"] = PropertyType.String);

        var (type, isNew) = await stand.DeclareAsync("created", ("ours", PropertyType.Int));

        Assert.False(isNew);
        Assert.Equal(["ours", "theirs"], type.Properties.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DeclareAsync_WhenAnotherWriterCreatesItWithAnotherDescription_IsAConflictAlthoughMlmdSaysOk()
    {
        using var stand = new Stand(gateway.Store);
        stand.BeforeNextPut("described", type => type.Description = "theirs");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => stand.DeclareAsync(
            new TypeDeclaration("described", null, new Dictionary<string, PropertyType>()) { Description = "ours" }));

        Assert.Equal(["description"], problem.Faults.Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("cased", null)]
    [InlineData("CASED", "V")]
    public async Task DeclareAsync_WhereMlmdIgnoresCase_IsAConflictWithTheStoredName(string name, string? version)
    {
        using var stand = new Stand(gateway.Store);
        await stand.DeclareAsync(new TypeDeclaration("Cased", version is null ? null : "v", new Dictionary<string, PropertyType>()));
        stand.IgnoresCase = true;

        var problem = await Assert.ThrowsAsync<ProblemException>(() => stand.DeclareAsync(
            new TypeDeclaration(name, version, new Dictionary<string, PropertyType>())));
        var found = await stand.Types.FindAsync(TypeKind.Artifact, name, version, refresh: true, CancellationToken.None);

        Assert.Equal(ProblemType.AlreadyExists, problem.Type);
        Assert.Contains("Cased", problem.Message, StringComparison.Ordinal);
        Assert.Null(found);
    }

    [Fact]
    public async Task DeclareAsync_TellsTheCache()
    {
        using var stand = new Stand(gateway.Store);
        await stand.DeclareAsync("learned", ("x", PropertyType.Int));
        await stand.DeclareAsync("learned", ("y", PropertyType.Int));
        stand.IsAway = true;

        var type = await stand.Types.FindArtifactTypeAsync("learned", null, refresh: false, CancellationToken.None);

        Assert.Equal(["x", "y"], type!.Properties.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>A writer of artifact types over the real store, with something between the two.</summary>
    private sealed class Stand : MetadataStoreService.MetadataStoreServiceClient, IDisposable
    {
        private readonly MetadataStoreService.MetadataStoreServiceClient _store;
        private readonly KubeflowTypeRegistry _registry;
        private readonly NodeTypeWriter _writer;
        private Action? _beforeNextPut;

        public Stand(MetadataStoreService.MetadataStoreServiceClient store)
        {
            (_store, Types, _registry) = (store, new TypeCache(this), new KubeflowTypeRegistry(this));
            _writer = new NodeTypeWriter(this, Types, _registry, new KeyedLocks());
        }

        public TypeCache Types { get; }

        /// <summary>As MLMD over MySQL compares names.</summary>
        public bool IgnoresCase { get; set; }

        public bool IsAway { get; set; }

        public Task<(RegisteredType Type, bool IsNew)> DeclareAsync(string name, params (string Name, PropertyType Type)[] properties) =>
            DeclareAsync(new TypeDeclaration(name, null, properties.ToDictionary(property => property.Name, property => property.Type)));

        public Task<(RegisteredType Type, bool IsNew)> DeclareAsync(TypeDeclaration declared) =>
            _writer.DeclareAsync(TypeKind.Artifact, declared, mayExtend: true, _ => { }, CancellationToken.None);

        public void BeforeNextPut(string name, Action<ArtifactType> change)
        {
            var type = new ArtifactType { Name = name };
            change(type);
            _beforeNextPut = () => _store.PutArtifactType(new() { ArtifactType = type, CanAddFields = true, CanOmitFields = true });
        }

        public override AsyncUnaryCall<PutArtifactTypeResponse> PutArtifactTypeAsync(PutArtifactTypeRequest request, CallOptions options)
        {
            _beforeNextPut?.Invoke();
            _beforeNextPut = null;
            return _store.PutArtifactTypeAsync(request, options);
        }

        public override AsyncUnaryCall<GetArtifactTypeResponse> GetArtifactTypeAsync(GetArtifactTypeRequest request, CallOptions options)
        {
            Assert.False(IsAway);
            if (!IgnoresCase)
            {
                return _store.GetArtifactTypeAsync(request, options);
            }

            var stored = _store.GetArtifactTypes(new(), options).ArtifactTypes.First(
                type => Equal(type.Name, request.TypeName) && Equal(type.Version, request.TypeVersion));
            return _store.GetArtifactTypeAsync(new GetArtifactTypeRequest { TypeName = stored.Name, TypeVersion = stored.Version }, options);
        }

        public void Dispose() => _registry.Dispose();

        private static bool Equal(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
