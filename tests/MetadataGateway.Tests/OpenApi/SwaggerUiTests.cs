using System.Net;
using System.Text.RegularExpressions;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>Swagger UI works on a machine without a way to the outside.</summary>
public sealed partial class SwaggerUiTests(GatewayFactory gateway) : IClassFixture<GatewayFactory>
{
    [Fact]
    public async Task SwaggerUi_LoadsItsPartsFromTheGatewayOnly()
    {
        var page = await gateway.Client.GetJson("/swagger/index.html");
        var parts = Parts().Matches(page.Expect(HttpStatusCode.OK).Text).Select(part => part.Groups[1].Value).ToList();

        Assert.Contains(parts, part => part.EndsWith(".js", StringComparison.Ordinal));
        Assert.All(parts, part => Assert.False(part.Contains("//", StringComparison.Ordinal), part));
        foreach (var part in parts)
        {
            using var answer = await gateway.Client.GetAsync(new Uri($"/swagger/{part}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (part.EndsWith(".css", StringComparison.Ordinal))
            {
                Assert.DoesNotMatch("(url\\(['\"]?|@import ['\"]?)https?:", await answer.Content.ReadAsStringAsync());
            }
        }
    }

    [Fact]
    public async Task SwaggerUi_ReadsTheGatewaysDocumentAndAsksNoValidator()
    {
        var script = await gateway.Client.GetJson("/swagger/index.js");

        Assert.Contains("/openapi/v1.json", script.Text, StringComparison.Ordinal);
        Assert.Matches("\"validatorUrl\":\\s*(null|\"none\")", script.Text);
        Assert.DoesNotContain("swagger.io", script.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swagger_WithoutAFile_LeadsToThePage()
    {
        using var answer = await gateway.Client.GetAsync(new Uri("/swagger", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Parts();
}
