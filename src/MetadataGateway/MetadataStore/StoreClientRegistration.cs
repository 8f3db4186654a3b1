using Grpc.Core;
using Grpc.Core.Interceptors;
using MetadataGateway.EmbeddedStore;
using Microsoft.Extensions.Options;
using StoreClient = MlMetadata.MetadataStoreService.MetadataStoreServiceClient;

namespace MetadataGateway.MetadataStore;

/// <summary>
/// The one seam to MLMD: the generated client over a <see cref="CallInvoker"/>, HTTP/2 to a real server, or in this process to the embedded
/// store. Everything above it is the same.
/// </summary>
internal static class StoreClientRegistration
{
    public static WebApplicationBuilder AddMetadataStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MetadataStoreOptions>()
            .BindConfiguration(MetadataStoreOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EmbeddedStoreOptions>().BindConfiguration(EmbeddedStoreOptions.SectionName);
        services.AddSingleton<StoreCallInterceptor>();
        services.AddSingleton<KubeflowTypeRegistry>();
        services.AddSingleton<TypeCache>();

        var options = builder.Configuration.GetSection(MetadataStoreOptions.SectionName).Get<MetadataStoreOptions>() ?? new();
        if (options.IsEmbedded)
        {
            AddEmbeddedStore(services);
        }
        else
        {
            AddRemoteStore(services, options);
        }

        services.AddHostedService<KubeflowTypeRegistration>();
        return builder;
    }

    private static void AddEmbeddedStore(IServiceCollection services)
    {
        services.AddSingleton<EmbeddedStoreHost>();
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedStoreHost>());
        services.AddSingleton(provider =>
        {
            var maxMessageSize = provider.GetRequiredService<IOptions<MetadataStoreOptions>>().Value.MaxMessageSize;
            var invoker = new InProcessCallInvoker(
                provider.GetRequiredService<EmbeddedStoreHost>().Store, maxMessageSize, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<InProcessCallInvoker>>());
            return new StoreClient(invoker.Intercept(provider.GetRequiredService<StoreCallInterceptor>()));
        });
    }

    private static void AddRemoteStore(IServiceCollection services, MetadataStoreOptions options) =>
        services.AddGrpcClient<StoreClient>(client => client.Address = new Uri(options.Address))
            .ConfigureChannel(channel =>
            {
                channel.MaxReceiveMessageSize = options.MaxMessageSize;
                channel.MaxSendMessageSize = options.MaxMessageSize;
            })
            .ConfigurePrimaryHttpMessageHandler(() => RemoteChannel.CreateHandler(options))
            .AddInterceptor<StoreCallInterceptor>();
}
