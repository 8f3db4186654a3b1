using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MetadataGateway.Tests.Hosting;

/// <summary>An answer: status, headers and the JSON body (null when there is none).</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, string Text)
{
    public JsonNode? Json => Text.Length == 0 ? null : JsonNode.Parse(Text);

    public JsonNode? this[string member] => Json?[member];

    public string? Location => Message.Headers.Location?.OriginalString;

    public string? ETag => Message.Headers.ETag?.ToString();

    /// <summary>The answer itself, or a failure that shows the body.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>A problem of that status whose <c>errors</c> has the given paths.</summary>
    public Answer ExpectProblem(HttpStatusCode status, params string[] paths)
    {
        Expect(status);
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, (int?)Json!["status"]);
        if (paths.Length > 0)
        {
            Assert.Equal(paths.Order(StringComparer.Ordinal), Json["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        }

        return this;
    }
}

/// <summary>HTTP with JSON texts, as curl would send them.</summary>
internal static class HttpJson
{
    public const string Api = "/api/v1";

    public static Task<Answer> GetJson(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.SendText(HttpMethod.Get, path, null, headers);

    public static Task<Answer> PostJson(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.SendText(HttpMethod.Post, path, body, headers);

    public static Task<Answer> PutJson(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.SendText(HttpMethod.Put, path, body, headers);

    public static Task<Answer> PatchJson(this HttpClient client, string path, string body, params (string Name, string Value)[] headers) =>
        client.SendText(HttpMethod.Patch, path, body, headers);

    public static async Task<Answer> SendText(
        this HttpClient client, HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = client.NewRequest(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await client.SendRequest(request);
    }

    /// <summary>A request whose path is sent as it is written: the escapes in it are part of what is tested.</summary>
    public static HttpRequestMessage NewRequest(this HttpClient client, HttpMethod method, string path) =>
        new(method, new Uri(client.BaseAddress + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    public static async Task<Answer> SendRequest(this HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        return new Answer(response.StatusCode, response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Bytes of any content type, or of none.</summary>
    public static async Task<Answer> PostBytes(this HttpClient client, string path, byte[] body, string? contentType = "application/json", bool chunked = false)
    {
        using var request = client.NewRequest(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body);
        request.Headers.TransferEncodingChunked = chunked;
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await client.SendRequest(request);
    }
}
