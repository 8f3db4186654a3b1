namespace MetadataGateway.Client;

/// <summary>The lines that docs/clients.md shows.</summary>
public static class QuickStart
{
    public static async Task RunAsync(HttpClient http)
    {
        // docs/clients.md
        var client = new MetadataGatewayClient(http);

        var execution = await client.CreateExecutionAsync("demo", createWorkspace: true, body: new CreateExecutionRequest
        {
            Name = "train",
            Run = "run-1",
            State = ExecutionState.RUNNING,
            Inputs = [new LinkRequest { Kind = ArtifactKind.Dataset, Name = "mnist", Uri = "s3://data/mnist", Version = "v1" }],
            Outputs = [new LinkRequest { Kind = ArtifactKind.Model, Name = "MNIST", Uri = "s3://models/mnist", Version = "v1" }],
        });
        await client.UpdateExecutionAsync(execution.Id, new UpdateExecutionRequest { State = ExecutionState.COMPLETE });

        var models = await client.ListModelsAsync("demo", filter: "name = 'MNIST'", orderBy: "createTime desc");
        var lineage = await client.GetArtifactLineageAsync(models.Items[0].Id, LineageDirection.Upstream);
        Console.WriteLine(string.Join(" <- ", lineage.Nodes.Select(node => node.Name)));

        try
        {
            await client.GetArtifactAsync("999");
        }
        catch (ApiException<ProblemBody> problem)
        {
            Console.WriteLine($"{problem.Result.Status}: {problem.Result.Detail}");
        }

        // docs/clients.md
    }
}
