using System.Diagnostics;
using System.Xml.Linq;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.Profiles;

/// <summary>
/// The tests that go over HTTP to a store, once more in front of each MLMD that users have: in a process of their own, as the profile is set for all
/// of it. Tests of what the profile cannot do by the API's contract are left out there (<see cref="StoreAbility"/>).
/// </summary>
public sealed class ProfileSuiteTests
{
    // What has nothing to do with the store, or brings a store or process of its own. Tests of size Large take as long as all the others.
    private static readonly string[] LeftOut =
        ["Chart", "Configuration", "Durability", "Json", "KubeflowRecords", "MetadataStore", "OpenApi", "Operations", "Profiles", "Properties"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Profiles => [.. MlmdProfile.All.Except([MlmdProfile.Embedded]).Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Gateway_InFrontOfThisMlmd_PassesTheTests(string profile)
    {
        using var folder = new TemporaryFolder();
        var report = folder.File("results.trx");

        var (status, output) = await RunAsync(profile, report);

        Assert.True(File.Exists(report), output);
        var results = XDocument.Load(report).Descendants().Where(element => element.Name.LocalName == "UnitTestResult").ToList();
        var failures = results.Where(result => (string?)result.Attribute("outcome") == "Failed").Select(Describe).ToList();
        Assert.True(status == 0 && failures.Count == 0, $"{failures.Count} tests failed on {profile}:\n{string.Join("\n", failures)}");
        Assert.True(results.Count(result => (string?)result.Attribute("outcome") == "Passed") > 1000, $"Only {results.Count} tests ran.");
    }

    private static async Task<(int Status, string Output)> RunAsync(string profile, string report)
    {
        var command = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "test", typeof(ProfileSuiteTests).Assembly.Location, "--nologo", "--logger", $"trx;LogFileName={report}",
                "--filter", string.Join('&', LeftOut.Select(folder => $"FullyQualifiedName!~MetadataGateway.Tests.{folder}.").Append("Size!=Large")),
            },
            Environment = { [MlmdProfile.Variable] = profile },
        };
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }

    private static string Describe(XElement result) =>
        $"{(string?)result.Attribute("testName")}: {result.Descendants().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value}";
}
