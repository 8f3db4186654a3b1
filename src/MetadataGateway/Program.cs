using MetadataGateway;
using MetadataGateway.Adoption;
using MetadataGateway.Configuration;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.OpenApi;
using MetadataGateway.Operations;

if (HealthCheckProbe.IsAskedFor(args))
{
    return await HealthCheckProbe.RunAsync(args);
}

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddShippedDefaults();
    builder.UseThrowAwayStoreWhenGeneratingDocuments();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddGatewayJson().AddGatewayErrors().AddCompression().AddGatewayOpenApi().AddTelemetry();
    builder.AddMetadataStore().AddApi();
    builder.Services.AddAdoption();

    var app = builder.Build();
    app.WarnOfUnknownSettings();
    app.UseHeadRequests();
    app.UseCompression();
    app.UseGatewayErrors();
    app.UseRequestTimeout();
    app.UseRouting();
    app.UseRouteValueDecoding();
    app.UseStoreGate();
    app.MapGatewayOpenApi();
    app.MapOperations();
    app.MapApi();
    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (StartFailure.ExplainHere(failure) is { } explained)
{
    await Console.Error.WriteLineAsync(explained);
    return 1;
}

/// <summary>The entry point, public so that tests can start the whole service.</summary>
public sealed partial class Program;
