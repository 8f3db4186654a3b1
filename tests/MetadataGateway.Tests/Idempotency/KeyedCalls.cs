using System.Net;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Idempotency;

/// <summary>Requests with an <c>Idempotency-Key</c>, and what their answers say of it.</summary>
internal static class KeyedCalls
{
    public static readonly (string Name, string Value) Minimal = ("Prefer", "return=minimal");

    public static Task<Answer> PostKeyed(this HttpClient client, string path, string body, string key, params (string Name, string Value)[] headers) =>
        client.PostJson(path, body, [("Idempotency-Key", key), .. headers]);

    /// <summary>The answer of a request that was recorded now.</summary>
    public static Answer ExpectFirst(this Answer answer, HttpStatusCode status = HttpStatusCode.Created)
    {
        Assert.False(answer.Message.Headers.Contains("Idempotency-Replayed"));
        return answer.Expect(status);
    }

    /// <summary>200 with the header of a replay, and otherwise what the first answer said.</summary>
    public static Answer ExpectReplayOf(this Answer answer, Answer first)
    {
        answer.ExpectReplay();
        Assert.Equal(first.Text, answer.Text);
        Assert.Equal(first.Location, answer.Location);
        Assert.Equal(first.ETag, answer.ETag);
        return answer;
    }

    public static Answer ExpectReplay(this Answer answer)
    {
        answer.Expect(HttpStatusCode.OK);
        Assert.Equal(["true"], answer.Message.Headers.GetValues("Idempotency-Replayed"));
        return answer;
    }

    /// <summary>422 for a key that stands for another request.</summary>
    public static Answer ExpectKeyReused(this Answer answer)
    {
        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "Idempotency-Key");
        Assert.Equal("https://metadata-gateway.dev/problems/idempotency-key-reused", (string?)answer["type"]);
        Assert.Equal("FAILED_PRECONDITION", (string?)answer["code"]);
        return answer;
    }
}
