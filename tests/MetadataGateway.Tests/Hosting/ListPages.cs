using System.Net;

namespace MetadataGateway.Tests.Hosting;

/// <summary>Lists as a client walks them: page after page.</summary>
internal static class ListPages
{
    public static IReadOnlyList<string?> Names(this Answer answer) => [.. answer["items"]!.AsArray().Select(item => (string?)item!["name"])];

    /// <summary>The names on all pages, in order; a scan's page may be empty and still go on.</summary>
    public static async Task<IReadOnlyList<string?>> NamesOfAllPages(this HttpClient client, string list, int pageSize)
    {
        var names = new List<string?>();
        string? token = null;
        do
        {
            var separator = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var answer = await client.GetJson($"{list}{separator}pageSize={pageSize}{(token is null ? "" : $"&pageToken={token}")}");
            var page = answer.Expect(HttpStatusCode.OK).Names();
            Assert.True(page.Count <= pageSize, answer.Text);
            names.AddRange(page);
            token = (string?)answer["nextPageToken"];
        }
        while (token is not null);

        return names;
    }
}
