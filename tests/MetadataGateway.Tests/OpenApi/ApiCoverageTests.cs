using System.Globalization;
using MetadataGateway.Tests.Hosting;

namespace MetadataGateway.Tests.OpenApi;

/// <summary>Collections that do not run in parallel run after all others: only then is it known what was called.</summary>
[CollectionDefinition(nameof(AfterAllOthers), DisableParallelization = true)]
public sealed class AfterAllOthers;

[Collection(nameof(AfterAllOthers))]
public sealed class ApiCoverageTests
{
    /// <summary>Operations that no test calls, each with its reason: <c>OperationId: why</c>.</summary>
    private static readonly string[] Exceptions = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "OpenApi", "untested-operations.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split(':')[0].Trim())];

    [Fact]
    public void Operations_OfTheDocument_AreAllCalledByATest()
    {
        if (!IsWholeRun())
        {
            return;
        }

        var uncalled = CommittedDocument.Operations.Select(operation => operation.Id).Except(CalledOperations.Names).Except(Exceptions);

        Assert.True(!uncalled.Any(), $"No test calls {string.Join(", ", uncalled)}: add one, or a line with the reason to OpenApi/untested-operations.txt.");
    }

    [Fact]
    public void Exceptions_AreOperationsOfTheDocument() =>
        Assert.Subset(CommittedDocument.Operations.Select(operation => operation.Id).ToHashSet(), Exceptions.ToHashSet());

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
