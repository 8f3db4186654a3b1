using MetadataGateway;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.MetadataStore;
using MetadataGateway.OpenApi;
using MetadataGateway.Operations;

if (HealthCheckProbe.IsAskedFor(args))
{
    return await HealthCheckProbe.RunAsync(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddShippedDefaults();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddGatewayJson().AddGatewayErrors().AddGatewayOpenApi().AddTelemetry();
builder.AddMetadataStore().AddApi();

var app = builder.Build();
app.UseGatewayErrors();
app.UseRouting();
app.UseRouteValueDecoding();
app.MapGatewayOpenApi();
app.MapOperations();
app.MapApi();
await app.RunAsync();
return 0;

/// <summary>The entry point, public so that tests can start the whole service.</summary>
public sealed partial class Program;
