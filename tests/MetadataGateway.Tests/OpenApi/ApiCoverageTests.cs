using System.Globalization;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>Collections that do not run in parallel run after all others: only then is it known what was called.</summary>
[CollectionDefinition(nameof(AfterAllOthers), DisableParallelization = true)]
public sealed class AfterAllOthers;

[Collection(nameof(AfterAllOthers))]
public sealed class ApiCoverageTests
{
    /// <summary>Answers that no test produces, each with its reason: <c>OperationId status: why</c>.</summary>
    private static readonly string[] Exceptions = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "OpenApi", "untested-operations.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split(':')[0].Trim())];

    // Routing answers 415 under no operation's name: EveryOperationTests asks each for it.
    private static IEnumerable<string> Documented => CommittedDocument.Operations
        .SelectMany(operation => operation.Responses.Where(response => response.Key != "415").Select(response => $"{operation.Id} {response.Key}"));

    [Fact]
    public void Answers_OfTheDocument_AreAllProducedByATest()
    {
        if (!IsWholeRun())
        {
            return;
        }

        var missing = Documented.Except(CalledOperations.Answers).Except(Exceptions).ToList();

        Assert.True(missing.Count == 0, $"No test produces {string.Join(", ", missing)}: add one, or a line with the reason to OpenApi/untested-operations.txt.");
    }

    [Fact]
    public void Exceptions_AreAnswersOfTheDocument() => Assert.Subset(Documented.ToHashSet(), Exceptions.ToHashSet());

    // Only the runner that started this process knows of a filter.
    private static bool IsWholeRun()
    {
        var arguments = Environment.GetCommandLineArgs();
        var at = Array.IndexOf(arguments, "--parentprocessid");
        if (at < 0 || at + 1 >= arguments.Length || !int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var runner))
        {
            return false;
        }

        var commandLine = $"/proc/{runner}/cmdline";
        return File.Exists(commandLine)
            && File.ReadAllText(commandLine) is var text
            && text.Contains("vstest.console", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("--testCaseFilter", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("/TestCaseFilter", StringComparison.OrdinalIgnoreCase);
    }
}
