using Grpc.Core;
using Grpc.Core.Interceptors;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public abstract partial class ClientChannelContract
{
    private const string ServiceName = "ml_metadata.MetadataStoreService";

    private static Method<GetArtifactsByIDRequest, GetArtifactsByIDResponse> MethodOf(MethodType type, string service, string name) => new(
        type,
        service,
        name,
        Marshallers.Create(
            message => Google.Protobuf.MessageExtensions.ToByteArray(message), GetArtifactsByIDRequest.Parser.ParseFrom),
        Marshallers.Create(
            message => Google.Protobuf.MessageExtensions.ToByteArray(message), GetArtifactsByIDResponse.Parser.ParseFrom));

    [Fact]
    public async Task Method_DeclaredButNotThere_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Client.GetLineageSubgraphAsync(new GetLineageSubgraphRequest()));

        Assert.Equal(new Status(StatusCode.Unimplemented, ""), failure.Status);
    }

    [Theory]
    [InlineData(ServiceName, "DeleteArtifacts", "Method is unimplemented.")]
    [InlineData("ml_metadata.OtherService", "GetArtifactsByID", "Service is unimplemented.")]
    public async Task Method_Unknown_IsUnimplemented(string service, string name, string detail)
    {
        using var call = Invoker.AsyncUnaryCall(MethodOf(MethodType.Unary, service, name), null, default, new GetArtifactsByIDRequest());

        var failure = await FailureOf(call);

        Assert.Equal(new Status(StatusCode.Unimplemented, detail), failure.Status);
        Assert.Equal(failure.Status, call.GetStatus());
    }

    [Fact]
    public async Task ServerStreamingCall_OfAnyMethod_IsUnimplemented()
    {
        var method = MethodOf(MethodType.ServerStreaming, ServiceName, "WatchArtifacts");

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var call = Invoker.AsyncServerStreamingCall(method, null, default, new GetArtifactsByIDRequest());
            await call.ResponseStream.MoveNext(CancellationToken.None);
        });

        Assert.Equal(new Status(StatusCode.Unimplemented, "Method is unimplemented."), failure.Status);
    }

    [Fact]
    public async Task ClientStreamingCall_OfAnyMethod_IsUnimplemented()
    {
        var method = MethodOf(MethodType.ClientStreaming, ServiceName, "PutManyArtifacts");

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var call = Invoker.AsyncClientStreamingCall(method, null, default);
            await call.ResponseAsync;
        });

        Assert.Equal(new Status(StatusCode.Unimplemented, "Method is unimplemented."), failure.Status);
    }

    [Fact]
    public async Task DuplexStreamingCall_OfAnyMethod_IsUnimplemented()
    {
        var method = MethodOf(MethodType.DuplexStreaming, ServiceName, "SyncArtifacts");

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var call = Invoker.AsyncDuplexStreamingCall(method, null, default);
            await call.ResponseStream.MoveNext(CancellationToken.None);
        });

        Assert.Equal(new Status(StatusCode.Unimplemented, "Method is unimplemented."), failure.Status);
    }

    [Fact]
    public async Task Interceptor_OnTop_SeesRequestAndAnswer()
    {
        string? header = null;
        Store.Answer = (request, context) =>
        {
            header = context.RequestHeaders.GetValue("x-tenant");
            return Task.FromResult(new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = request.ArtifactIds.Single() } } });
        };
        var interceptor = new Recorder();
        var client = new MetadataStoreService.MetadataStoreServiceClient(
            Invoker.Intercept(interceptor).Intercept(metadata => [.. metadata, new("x-tenant", "blue")]));

        var response = await client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { 5 } });

        Assert.Equal(5, response.Artifacts.Single().Id);
        Assert.Equal("blue", header);
        Assert.Equal(["/ml_metadata.MetadataStoreService/GetArtifactsByID", "OK"], interceptor.Seen);
    }

    [Fact]
    public async Task ManyCalls_AtOnce_EachGetTheirOwnAnswer()
    {
        Store.Answer = async (request, _) =>
        {
            await Task.Yield();
            return new GetArtifactsByIDResponse { Artifacts = { new Artifact { Id = request.ArtifactIds.Single() } } };
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async id =>
            (await Client.GetArtifactsByIDAsync(new GetArtifactsByIDRequest { ArtifactIds = { id } })).Artifacts.Single().Id));

        Assert.Equal(Enumerable.Range(0, 200).Select(id => (long)id), answers);
    }

    private sealed class Recorder : Interceptor
    {
        public List<string> Seen { get; } = [];

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Seen.Add(context.Method.FullName);
            var call = continuation(request, context);

            return new AsyncUnaryCall<TResponse>(
                RecordAsync(call), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private async Task<TResponse> RecordAsync<TResponse>(AsyncUnaryCall<TResponse> call)
        {
            var response = await call;
            Seen.Add(call.GetStatus().StatusCode.ToString());
            return response;
        }
    }
}
