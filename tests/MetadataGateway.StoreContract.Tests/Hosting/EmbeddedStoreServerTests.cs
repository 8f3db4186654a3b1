using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1Alpha;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.EmbeddedStore.Hosting;
using MetadataGateway.StoreContract.Tests.ClientChannel;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Hosting;

public sealed class EmbeddedStoreServerTests : IAsyncLifetime
{
    private readonly ScriptedStore _store = new();
    private EmbeddedStoreServer? _server;
    private GrpcChannel? _channel;

    private MetadataStoreService.MetadataStoreServiceClient Client => new(_channel);

    public async Task InitializeAsync()
    {
        _server = await EmbeddedStoreServer.StartAsync(
            _store, new EmbeddedStoreOptions { GrpcUrl = "http://127.0.0.1:0" }, null, null, CancellationToken.None);
        _channel = GrpcChannel.ForAddress(_server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public async Task DisposeAsync()
    {
        _channel!.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public void Address_OfPortZero_HasTheRealPort()
    {
        Assert.Equal("127.0.0.1", _server!.Address.Host);
        Assert.InRange(_server.Address.Port, 1, 65535);
        Assert.Null(_server.GrpcWebAddress);
    }

    [Fact]
    public async Task Call_OverTheNetwork_ReachesTheStore()
    {
        _store.Answer = (request, _) =>
            Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = request.ArtifactIds.Single() } } });

        var response = await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { 4 } });

        Assert.Equal(4, response.Artifacts.Single().Id);
    }

    [Fact]
    public async Task Call_StoreFailsUnexpectedly_TellsNothingOfIt()
    {
        _store.Answer = (_, _) => throw new InvalidOperationException("secret");

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest()));

        Assert.Equal(new Status(StatusCode.Unknown, "Exception was thrown by handler."), failure.Status);
        Assert.DoesNotContain(failure.Trailers, trailer => trailer.Value.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public async Task Call_WithLargeMessages_IsTaken(int mebibytes)
    {
        var text = new string('x', mebibytes * 1024 * 1024);
        _store.Answer = (request, _) =>
            Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Uri = request.TransactionOptions.Tag } } });

        var response = await Client.GetArtifactsByIDAsync(
            new GetArtifactsByIDRequest { TransactionOptions = new TransactionOptions { Tag = text } });

        Assert.Equal(text.Length, response.Artifacts.Single().Uri.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ml_metadata.MetadataStoreService")]
    public async Task Health_OfServerAndService_IsServing(string service)
    {
        var response = await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Health_OfAnotherService_IsNotFound()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await new Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest { Service = "ml_metadata.Other" }));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Reflection_ListServices_NamesTheStore()
    {
        var response = await ReflectAsync(new ServerReflectionRequest { ListServices = "" });

        Assert.Contains("ml_metadata.MetadataStoreService", response.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Fact]
    public async Task Reflection_OfTheService_GivesItsFile()
    {
        var response = await ReflectAsync(new ServerReflectionRequest { FileContainingSymbol = "ml_metadata.MetadataStoreService" });

        Assert.Contains(
            MetadataStoreService.Descriptor.File.SerializedData, response.FileDescriptorResponse.FileDescriptorProto);
    }

    [Fact]
    public async Task Dispose_ThenStartAgainThere_Works()
    {
        var address = _server!.Address;
        await _server.DisposeAsync();

        _server = await EmbeddedStoreServer.StartAsync(
            _store, new EmbeddedStoreOptions { GrpcUrl = $"http://127.0.0.1:{address.Port}" }, null, null, CancellationToken.None);

        Assert.Equal(address, _server.Address);
        await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest(), new CallOptions().WithWaitForReady());
    }

    private async Task<ServerReflectionResponse> ReflectAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        return call.ResponseStream.Current;
    }
}
