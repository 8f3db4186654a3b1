using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MetadataGateway.StoreContract.Tests.Model.Generation;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace MetadataGateway.StoreContract.Tests.Model;

/// <summary>
/// Random sequences of calls to the embedded store, against a plain model of MLMD's rules: every answer must be the same. A failure shows
/// the shortest sequence found, as the calls and their answers.
/// </summary>
/// <remarks>
/// <para><c>MLMD_MODEL_RUNS</c> sets the number of sequences, of some 55 calls each. <c>MLMD_MODEL_SEED</c> makes others than the usual
/// ones from any number, or makes one again from the two numbers that a failure gives after "seed of", as <c>1,2</c>. For a long run:
/// </para>
/// <para><c>MLMD_MODEL_RUNS=100000 MLMD_MODEL_SEED=42 dotnet test tests/MetadataGateway.StoreContract.Tests --filter ModelTests</c></para>
/// </remarks>
public sealed class ModelTests(ITestOutputHelper output)
{
    private const int UsualRuns = 1000;
    private const ulong UsualSeed = 20240229;

    /// <summary>What each method has to answer at least once, beside OK, and nothing else.</summary>
    private static readonly Dictionary<string, string[]> ExpectedFailures = new()
    {
        ["PutArtifactType"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "UNIMPLEMENTED"],
        ["PutExecutionType"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "UNIMPLEMENTED"],
        ["PutContextType"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "UNIMPLEMENTED"],
        ["PutTypes"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "UNIMPLEMENTED"],
        ["PutArtifacts"] = ["ALREADY_EXISTS", "FAILED_PRECONDITION", "INVALID_ARGUMENT", "NOT_FOUND"],
        ["PutExecutions"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "NOT_FOUND"],
        ["PutContexts"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "NOT_FOUND"],
        ["PutEvents"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT"],
        ["PutAttributionsAndAssociations"] = ["INVALID_ARGUMENT"],
        ["PutParentContexts"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT"],
        // ABORTED stands for a race of two writers, and a sequence has one.
        ["PutExecution"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "NOT_FOUND"],
        ["PutLineageSubgraph"] = ["ALREADY_EXISTS", "INVALID_ARGUMENT", "NOT_FOUND", "OUT_OF_RANGE"],
        ["GetArtifactType"] = ["NOT_FOUND"],
        ["GetExecutionType"] = ["NOT_FOUND"],
        ["GetContextType"] = ["NOT_FOUND"],
        ["GetArtifactTypesByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetExecutionTypesByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetContextTypesByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetArtifacts"] = ["INVALID_ARGUMENT"],
        ["GetExecutions"] = ["INVALID_ARGUMENT"],
        ["GetContexts"] = ["INVALID_ARGUMENT"],
        ["GetArtifactsByType"] = ["INVALID_ARGUMENT"],
        ["GetExecutionsByType"] = ["INVALID_ARGUMENT"],
        ["GetContextsByType"] = ["INVALID_ARGUMENT"],
        ["GetArtifactsByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetExecutionsByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetContextsByExternalIds"] = ["INVALID_ARGUMENT", "NOT_FOUND"],
        ["GetContextsByArtifact"] = ["NOT_FOUND"],
        ["GetContextsByExecution"] = ["NOT_FOUND"],
        ["GetArtifactsByContext"] = ["INVALID_ARGUMENT"],
        ["GetExecutionsByContext"] = ["INVALID_ARGUMENT"],
        ["GetParentContextsByContexts"] = ["INVALID_ARGUMENT"],
        ["GetChildrenContextsByContexts"] = ["INVALID_ARGUMENT"],
    };

    [Fact]
    public void Calls_InRandomSequences_AnswerAsTheModel()
    {
        var tally = new Tally();
        var runs = Setting("MLMD_MODEL_RUNS") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : UsualRuns;
        var config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(Start());

        Check.One(config, Prop.ForAll(RandomSequence.Arbitrary, sequence => SequenceRun.Check(sequence, tally)));

        output.WriteLine($"{tally}");
        if (runs < UsualRuns)
            return;
        Assert.True(tally.FurtherPages > 0);
        Assert.True(tally.Reopened > 0);
        Assert.All(RandomSequence.Methods, method => Assert.Equal(
            ExpectedFailures.GetValueOrDefault(method.Name, []).Append("OK").Order(StringComparer.Ordinal), tally.Statuses(method.Name)));
    }

    private static FSharpOption<FsCheck.Replay> Start()
    {
        var numbers = (Setting("MLMD_MODEL_SEED") ?? $"{UsualSeed}").Split(',')
            .Select(number => ulong.Parse(number, CultureInfo.InvariantCulture)).ToList();
        // The second number has to be odd.
        return new FsCheck.Replay(new Rnd(numbers[0], numbers.Count > 1 ? numbers[1] : 1), FSharpOption<int>.None);
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
