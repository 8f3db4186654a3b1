using System.Text.Json;
using MetadataGateway.StoreContract.Tests.Replay;
using MetadataGateway.Tests.Hosting;
using RecordedStore = MetadataGateway.StoreContract.Tests.Hosting.StoreServer;

namespace MetadataGateway.Tests.Interoperability;

/// <summary>A gateway on what two runs of a Kubeflow Pipelines v2 pipeline leave: its conversation with MLMD, played to the embedded store.</summary>
public sealed class PipelineDatabase : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayFactory _gateway = new();

    public HttpClient Client => _gateway.Client;

    public async Task InitializeAsync()
    {
        var path = _folder.File("pipeline.db");
        await using (var server = await RecordedStore.Start(path))
        {
            var answers = new Dictionary<int, JsonElement>();
            foreach (var step in Transcript.Load("kfp_v2_run").Steps)
            {
                var request = MessageParser.Parse(StoreCaller.Method(step.Method).InputType, new References(answers).Resolve(step.Request));
                var answer = await server.Caller.Call(step.Method, request);
                Assert.Equal(step.Status, answer.Status);
                if (answer.Response is not null)
                {
                    answers[step.Number] = MessageFormatter.Format(answer.Response);
                }
            }
        }

        _gateway.With("EmbeddedStore:DatabasePath", path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _gateway.Dispose();
        _folder.Dispose();
    }
}
