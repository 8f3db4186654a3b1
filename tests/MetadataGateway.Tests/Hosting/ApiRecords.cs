using System.Net;

namespace MetadataGateway.Tests.Hosting;

/// <summary>Records that a test needs to begin with, made over HTTP.</summary>
internal static class ApiRecords
{
    private static int _workspaces;

    /// <summary>A new workspace, so that no test sees another's records; its path.</summary>
    public static async Task<string> NewWorkspaceAsync(this HttpClient client)
    {
        var name = $"workspace-{Interlocked.Increment(ref _workspaces)}";
        (await client.PostJson($"{HttpJson.Api}/workspaces", $$"""{"name": "{{name}}"}""")).Expect(HttpStatusCode.Created);
        return $"{HttpJson.Api}/workspaces/{name}";
    }

    /// <summary>Posts and gives the id of what was created.</summary>
    public static async Task<string> CreateAsync(this HttpClient client, string path, string body) =>
        (string)(await client.PostJson(path, body)).Expect(HttpStatusCode.Created)["id"]!;
}
