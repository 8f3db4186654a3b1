using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MetadataGateway.StoreContract.Tests.ClientChannel;

public sealed class NetworkChannelTests : ClientChannelContract
{
    private WebApplication? _server;
    private GrpcChannel? _channel;

    protected override async Task<CallInvoker> ConnectAsync(ScriptedStore store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        builder.Services.AddSingleton(store);
        _server = builder.Build();
        _server.MapGrpcService<ScriptedStore>();
        await _server.StartAsync();

        _channel = GrpcChannel.ForAddress(
            _server.Urls.Single(),
            new GrpcChannelOptions { MaxReceiveMessageSize = Limits.MessageSize, MaxSendMessageSize = Limits.MessageSize });
        return _channel.CreateCallInvoker();
    }

    protected override async Task DisconnectAsync()
    {
        _channel?.Dispose();
        await _server!.DisposeAsync();
    }
}
