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
        services.AddSingleton<StoreOutages>().AddSingleton<StoreCallInterceptor>().AddSingleton<PostgreSqlGuard>().AddSingleton<StoreProbe>();
        services.AddSingleton<KubeflowTypeRegistry>();
        services.AddSingleton<TypeCache>();

        if (string.IsNullOrEmpty(builder.Configuration[$"{MetadataStoreOptions.SectionName}:{nameof(MetadataStoreOptions.Address)}"]))
        {
            AddEmbeddedStore(services);
        }
        else
        {
            AddRemoteStore(services);
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
            return new StoreClient(invoker.Intercept(provider.GetRequiredService<StoreCallInterceptor>()).Intercept(provider.GetRequiredService<PostgreSqlGuard>()));
        });
    }

    // Options are read when the client is made, which checks them: before that they may be anything.
    private static void AddRemoteStore(IServiceCollection services) =>
        services.AddGrpcClient<StoreClient>((provider, client) => client.Address = new Uri(OptionsOf(provider).Address))
            .ConfigureChannel((provider, channel) =>
            {
                channel.MaxReceiveMessageSize = OptionsOf(provider).MaxMessageSize;
                channel.MaxSendMessageSize = OptionsOf(provider).MaxMessageSize;
            })
            .ConfigurePrimaryHttpMessageHandler(provider => RemoteChannel.CreateHandler(OptionsOf(provider)))
            .AddInterceptor<PostgreSqlGuard>().AddInterceptor<StoreCallInterceptor>();

    private static MetadataStoreOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<MetadataStoreOptions>>().Value;
}
